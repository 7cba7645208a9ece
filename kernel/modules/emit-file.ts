/** JavaScript from a TypeScript file of the reader's, by esbuild. */
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { firstFinding } from "../run/esbuild-finding.js";

/**
 * @param path a `.ts`, `.tsx`, `.mts` or `.cts` file
 * @param compilerOptions what the reader's tsconfig says of JSX, decorators and class fields
 * @param format which kind of module it becomes
 * @throws SyntaxError that names file, line and column
 */
export function emitTypeScript(
  path: string,
  compilerOptions: Record<string, unknown>,
  format: "esm" | "cjs",
): string {
  // Loaded here, not above: most sessions never import a TypeScript file.
  const { transformSync } = require("esbuild") as typeof import("esbuild");
  const text = readFileSync(path, "utf8");
  const isCommonJs = format === "cjs";
  const needsRequire = !isCommonJs && /\brequire\s*[.(]/.test(text);
  try {
    const { code } = transformSync(text, {
      loader: path.endsWith("x") ? "tsx" : "ts",
      format,
      // Names the exports of a CommonJS module so that Node finds them.
      platform: "node",
      target: `node${process.versions.node}`,
      sourcemap: "inline",
      sourcefile: path,
      tsconfigRaw: { compilerOptions },
      define: moduleNames(path, isCommonJs, needsRequire),
      banner: needsRequire
        ? `import { createRequire as ꞌmakeRequire } from "node:module"; const ꞌrequire = ꞌmakeRequire(import.meta.url);`
        : "",
    });
    return code;
  } catch (error) {
    throw inTheFile(error, path);
  }
}

/** Names that people expect in a file, whichever kind of module it is; the address without its version. */
function moduleNames(
  path: string,
  isCommonJs: boolean,
  needsRequire: boolean,
): Record<string, string> {
  const url = JSON.stringify(pathToFileURL(path).href);
  if (isCommonJs) {
    const places = { "import.meta.filename": "__filename", "import.meta.dirname": "__dirname" };
    return { ...places, "import.meta.url": url };
  }
  const places = { __filename: "import.meta.filename", __dirname: "import.meta.dirname" };
  return { ...places, "import.meta.url": url, ...(needsRequire ? { require: "ꞌrequire" } : {}) };
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
