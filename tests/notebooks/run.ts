/** Type-checks and runs a chapter in Node against `src/`, without a kernel. */
import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { type Chapter, root } from "./notebook.js";
import { asOneModule } from "./one-module.js";

const start = promisify(execFile);
// Ignored by git, and inside the repository: there the library finds its assets.
const folder = join(root, ".setup", "notebooks");

/** What a cell showed below itself. */
export interface Shown {
  cell: string;
  /** The MIME types of a displayed value; empty for a plain one. */
  types: string[];
  text: string;
  /** "open", "kept", "right" or "wrong" when the value is a guess or a verdict. */
  mood?: string;
}

const recorder = `
const shown = [];
let cell = "";
const record = async (value) => {
  const bundle = await value?.[Symbol.for("Jupyter.display")]?.();
  const text = bundle ? bundle["text/plain"] : String(value);
  shown.push({ cell, types: Object.keys(bundle ?? {}), text: text ?? "", ...(value?.mood && { mood: value.mood }) });
};
globalThis.started = (id) => { cell = id; };
globalThis.shown = async (id, value) => { if (value !== undefined) await record(value); };
globalThis[Symbol.for("convlab.show")] = (bundle) => {
  shown.push({ cell, types: Object.keys(bundle), text: bundle["text/plain"] ?? "" });
};
console.log = () => {};
try {
  await import(process.argv[2]);
} catch (error) {
  console.error("In cell " + cell + ": " + (error?.stack ?? error));
  process.exitCode = 1;
}
process.stdout.write(JSON.stringify(shown));
`;

function write(name: string, text: string): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The errors that TypeScript finds in a chapter's cells, each with the name of its cell. */
export async function typeErrors(
  chapter: Chapter,
  label: string,
  replaced?: Map<string, string>,
): Promise<string[]> {
  const name = `${chapter.file.replace(/\W/g, "-")}-${label}`;
  const path = write(`${name}.ts`, asOneModule(chapter, replaced));
  const project = write(
    `${name}.tsconfig.json`,
    JSON.stringify({
      extends: "../../tsconfig.json",
      compilerOptions: { noEmit: true, noUnusedLocals: false, rootDir: "../.." },
      include: [],
      files: [path],
    }),
  );
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { stdout } = await start(process.execPath, [tsc, "-p", project, "--pretty", "false"]).catch(
    (failure: { stdout: string }) => failure,
  );
  const lines = readFileSync(path, "utf8").split("\n");
  return stdout
    .split("\n")
    .filter((line) => line.includes("error TS"))
    .map((line) => {
      const at = Number(/\((\d+),/.exec(line)?.[1] ?? 0);
      const cell = lines.slice(0, at).findLast((text) => text.startsWith("// cell "));
      return `${cell ?? "imports"}: ${line.slice(line.indexOf("error TS"))} | ${lines[at - 1]?.trim()}`;
    });
}

/**
 * Runs all cells from top to bottom and returns what they showed.
 *
 * @throws when a cell throws; the message names the cell.
 */
export async function runChapter(
  chapter: Chapter,
  label: string,
  replaced?: Map<string, string>,
): Promise<Shown[]> {
  const name = `${chapter.file.replace(/\W/g, "-")}-${label}`;
  const source = write(`${name}.ts`, asOneModule(chapter, replaced));
  const outfile = join(folder, `${name}.mjs`);
  const { dependencies, optionalDependencies } = JSON.parse(
    readFileSync(join(root, "package.json"), "utf8"),
  ) as { dependencies: object; optionalDependencies: object };
  await build({
    entryPoints: [source],
    outfile,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    external: Object.keys({ ...dependencies, ...optionalDependencies }),
    logLevel: "silent",
  });
  const main = write("record.mjs", recorder);
  const { stdout } = await start(process.execPath, [main, outfile], {
    cwd: join(root, "notebooks"),
    maxBuffer: 1 << 28,
  });
  return JSON.parse(stdout) as Shown[];
}
