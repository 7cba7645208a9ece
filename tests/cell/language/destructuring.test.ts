import { testCases } from "./cases.js";

testCases([
  [
    "computed keys",
    [
      "const k = 'x' as const; const { [k]: v, ['y' + 1]: w = 5 } = { x: 1 } as Record<string, number>",
      "[v, w]",
    ],
    [1, 5],
  ],
  [
    "nested defaults",
    ["const { a: { b = 2, ...c } = { b: 3, d: 4 } as { b?: number; d?: number } } = {}", "[b, c]"],
    [3, { d: 4 }],
  ],
  [
    "defaults that see earlier names",
    ["const [a, b = a + 1, c = () => b] = [1]", "[a, b, c()]"],
    [1, 2, 2],
  ],
  [
    "assignment to members and names",
    [
      "let a = 0; const o = { p: 0, q: [0] }",
      ";[a, o.p, ...o.q] = [1, 2, 3, 4]; ({ a = 9, b: o.p } = { b: 5 } as { a?: number; b: number })",
      "[a, o]",
    ],
    [9, { p: 5, q: [3, 4] }],
  ],
  ["assignment is a value", ["let a, b; const r = ([a, b] = [1, 2])", "[a, b, r]"], [1, 2, [1, 2]]],
  [
    "in loops",
    [
      "let a = 0, b; for ([a, b = 7] of [[1], [2, 3]] as number[][]); for ({ a } of [{ a: 5 }]);",
      "[a, b]",
    ],
    [5, 3],
  ],
  [
    "in a var of a loop",
    [
      "for (var [i, j = i] of [[1], [2, 4]] as number[][]) ; for (var { length } in { abc: 1 }) ;",
      "[i, j, length]",
    ],
    [2, 4, 3],
  ],
  ["empty patterns", ["const {} = { a: 1 }, [] = []; let x = 3", "x"], 3],
  [
    "catch and parameters",
    [
      "const f = ({ a, b: [c] }: { a: number; b: number[] }, ...[d, e = c]: number[]) => [a, c, d, e]; let got; try { throw { code: 5 } } catch ({ code }) { got = code }",
      "[...f({ a: 1, b: [2] }, 3), got]",
    ],
    [1, 2, 3, 2, 5],
  ],
  ["strings, numbers as keys", ["const { 'a-b': x, 0: y } = { 'a-b': 1, 0: 2 }", "[x, y]"], [1, 2]],
  [
    "anonymous functions take names",
    [
      "const { f = () => 1 } = {} as { f?: () => number }; const [g = class {}] = [] as any; let h; h = () => 2; h ??= 1",
      "[f.name, g.name, h.name]",
    ],
    ["f", "g", "h"],
  ],
]);
