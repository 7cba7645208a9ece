/** Local files and packages, as the checker finds them and sees them change. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, found, ran } from "./checking.js";

test("imports of every form stay visible", async () => {
  writeFileSync(
    join(folder, "local.ts"),
    "export const local: number = 1; export type L = 'l'; export default 'd';",
  );
  writeFileSync(join(folder, "data.json"), '{ "rows": [1, 2] }');
  writeFileSync(join(folder, "old.cjs"), "exports.area = (/** @type {number} */ r) => r * r;");
  await ran(`import * as path from "node:path"; import fs, { readFileSync as read } from "node:fs";
import type { Stats } from "node:fs"; import d, { local, type L } from "./local.ts"; import data from "./data.json";
import old from "./old.cjs"; import nd, { type NdArray } from "ndarray";`);
  await ran(`path.join("a"); fs.existsSync("x"); read("x"); let st: Stats; const l: L = "l"; local.toFixed(); d.length;
data.rows[0].toFixed(); old.area(2); const arr: NdArray<Float32Array> = nd(new Float32Array(4), [2, 2]);`);
  expect(
    await found("path.foo; local.foo; data.foo; const m = await import('./local'); m.foo"),
  ).toHaveLength(4);
  expect(await found("new Stats()")).toEqual([
    "1:5 1361 'Stats' cannot be used as a value because it was imported using 'import type'.",
  ]);
});

test("an edited local file is seen by the next cell, a file made later is found", async () => {
  writeFileSync(join(folder, "edited.ts"), "export const one = 1;");
  await ran('import { one } from "./edited";');
  writeFileSync(
    join(folder, "edited.ts"),
    'export const one = "now a text"; export const two = 2;',
  );
  await ran('import { two } from "./edited"; one.trim();');
  expect((await found('import { late } from "./late"')).join()).toContain(
    "Cannot find module './late'",
  );
  writeFileSync(join(folder, "late.ts"), "export const late = 1;");
  await ran('import { late } from "./late"; late.toFixed()');
});

test("a package that is missing is an error, one added later is found", async () => {
  expect(await found('import { x } from "made-later"')).toEqual([
    '1:19 2307 Cannot find the package "made-later". Run `npm install made-later` in the notebook\'s folder, then run this cell again.',
  ]);
  const made = join(folder, "node_modules", "made-later");
  mkdirSync(join(made, "types"), { recursive: true });
  writeFileSync(
    join(made, "package.json"),
    JSON.stringify({
      name: "made-later",
      exports: { ".": { types: "./types/main.d.ts" }, "./sub/*": { types: "./types/*.d.ts" } },
    }),
  );
  writeFileSync(join(made, "types", "main.d.ts"), "export const x: number;");
  writeFileSync(join(made, "types", "deep.d.ts"), "export const deep: 'deep';");
  await ran(
    'import { x } from "made-later"; import { deep } from "made-later/sub/deep"; x.toFixed(); deep.length',
  );
});

test("packages of the kernel are found though the notebook lies elsewhere", async () => {
  expect(await found('import nd from "ndarray"; nd([1]).foo')).toEqual([
    "1:35 2339 Property 'foo' does not exist on type 'NdArray<number[]>'.",
  ]);
  await ran(
    'import { display, newDisplay } from "tslab"; display.html("<b>b</b>"); newDisplay().raw("text/plain", "x");',
  );
  await ran('import * as tf from "@tensorflow/tfjs-core"; const tensor = tf.tensor1d([1, 2]);');
  expect(await found("tensor.foo")).toEqual([
    "1:8 2339 Property 'foo' does not exist on type 'Tensor1D'.",
  ]);
});
