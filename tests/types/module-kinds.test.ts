/** The library's declarations, in each kind of module that TypeScript knows. */
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

const require = createRequire(import.meta.url);
const tsc = join(dirname(require.resolve("typescript/package.json")), "bin", "tsc");
const folder = mkdtempSync(join(tmpdir(), "convlab-modules-"));

const USE = `import { conv2d, plot, type FloatArray } from "convlab";
const right: (input: FloatArray, kernel: FloatArray) => FloatArray = conv2d;
// @ts-expect-error
const wrong: number = plot.image;
`;

beforeAll(() => {
  mkdirSync(join(folder, "node_modules"));
  symlinkSync(resolve("."), join(folder, "node_modules", "convlab"), "junction");
  writeFileSync(join(folder, "as-module.mts"), USE);
  writeFileSync(join(folder, "as-commonjs.cts"), USE);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test.each([
  ["node16", "node16"],
  ["nodenext", "nodenext"],
  ["esnext", "bundler"],
])("module %s, moduleResolution %s: a program finds them whole", (module, moduleResolution) => {
  const compilerOptions = { module, moduleResolution, noEmit: true, strict: true, types: [] };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions }));
  const ran = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
  expect(ran.stdout + ran.stderr).toBe("");
  expect(ran.status).toBe(0);
});
