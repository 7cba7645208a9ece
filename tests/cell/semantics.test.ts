import { expect, test } from "vitest";
import { Notebook } from "./notebook.js";

/** Cells, and the value of the last one. */
const cases: [name: string, cells: string[], value: unknown][] = [
  ["a name lives on", ["const a = 1", "a + 1"], 2],
  ["redeclared with another kind", ["const A = 1", "class A { x = 2 }", "new A().x"], 2],
  [
    "a function sees the new value",
    ["let n = 1; function f() { return n }", "const n = 5", "f()"],
    5,
  ],
  ["an outer function assigns", ["let n = 0; const up = () => { n++ }", "up(); up(); n"], 2],
  [
    "a later function is found",
    ["function f() { return g() }", "function g() { return 7 }", "f()"],
    7,
  ],
  ["functions are hoisted", ["const x = f(); function f() { return 3 }\nx"], 3],
  [
    "destructuring with defaults",
    ["const { a, b: [c, d = a], ...rest } = { a: 1, b: [2], e: 5 }", "[a, c, d, rest]"],
    [1, 2, 1, { e: 5 }],
  ],
  ["array holes and rest", ["let [p, , ...q] = [1, 2, 3, 4]", "[p, q]"], [1, [3, 4]]],
  [
    "var in a loop is the cell's",
    ["for (var i = 0; i < 3; i++) { var last = i }", "[i, last]"],
    [3, 2],
  ],
  [
    "let in a loop is not",
    [
      "const fs: (() => number)[] = []; for (let i = 0; i < 3; i++) fs.push(() => i)",
      "fs.map(f => f())",
    ],
    [0, 1, 2],
  ],
  ["top-level await", ["const v = await Promise.resolve(4)", "v"], 4],
  ["for await", ["let s = 0; for await (const x of [1, Promise.resolve(2)]) s += x", "s"], 3],
  ["a promise is not awaited", ["const p = Promise.resolve(1); p", "p instanceof Promise"], true],
  ["an async function's value", ["async function f() { return 2 }", "await f()"], 2],
  ["enum", ["enum E { A = 1, B }", "[E.B, E[1]]"], [2, "A"]],
  ["an enum is made anew", ["enum E { A }", "enum E { B }", "'A' in E"], false],
  ["const enum", ["const enum C { X = 3 }", "C.X"], 3],
  [
    "namespace",
    ["namespace N { export const x = 1; export function f() { return x + 1 } }", "N.f()"],
    2,
  ],
  ["a comma expression", ["let x = 1, y = 5", "x++, (y = 9), y"], 9],
  ["awaited commas", ["await 1, await 2"], 2],
  [
    "parameter properties",
    [
      "class P { constructor(readonly x: number, private y = 2) {} sum() { return this.x + this.y } }",
      "new P(1).sum()",
    ],
    3,
  ],
  [
    "decorators",
    [
      "const log: string[] = []\nfunction mark(v: unknown, c: { name: string | symbol }) { log.push(String(c.name)) }\nclass D { @mark m() {} }",
      "log",
    ],
    ["m"],
  ],
  [
    "using",
    [
      "const ended: string[] = []\n{ using r = { [Symbol.dispose]() { ended.push('r') } } }",
      "ended",
    ],
    ["r"],
  ],
  ["a value beside `using`", ["using r = { [Symbol.dispose]() {} }; const a = 1; a + 1"], 2],
  [
    "a name beside `using` lives on",
    ["using r = { [Symbol.dispose]() {} }; const a = 1; a", "a"],
    1,
  ],
  [
    "private fields and static blocks",
    [
      "class S { static n = 0; #p = 1; static { S.n = 9 } has(o: object) { return #p in o } }",
      "[S.n, new S().has(new S())]",
    ],
    [9, true],
  ],
  [
    "a class names itself",
    ["class L { next?: L; static make() { return new L() } }", "L.make() instanceof L"],
    true,
  ],
  [
    "generators and labels",
    [
      "function* g() { outer: for (let i = 0; ; i++) { for (;;) { if (i > 2) return; yield i; continue outer } } }",
      "[...g()]",
    ],
    [0, 1, 2],
  ],
  [
    "overloads",
    [
      "function o(a: string): string\nfunction o(a: number): number\nfunction o(a: unknown) { return a }",
      "o(3)",
    ],
    3,
  ],
  [
    "generics and satisfies",
    [
      "const id = <T,>(x: T): T => x\nconst t = { a: id(1) } satisfies Record<string, number>",
      "t.a",
    ],
    1,
  ],
  [
    "closures keep no kernel names",
    ["function me(this: unknown) { return this }", "me() === undefined"],
    true,
  ],
  [
    "names of functions and classes",
    [
      "const arrow = () => 1; const K = class {}; let fn = function () {}",
      "[arrow.name, K.name, fn.name]",
    ],
    ["arrow", "K", "fn"],
  ],
  [
    "parenthesised initialiser",
    ["const { a } = ({ a: 1 }); const f = (() => 2)", "[a, f()]"],
    [1, 2],
  ],
  [
    "tagged template and optional call",
    [
      "const tag = (s: TemplateStringsArray, x: number) => s.raw[0] + x; let none: (() => void) | undefined",
      // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the text of a cell
      "[tag`a${1}`, none?.()]",
    ],
    ["a1", undefined],
  ],
  [
    "shadowing inside",
    ["const x = 1; function f(x: number) { { let x = 3; void x } return x }", "[f(2), x]"],
    [2, 1],
  ],
  [
    "catch and parameter defaults",
    ["const e = 1; function d(a = e) { try { throw 5 } catch (e) { return [a, e] } }", "d()"],
    [1, 5],
  ],
  ["typeof of nothing", ["typeof nowhere"], "undefined"],
  ["object shorthand of shared names", ["const a = 1, b = 2", "({ a, b })"], { a: 1, b: 2 }],
  ["swap", ["let a = 1, b = 2", "[a, b] = [b, a]", "[a, b]"], [2, 1]],
  ["a string alone", ["'use strict'"], "use strict"],
  ["an object in parentheses", ["({ a: 1 })"], { a: 1 }],
  ["no value after a declaration", ["1; const z = 2"], undefined],
  ["a comment behind the last value", ["5 // five\n// and more"], 5],
  [
    "export is harmless",
    ["export const a = 1; export default function f() { return 2 }", "a + f()"],
    3,
  ],
  [
    "abstract, implements, index signatures",
    [
      "interface I { m(): number }\nabstract class A implements I { [k: string]: unknown; abstract m(): number; declare z: string }\nclass B extends A { override m() { return 4 } }",
      "new B().m()",
    ],
    4,
  ],
  ["lines without semicolons", ["let f = (x: number) => x\nlet r = f(1)\n;[r] = [f(2)]\nr"], 2],
  ["global names can be declared", ["const name = 'n', process = 1", "[name, process]"], ["n", 1]],
  [
    "a provided name can be declared",
    ["const require = (x: string) => x + '!'", "require('a')"],
    "a!",
  ],
  [
    "names with letters of any script",
    ["const 합 = 3; const $d = 1; const _ = 2", "합 + $d + _"],
    6,
  ],
  [
    "getters, setters, computed keys",
    [
      "const k = 'x'; const o = { get [k]() { return 1 }, [k + 'y']: 2 }",
      "[o.x, (o as Record<string, number>).xy]",
    ],
    [1, 2],
  ],
  ["a compound assignment", ["let n = 2", "n **= 3; n ??= 1; n"], 8],
];

for (const [name, cells, value] of cases) {
  test(name, async () => {
    expect(await new Notebook().all(...cells)).toEqual(value);
  });
}

test("a failed cell leaves no half-declared name and puts earlier ones back", async () => {
  const notebook = new Notebook();
  await notebook.run("const kept = 1");
  await expect(notebook.run("const kept = 2, fresh = 3; throw new Error('no')")).rejects.toThrow(
    "no",
  );
  expect(await notebook.run("kept")).toBe(1);
  await expect(notebook.run("fresh")).rejects.toThrow("fresh is not defined");
});

test("a name is unknown before its declaration has run", async () => {
  await expect(new Notebook().run("before; let before = 1")).rejects.toThrow(
    "before is not defined",
  );
});

test("an import that the cell uses in types alone may be missing until a value is wanted", async () => {
  const notebook = new Notebook();
  await notebook.run(
    "import { type A, Shape, Other } from './no-such-types'\nlet shape: Shape | undefined; const list: Array<Other> = []",
  );
  expect(await notebook.run("[shape, list]")).toEqual([undefined, []]);
  await expect(notebook.run("new Shape()")).rejects.toThrow("no-such-types");
  await expect(notebook.run("import d, * as n from './no-such-types'; let x: d")).resolves.toBe(
    undefined,
  );
  await expect(notebook.run("import { Shape } from './no-such-types'")).rejects.toThrow("no-such");
  await expect(notebook.run("import './no-such-types'; let s: Shape")).rejects.toThrow("no-such");
  await expect(
    notebook.run("import { Shape } from './no-such-types'; let s: Shape = new Shape()"),
  ).rejects.toThrow("no-such");
});

test("an import that is used in types first has its values in a later cell", async () => {
  const notebook = new Notebook();
  notebook.modules.m = { Model: class Model {} };
  await notebook.run("import { Model } from 'm'; let model: Model; enum Lowered { A }");
  expect(await notebook.run("model = new Model(); model.constructor.name")).toBe("Model");
});

test("a name that nobody declares can't be assigned to, but a global can", async () => {
  const notebook = new Notebook();
  await expect(notebook.run("mistyped = 1")).rejects.toThrow("mistyped is not defined");
  await expect(notebook.run("[mistyped] = [1]")).rejects.toThrow("mistyped is not defined");
  const globals = globalThis as Record<string, unknown>;
  globals.ofTheHost = 1;
  await notebook.run("const late = () => { afterwards = 3 }; ofTheHost = 2");
  expect(globals.ofTheHost).toBe(2);
  await notebook.run("let afterwards = 0");
  expect(await notebook.run("late(); afterwards")).toBe(3);
  delete globals.ofTheHost;
});
