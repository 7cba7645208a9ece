/**
 * Node's module hooks for local TypeScript files. An edited file is a new module: its URL carries the time of its
 * last change.
 */
import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { firstFinding } from "./esbuild-finding.js";

interface Resolved {
  url: string;
  format?: string;
  shortCircuit?: boolean;
}
interface Loaded {
  format: string;
  source: string;
  shortCircuit: boolean;
}
type NextResolve<T> = (specifier: string, context: { parentURL?: string }) => T;
type NextLoad<T> = (url: string, context: object) => T;

const TYPESCRIPT = /\.[cm]?tsx?$/;

export function resolveSync(
  specifier: string,
  context: { parentURL?: string },
  next: NextResolve<Resolved>,
): Resolved {
  return localTypeScript(specifier, context.parentURL) ?? next(specifier, context);
}

export async function resolve(
  specifier: string,
  context: { parentURL?: string },
  next: NextResolve<Promise<Resolved>>,
): Promise<Resolved> {
  return localTypeScript(specifier, context.parentURL) ?? next(specifier, context);
}

export function loadSync(url: string, context: object, next: NextLoad<Loaded>): Loaded {
  return isTypeScript(url) ? withoutTypes(url) : next(url, context);
}

export async function load(
  url: string,
  context: object,
  next: NextLoad<Promise<Loaded>>,
): Promise<Loaded> {
  return isTypeScript(url) ? withoutTypes(url) : next(url, context);
}

/** The file that a relative specifier means, as TypeScript reads it: `./a`, `./a.js` and `./a.ts` may all be `a.ts`. */
function localTypeScript(specifier: string, parent: string | undefined): Resolved | undefined {
  const isRelative = /^\.\.?\//.test(specifier) && parent?.startsWith("file:");
  if (!isRelative && !specifier.startsWith("file:")) return undefined;
  const url = new URL(specifier, parent);
  if (url.pathname.includes("/node_modules/")) return undefined;
  const path = fileURLToPath(url);
  const candidates = TYPESCRIPT.test(path)
    ? [path]
    : existsSync(path) && statSync(path).isFile()
      ? []
      : [path.replace(/\.([cm]?)js$/, ".$1ts"), `${path}.ts`, join(path, "index.ts")];
  const file = candidates.find((one) => TYPESCRIPT.test(one) && existsSync(one));
  if (file === undefined) return undefined;
  // Not by way of `url.pathname`: there a space or a Korean letter is longer than in the path.
  const found = pathToFileURL(file);
  found.search = `?changed=${statSync(file).mtimeMs}`;
  return { url: found.href, format: "module", shortCircuit: true };
}

function isTypeScript(url: string): boolean {
  return url.startsWith("file:") && TYPESCRIPT.test(new URL(url).pathname);
}

function withoutTypes(url: string): Loaded {
  const path = fileURLToPath(url);
  // Loaded here, not above: most sessions never import a TypeScript file.
  const { transformSync } = require("esbuild") as typeof import("esbuild");
  try {
    const { code } = transformSync(readFileSync(path, "utf8"), {
      loader: path.endsWith("x") ? "tsx" : "ts",
      format: "esm",
      target: `node${process.versions.node}`,
      sourcemap: "inline",
      sourcefile: path,
    });
    return { format: "module", source: code, shortCircuit: true };
  } catch (error) {
    throw inTheFile(error, path);
  }
}

/** esbuild's first finding, as an error of the reader's file: its own stack is no help to them. */
function inTheFile(error: unknown, path: string): unknown {
  const finding = firstFinding(error);
  if (finding === undefined) return error;
  const { text, line, column } = finding;
  const told = new SyntaxError(`${path}, line ${line}, column ${column}: ${text}`);
  told.stack = `${told.name}: ${told.message}`;
  return told;
}
