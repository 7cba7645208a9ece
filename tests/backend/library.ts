/** Programs that use the library, each in a process of its own: a process loads tfjs once. */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { buildSync } from "esbuild";

const root = join(import.meta.dirname, "../..");

/** The part of the library that the programs use, as one file. */
export interface Library {
  /** Its file. */
  readonly file: string;
  /** Its address, in quotes. */
  readonly url: string;
  remove(): void;
}

/** Bundles the library beside the package's node_modules, so that it finds its packages. */
export function bundleLibrary(): Library {
  const folder = mkdtempSync(join(root, "node_modules", ".convlab-test-"));
  const file = join(folder, "index.mjs");
  buildSync({
    entryPoints: [join(root, "tests/backend/library.entry.ts")],
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    outfile: file,
  });
  return {
    file,
    url: JSON.stringify(pathToFileURL(file).href),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

export interface Ran {
  status: number | null;
  out: string;
  err: string;
}

/** Runs a program with the library's names in scope, and `x`, a small image. */
export function runProgram(
  { url }: Library,
  code: string,
  env: Record<string, string | undefined> = {},
): Ran {
  const program = `import { array, backendName, backendReport, fast, random, reference, train, useBackend } from ${url};
const x = array([[1, 2], [3, 4]]);
${code}`;
  const { CONVLAB_BACKEND: _, CONVLAB_WASM_THREADS: __, ...rest } = process.env;
  const ran = spawnSync(process.execPath, ["--input-type=module", "-e", program], {
    cwd: tmpdir(),
    env: { ...rest, ...env },
    encoding: "utf8",
    timeout: 60_000,
  });
  return { status: ran.status, out: ran.stdout.trim(), err: ran.stderr };
}

/** Installed by npm, or compiled by `npm run native`. */
export const nativeHere = ((): boolean => {
  if (existsSync(join(root, ".native", "package", "package.json"))) return true;
  try {
    createRequire(import.meta.url).resolve("@tensorflow/tfjs-node/package.json");
    return true;
  } catch {
    return false;
  }
})();
