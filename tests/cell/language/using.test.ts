import { testCases } from "./cases.js";

testCases([
  [
    "ends with its cell",
    [
      "const log: string[] = []; const res = (n: string) => ({ n, [Symbol.dispose]() { log.push(n) } })",
      "using a = res('a'), b = res('b'); log.push('body')",
      "log",
    ],
    ["body", "b", "a"],
  ],
  [
    "await using",
    [
      "const log: string[] = []",
      "await using a = { async [Symbol.asyncDispose]() { await null; log.push('gone') } }; log.push('in')",
      "log",
    ],
    ["in", "gone"],
  ],
  [
    "in loops and functions",
    [
      "const log: number[] = []; const res = (n: number) => ({ [Symbol.dispose]() { log.push(n) } }); for (using r of [res(1), res(2)]) log.push(0); (() => { using q = res(9); log.push(8) })()",
      "log",
    ],
    [0, 1, 0, 2, 8, 9],
  ],
  ["null is allowed", ["using nothing = null; const v = 1", "v"], 1],
  [
    "functions and classes beside it",
    [
      "using r = { [Symbol.dispose]() {} }; function f() { return new C().v } class C { v = 3 } const k = f()",
      "[k, f(), new C().v]",
    ],
    [3, 3, 3],
  ],
]);
