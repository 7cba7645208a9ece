import { testCases } from "./cases.js";

testCases([
  [
    "called before its declaration",
    ["early(2)\nfunction early(x: number) { return x + 1 }", "early(1)"],
    2,
  ],
  [
    "mutual recursion over statements",
    [
      "const e = even(10); function even(n: number): boolean { return n === 0 || odd(n - 1) }\nlet x = 1\nfunction odd(n: number): boolean { return n !== 0 && even(n - 1) }",
      "[e, odd(3)]",
    ],
    [true, true],
  ],
  [
    "mutual recursion over cells",
    [
      "function ev(n: number): boolean { return n === 0 || od(n - 1) }",
      "function od(n: number): boolean { return n !== 0 && ev(n - 1) }",
      "ev(8)",
    ],
    true,
  ],
  [
    "in blocks",
    ["{ function inner() { return 1 } var got = inner() }", "[got, typeof inner]"],
    [1, "undefined"],
  ],
  ["twice in one cell", ["var twice = 1; function f() { return 1 }", "var twice = 2; f()"], 1],
  [
    "overloads in classes",
    [
      "class O { m(a: string): string; m(a: number): number; m(a: any) { return a } constructor(); constructor(x: number); constructor(x?: number) {} }",
      "new O(1).m('s')",
    ],
    "s",
  ],
  [
    "generators",
    [
      "function* count(n: number): Generator<number> { for (let i = 0; i < n; i++) { const got: number = yield i; if (got) i += got } }",
      "const c = count(9); [c.next().value, c.next(3).value, ...count(2)]",
    ],
    [0, 4, 0, 1],
  ],
  [
    "async generators",
    [
      "async function* slow() { yield 1; yield* [2, 3] }",
      "const all: number[] = []; for await (const x of slow()) all.push(x)",
      "all",
    ],
    [1, 2, 3],
  ],
  [
    "yield* and return",
    [
      "function* a(): any { const r = yield* b(); yield r } function* b() { yield 1; return 2 }",
      "[...a()]",
    ],
    [1, 2],
  ],
  [
    "async arrows",
    [
      "const twice = async (x: number) => { await null; return 2 * x }; const nested = async () => await (async () => (await twice(2)) + 1)()",
      "await nested()",
    ],
    5,
  ],
  [
    "new.target",
    [
      "function N(this: any) { return new.target === undefined } class T { kind = new.target === T }",
      "[(N as any)(), new T().kind]",
    ],
    [true, false],
  ],
  [
    "default and rest parameters",
    [
      "let base = 10; const f = (a = base, ...rest: number[]) => a + rest.length",
      "base = 20",
      "f(undefined, 1)",
    ],
    21,
  ],
  [
    "`this` types and `arguments`",
    ["function f(this: { n: number }) { return [this.n, arguments.length] }", "f.call({ n: 3 })"],
    [3, 0],
  ],
  [
    "type predicates and asserts",
    [
      "function isText(x: unknown): x is string { return typeof x === 'string' }\nfunction must(x: unknown): asserts x is number { if (typeof x !== 'number') throw new Error('no') }\nfunction yes(x: unknown): asserts x {}",
      "const u: unknown = 3; must(u); [isText('a'), u + 1]",
    ],
    [true, 4],
  ],
  [
    "immediately called",
    ["let n = 0\n;(function () { n++ })()\n;(() => { n++ })()\n!function () { n++ }()", "n"],
    3,
  ],
  [
    "getters and setters",
    [
      "let held = 1; const o = { get v() { return held }, set v(x) { held = x * 2 } }",
      "o.v = 4; [o.v, held]",
    ],
    [8, 8],
  ],
  [
    "closures over cells",
    ["let n = 0; const up = () => ++n", "const two = () => up() + up()", "[two(), n]"],
    [3, 2],
  ],
  [
    "parameters named as shared names",
    [
      "let a = 1, b = 2; const f = (a: number, { b } = { b: 5 }) => { a++; b++; return [a, b] }",
      "[f(1), a, b]",
    ],
    [[2, 6], 1, 2],
  ],
  [
    "var, function and argument scopes",
    ["var v = 1; function f() { v = 3; var v; return v }", "[f(), v]"],
    [3, 1],
  ],
  [
    "defaults of parameters do not see the variables of the body",
    [
      "const x = 'outside'; function f(probe = () => x) { var x = 'inside'; return [probe(), x] }",
      "f()",
    ],
    ["outside", "inside"],
  ],
  [
    "names in parentheses",
    [
      "let a: unknown; a = (() => 1); const b = (class {}); let c: unknown; (c) = () => 2",
      "[a, b, c].map((f) => (f as () => 1).name)",
    ],
    ["a", "b", ""],
  ],
  [
    "named function expressions",
    [
      "const fact = function self(n: number): number { return n < 2 ? 1 : n * self(n - 1) }; let self = 0",
      "[fact(5), self]",
    ],
    [120, 0],
  ],
]);
