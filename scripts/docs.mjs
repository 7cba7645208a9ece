/**
 * `npm run docs`: the API reference, built from the docstrings by TypeDoc into `docs/reference/html/`. TypeDoc reads
 * TypeScript by a compiler written in JavaScript, which TypeScript 7 is no longer, so it lives in a folder of its own.
 */
import { existsSync } from "node:fs";
import { join, relative } from "node:path";
import { exitWith, npmCommand, run, SetUpError } from "./process.mjs";
import { root, setUp } from "./setup.mjs";
import { hashOf, Stamp } from "./stamp.mjs";

const folder = join(root, "docs", "reference");

/** Installs TypeDoc once, and again when its version changes. */
async function installTypedoc() {
  const stamp = new Stamp(root, "typedoc");
  const inputs = hashOf(root, ["docs/reference/package.json", "docs/reference/package-lock.json"]);
  const program = join(folder, "node_modules", "typedoc", "bin", "typedoc");
  if (stamp.matches(inputs) && existsSync(program)) return program;
  stamp.remove();
  console.error("docs: TypeDoc …");
  const [npm, ...before] = npmCommand();
  const options = ["ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const { code, output } = await run(npm, [...before, ...options], { cwd: folder });
  if (code !== 0) {
    throw new SetUpError(
      `TypeDoc could not be installed; the first run needs the network.\n${output.trim()}`,
    );
  }
  stamp.write(inputs);
  return program;
}

async function writeReference() {
  await setUp();
  const program = await installTypedoc();
  const { code } = await run(process.execPath, [program], { cwd: folder, inherit: true });
  if (code !== 0) throw new SetUpError("The reference was not written: see the lines above.");
  const page = relative(process.cwd(), join(folder, "html", "index.html"));
  console.log(`The reference is ready: ${page}`);
}

await writeReference().catch(exitWith);
