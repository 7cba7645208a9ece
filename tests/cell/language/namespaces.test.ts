import { testCases } from "./cases.js";

testCases([
  [
    "dotted and nested",
    [
      "namespace A.B.C { export const x = 1 } namespace A { export namespace D { export const y = B.C.x + 1 } }",
      "[A.B.C.x, A.D.y]",
    ],
    [1, 2],
  ],
  [
    "merging in one cell",
    ["namespace N { export let x = 1 } namespace N { export const y = x + 1 }", "[N.x, N.y]"],
    [1, 2],
  ],
  [
    "merged with a class and a function",
    [
      "class K { m() { return K.extra } } namespace K { export const extra = 3 } function fn() { return fn.prop } namespace fn { export let prop = 4 }",
      "[new K().m(), fn()]",
    ],
    [3, 4],
  ],
  [
    "types alone",
    [
      "namespace T { export interface I { a: number } export type U = I }",
      "const i: T.I = { a: 1 }; [i.a, typeof (globalThis as any).T]",
    ],
    [1, "undefined"],
  ],
  [
    "exports of every kind",
    [
      "namespace E { export const { a, b: [c] } = { a: 1, b: [2] }; export class C { v = a } export function f() { return new C().v } export enum En { X = 3 } const hidden = 4; export import H = E; export { hidden as shown } }".replace(
        "; export { hidden as shown }",
        "",
      ),
      "[E.a, E.c, E.f(), E.En.X, E.H === E]",
    ],
    [1, 2, 1, 3, true],
  ],
  [
    "an alias",
    ["namespace L.M { export const v = 6 } import V = L.M; import w = L.M.v", "[V.v, w]"],
    [6, 6],
  ],
  [
    "uses names of earlier cells",
    ["let n = 1", "namespace U { export const get = () => n }", "n = 8", "U.get()"],
    8,
  ],
]);
