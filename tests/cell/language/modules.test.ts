import { testCases } from "./cases.js";

testCases([
  [
    "an import anywhere, also after its use",
    [
      "const s = sep + '!'\nimport { sep } from 'node:path'\nimport * as p from 'node:path'\nimport d, { join as j, default as dd } from 'node:path'",
      "[s, p.sep, j('a', 'b'), d === dd]",
    ],
    ["/!", "/", "a/b", true],
  ],
  [
    "for its side effect, and attributes",
    [
      "import 'node:os'; import {} from 'node:fs'; import { readFileSync } from 'node:fs' with { type: 'x' }; typeof readFileSync",
    ],
    "function",
  ],
  [
    "string names",
    [
      "import { 'join' as glue } from 'node:path'; const v = 1; export { v as 'a name' }",
      "glue('x', 'y')",
    ],
    "x/y",
  ],
  [
    "dynamic import",
    [
      "const { join } = await import('node:path'); const m = import('node:os').then((x) => typeof x.EOL)",
      "[join('a', 'b'), await m]",
    ],
    ["a/b", "string"],
  ],
  [
    "export in every form",
    [
      "export const a = 1, { b } = { b: 2 }; export let c = 3; export var d = 4; export function e() { return 5 } export async function* f() {} export class G { v = 6 } export enum H { I = 7 } export namespace N { export const x = 8 } export interface Z {} export type Y = Z; export abstract class Ab {} export declare const no: number",
      "export { a as alias, b, type Z }; export type { Y }; export {}; export { sep } from 'node:path'; export * from 'node:os'; export * as os from 'node:os'; export { default } from 'node:fs'",
      "[a, b, c, d, e(), new G().v, H.I, N.x]",
    ],
    [1, 2, 3, 4, 5, 6, 7, 8],
  ],
  ["export default of an expression", ["export default 1 + 2", "export default { a: 1 }", "4"], 4],
  [
    "export default of a function and a class",
    [
      "export default function named() { return 1 }",
      "export default class Named2 { v = 2 }",
      "[named(), new Named2().v]",
    ],
    [1, 2],
  ],
  [
    "export default without a name",
    [
      "export default function () { return 1 }",
      "export default class { v = 1 }",
      "export default async () => {}",
      "export default interface Only { a: 1 }",
      "5",
    ],
    5,
  ],
  ["export =", ["const x = 3; export = x", "x"], 3],
  [
    "import x = require()",
    [
      "import path = require('node:path'); import type fs = require('node:fs'); export import os = require('node:os')",
      "[path, os]",
    ],
    ["<required node:path>", "<required node:os>"],
  ],
  ["import.meta", ["import.meta.url"], "file:///notebook/"],
  [
    "provided names",
    ["[typeof require, typeof module, typeof exports, __filename, __dirname]"],
    ["function", "string", "string", "<__filename>", "<__dirname>"],
  ],
  [
    "provided names can be declared",
    [
      "const module = 1, exports = 2; let __filename = 'f'; function __dirname() { return 'd' }",
      "[module, exports, __filename, __dirname()]",
    ],
    [1, 2, "f", "d"],
  ],
  [
    "an imported name is declared anew and imported again",
    [
      "import { sep } from 'node:path'",
      "const sep = 'mine'",
      "const first = sep",
      "import { sep } from 'node:path'",
      "[first, sep]",
    ],
    ["mine", "/"],
  ],
]);
