// How fast loops of a cell's top level run beside the same loops in a function: `node bench/kernel/loops.mjs [rounds]`.
//
// Both sides are timed in one run, turn by turn, each time as newly compiled code; the shortest time of each counts.
// "boxes" is the same emitted code without loop variables of its own (kernel/cell/loops.ts), for comparison.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { runInThisContext } from "node:vm";
import { build } from "esbuild";

const rounds = Number(process.argv[2] ?? 9);

/** Cells before the loop's (one string each), then declarations and the loop of its own cell. */
const shapes = {
  "whole numbers": ["let sum = 0", "for (let i = 0; i < 2e7; i++) sum = (sum + i) | 0"],
  "whole numbers, earlier cell": [
    ["let sum = 0"],
    "",
    "for (let i = 0; i < 2e7; i++) sum += i & 7",
  ],
  doubles: ["let sum = 0", "for (let i = 0; i < 2e7; i++) sum += i * 0.5"],
  "doubles, earlier cell": [["let sum = 0.5"], "", "for (let i = 0; i < 2e7; i++) sum += i * 0.5"],
  "sum of an array": [
    ["let sum = 0; const data = new Float32Array(2e6).fill(0.5)"],
    "",
    "for (let k = 0; k < 8; k++) for (let i = 0; i < data.length; i++) sum += data[i]",
  ],
  "nested, typed arrays": [
    [
      "const n = 160, a = new Float32Array(n * n).fill(1), b = new Float32Array(n * n).fill(2), c = new Float32Array(n * n)",
    ],
    "",
    "for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) { let s = 0; for (let k = 0; k < n; k++) s += a[i * n + k] * b[k * n + j]; c[i * n + j] = s }",
  ],
  while: ["let x = 1, turns = 0", "while (turns < 5e6) { x = (x * 16807) % 2147483647; turns++ }"],
  "do and var": ["var i = 0, odd = 0", "do { odd += i & 1; i++ } while (i < 2e7)"],
  "var in the head": ["var total = 0", "for (var i = 0; i < 2e7; i++) total += i"],
  "for of": [
    "const list = Array.from({ length: 1e6 }, (_, i) => i); let sum = 0",
    "for (let k = 0; k < 8; k++) for (const x of list) sum += x",
  ],
  "text grows": ["let text = ''", "for (let i = 0; i < 2e6; i++) text += i % 10"],
  "a function is called": [
    "function twice(x) { return 2 * x }\nlet sum = 0",
    "for (let i = 0; i < 2e7; i++) sum += twice(i)",
  ],
  "an earlier function is called": [
    ["const clamp = (x) => x < 0 ? 0 : x > 255 ? 255 : x"],
    "let sum = 0",
    "for (let i = 0; i < 1e7; i++) sum += clamp(i - 5e6)",
  ],
  "Math.*": ["let sum = 0", "for (let i = 0; i < 5e6; i++) sum += Math.sqrt(i) * Math.max(i, 3)"],
  ".data of an object": [
    ["const array = { shape: [1000, 1000], data: new Float32Array(1e6) }"],
    "",
    "for (let k = 0; k < 8; k++) for (let i = 0; i < 1000; i++) for (let j = 0; j < 1000; j++) array.data[i * 1000 + j] += i * j",
  ],
  "labels, break, continue": [
    "let primes = 0",
    "outer: for (let n = 2; n < 60000; n++) { for (let d = 2; d * d <= n; d++) { if (n % d === 0) continue outer } primes++ }",
  ],
  "objects and a list": [
    "let last = { x: 0 }; const list = []",
    "for (let i = 0; i < 1e6; i++) { last = { x: i }; if (i % 10 === 0) list.push(last) }",
  ],
  "read by a function": [
    ["let sum = 0; const report = () => sum"],
    "",
    "for (let i = 0; i < 2e7; i++) sum += i * 0.5",
  ],
  "counted by a function": [
    ["let count = 0; const up = () => { count++ }"],
    "",
    "for (let i = 0; i < 1e7; i++) up()",
  ],
  "a function's own loop over shared names": [
    [
      "const from = new Float64Array(1e6).fill(1), to = new Float64Array(1e6); const run = () => { for (let i = 0; i < from.length; i++) to[i] = from[i] * 2 }",
    ],
    "",
    "for (let k = 0; k < 8; k++) run()",
  ],
  "data read by a function": [
    ["const data = new Float64Array(1e6).fill(1); const at = (i) => data[i]; let total = 0"],
    "",
    "for (let k = 0; k < 8; k++) for (let i = 0; i < 1e6; i++) total += data[i]",
  ],
};

const { compile, SharedNames, Scope, PROVIDED } = await ours();

function timeCell(before, setup, loop, local) {
  const scope = new Scope();
  const names = new SharedNames((name) => name in globalThis);
  const surroundings = local
    ? names
    : { isGlobal: names.isGlobal, isShared: (name) => names.isShared(name) };
  const cells = [
    ...before,
    `${setup}\nconst begun = performance.now()\n${loop}\nconst took = performance.now() - begun`,
  ];
  return cells
    .reduce(async (previous, source) => {
      await previous;
      const cell = await compile(source, surroundings);
      names.remember(cell.usedInFunctions);
      scope.declare(cell.declared);
      runInThisContext(cell.code)(
        undefined,
        {},
        ...PROVIDED.map(() => undefined),
        ...cell.boxes.map((name) => scope.box(name)),
      );
      names.keep(cell.declared);
    }, Promise.resolve())
    .then(() => scope.box("took").v);
}

function timeFunction(before, setup, loop) {
  const text = `"use strict"; ${before.join(";\n")};\n${setup};\nconst begun = performance.now();\n${loop};\nreturn performance.now() - begun`;
  return runInThisContext(`(function () { ${text} })`)();
}

console.log(`node ${process.version}, the shortest of ${rounds} rounds\n`);
console.log("| loop | in a function, ms | cell | boxes |");
console.log("|--|--:|--:|--:|");
let worst = 0;
for (const [name, parts] of Object.entries(shapes)) {
  const [before, setup, loop] = parts.length === 3 ? parts : [[], ...parts];
  const best = { inFunction: Infinity, cell: Infinity, boxes: Infinity };
  for (let round = 0; round < rounds; round++) {
    best.inFunction = Math.min(best.inFunction, timeFunction(before, setup, loop));
    best.cell = Math.min(best.cell, await timeCell(before, setup, loop, true));
    best.boxes = Math.min(best.boxes, await timeCell(before, setup, loop, false));
  }
  const ratio = (ms) => `${(ms / best.inFunction).toFixed(2)}×`;
  worst = Math.max(worst, best.cell / best.inFunction);
  console.log(
    `| ${name} | ${best.inFunction.toFixed(1)} | ${ratio(best.cell)} | ${ratio(best.boxes)} |`,
  );
}
console.log(`\nworst: ${worst.toFixed(2)}×`);

async function ours() {
  const folder = mkdtempSync(join(tmpdir(), "convlab loops "));
  const root = join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../..");
  await build({
    stdin: {
      contents: `
        export { compile } from "./kernel/cell/compile.ts";
        export { SharedNames } from "./kernel/cell/names.ts";
        export { PROVIDED } from "./kernel/cell/boxes.ts";
        export { Scope } from "./kernel/run/scope.ts";`,
      resolveDir: root,
    },
    bundle: true,
    platform: "node",
    format: "esm",
    outfile: join(folder, "cell.mjs"),
  });
  const made = await import(pathToFileURL(join(folder, "cell.mjs")).href);
  rmSync(folder, { recursive: true });
  return made;
}
