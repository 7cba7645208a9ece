// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are the texts of cells
/** What TypeScript allows in a module, split across cells. */
import { expect, test } from "vitest";
import { Notebook } from "./notebook.js";

/** Cells, and the value of the last one. A cell may have any line ends and marks. */
type Case = [name: string, cells: string[], value: unknown];

const destructuring: Case[] = [
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
];

const functions: Case[] = [
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
    "named function expressions",
    [
      "const fact = function self(n: number): number { return n < 2 ? 1 : n * self(n - 1) }; let self = 0",
      "[fact(5), self]",
    ],
    [120, 0],
  ],
];

const classes: Case[] = [
  [
    "an abstract class",
    [
      "abstract class Shape { abstract area(): number; abstract readonly name: string; describe() { return `${this.name} ${this.area()}` } }",
      "class Square extends Shape { name = 'square'; constructor(private readonly side: number) { super() } area() { return this.side ** 2 } }",
      "new Square(3).describe()",
    ],
    "square 9",
  ],
  [
    "private members of every kind",
    [
      "class P { #x = 1; static #made = 0; #m() { return this.#x } get #g() { return this.#m() + 1 } set #s(v: number) { this.#x = v } static { P.#made = 5 } run() { this.#s = 4; return [this.#g, P.#made, #x in this] } static #sm() { return 6 } static get sm() { return P.#sm() } }",
      "[...new P().run(), P.sm]",
    ],
    [5, 5, true, 6],
  ],
  [
    "accessor",
    [
      "class A { accessor x = 1; static accessor y = 2; accessor #z = 3; get z() { return this.#z } }",
      "const a = new A(); a.x += 4; [a.x, A.y, a.z, Object.keys(a)]",
    ],
    [5, 2, 3, []],
  ],
  [
    "an expression with a name",
    [
      "const C = class Inner { static self = Inner; n = 1 }; let Inner = 3",
      "[C.name, C.self === C, Inner]",
    ],
    ["Inner", true, 3],
  ],
  [
    "extends an expression and an earlier class",
    [
      "class A { a() { return 1 } }",
      "const mixin = <T extends new (...args: any[]) => object>(base: T) => class extends base { b() { return 2 } }",
      "class B extends mixin(A) { override a() { return super.a() + this.b() } }",
      "new B().a()",
    ],
    3,
  ],
  [
    "a class redeclared keeps old objects",
    [
      "class R { v = 1 }; const old = new R()",
      "class R { v = 2 }",
      "[old.v, new R().v, old instanceof R]",
    ],
    [1, 2, false],
  ],
  [
    "parameter properties of every kind",
    [
      "class Q { constructor(public a: number, protected b = a + 1, private readonly c: number = b + 1, readonly d?: number) { this.a++ } all() { return [this.a, this.b, this.c, this.d] } }",
      "new Q(1).all()",
    ],
    [2, 2, 3, undefined],
  ],
  [
    "parameter properties behind super",
    [
      "class B0 { x: number; constructor(x: number) { this.x = x } }\nclass D0 extends B0 { constructor(readonly y: number) { super(y + 1); this.x += this.y } }",
      "const d = new D0(2); [d.x, d.y]",
    ],
    [5, 2],
  ],
  [
    "computed, optional and definite members",
    [
      "const k = 'dyn'; class M { [k] = 1; static [k + 2] = 3; opt?: number; def!: string; declare no: number; ['a b']() { return 4 } *[Symbol.iterator]() { yield 1 } async 'q'() {} static async *gen() {} }",
      "const m = new M(); [m[k], (M as any).dyn2, m['a b'](), [...m], Object.keys(m)]",
    ],
    [1, 3, 4, [1], ["dyn", "opt", "def"]],
  ],
  [
    "fields without semicolons",
    [
      "class F {\n  a = 1\n  private ['b'] = 2\n  static\n  c = 3\n  readonly d\n  = 4\n}",
      "new F()",
    ],
    { a: 1, b: 2, d: 4 },
  ],
  [
    "decorators of every kind",
    [
      "const seen: string[] = []\nconst note = (v: any, c: any): any => { seen.push(`${c.kind} ${String(c.name)}`) }",
      "@note class All { @note m() {} @note static s() {} @note f = 1; @note accessor a = 2; @note get g() { return 3 } @note set g(x) {} @note #p = 4; p() { return this.#p } }",
      "[seen.length, seen.at(-1), new All().p()]",
    ],
    [8, "class All", 4],
  ],
  [
    "a decorator replaces and initialises",
    [
      "const double = (f: any, c: any) => function (this: any, ...args: number[]) { return 2 * f.apply(this, args) }\nconst plus = (n: number) => (v: undefined, c: any) => (x: number) => x + n\nconst sealed = (c: any, x: any) => { x.addInitializer(function (this: any) { this.sealed = true }) }",
      "@sealed class W { @double half(x: number) { return x } @plus(3) n = 4 }",
      "const w = new W(); [w.half(4), w.n, (W as any).sealed]",
    ],
    [8, 7, true],
  ],
  [
    "decorated classes of two cells stay apart",
    [
      "const plus = (n: number) => (v: undefined, c: any) => (x: number) => x + n",
      "class One { @plus(1) n = 0 }",
      "class Two { @plus(2) n = 0 }",
      "[new One().n, new Two().n]",
    ],
    [1, 2],
  ],
  [
    "a decorated class names itself",
    [
      "const same = (v: any, c: any) => {}; @same class Me { static made = () => new Me(); static n = 3; @same twice() { return Me.n * 2 } }",
      "Me.made().twice()",
    ],
    6,
  ],
  [
    "static this and super",
    [
      "class S1 { static base = 2; static get twice() { return this.base * 2 } } class S2 extends S1 { static base = 5; static all = [super.twice, this.base] }",
      "S2.all",
    ],
    [10, 5],
  ],
  [
    "object types: index, call, construct signatures",
    [
      "interface Callable { (x: number): string; new (x: string): Date; readonly [k: string]: unknown; method?(): void }\ntype Ctor = abstract new () => object; let c: Callable | undefined",
      "c",
    ],
    undefined,
  ],
  [
    "implements, over lines",
    [
      "interface I1 {} interface I2<T> { t?: T }\nclass Im<T>\n  extends Array<T>\n  implements I1,\n    I2<T> {\n  t?: T\n}",
      "new Im().length",
    ],
    0,
  ],
  [
    "declare fields and declare class",
    [
      "declare class Ghost { x: number }\nclass Body1 { declare readonly g: Ghost; v = 1 }",
      "Object.keys(new Body1())",
    ],
    ["v"],
  ],
];

const types: Case[] = [
  [
    "generics with defaults, const and constraints",
    [
      "function pick<const T extends readonly unknown[], K extends keyof T = keyof T>(t: T, k: K): T[K] { return t[k] }\nclass Box<in out T = string> { constructor(public v: T) {} map<U>(f: (t: T) => U): Box<U> { return new Box<U>(f(this.v)) } }",
      "new Box<number>(pick([1, 2], 1)).map(String).v",
    ],
    "2",
  ],
  [
    "instantiation expressions",
    [
      "const make = Array<number>; const m = Map<string, number>; const f = (<T,>(x: T) => x)<string>",
      "[make(2).length, new m().size, f('a')]",
    ],
    [2, 0, "a"],
  ],
  [
    "arrow generics and comparison",
    [
      "const a = 1, b = 2, c = 3; const f = <T extends unknown>(x: T): x is T => true; const lt = a < b, gt = (b > (c)); f<number>(1)",
      "[lt, gt]",
    ],
    [true, false],
  ],
  [
    "satisfies, as const, non-null",
    [
      "const t = { a: [1, 2] as const } satisfies { a: readonly number[] }; const n = (t!.a as readonly number[])[0]!",
      "n",
    ],
    1,
  ],
  [
    "angle-bracket assertions",
    ["const u: unknown = 5; const v = <number>u + (<any>u).valueOf()", "v"],
    10,
  ],
  [
    "unique symbol, template literal types, conditional types",
    [
      "declare const brand: unique symbol\ntype Id<T> = string & { [brand]: T }; type Get<T> = T extends `get${infer N}` ? Uncapitalize<N> : never; type M = { readonly [K in keyof Id<1> as K extends string ? K : never]?: Id<1>[K] }\nconst id = 'a' as Id<number>",
      "id",
    ],
    "a",
  ],
  [
    "declare statements",
    [
      "declare let dl: number; declare function df(): void; declare const enum DE { A = 4 } declare namespace DN { const x: number }\ndeclare global { interface Array<T> { mine?: T } }\ndeclare module 'ghost' { export const g: number }",
      "typeof dl + typeof df",
    ],
    "undefinedundefined",
  ],
  [
    "type-only import and export",
    [
      "import type { Stats } from 'node:fs'; import { type Dirent, existsSync } from 'node:fs'; export type { Stats }; export { type Dirent }; let s: Stats | Dirent | undefined",
      "[s, existsSync('/')]",
    ],
    [undefined, true],
  ],
  [
    "import types and typeof types",
    [
      "let p: typeof import('node:path') | import('node:fs').Stats; const k: keyof typeof Math = 'abs'",
      "k",
    ],
    "abs",
  ],
  [
    "abstract and function types over lines",
    [
      "type F = (\n  a: number,\n  b?: string\n) => void\nlet f: F\n  | undefined\nlet g = (a: number): a is 3 =>\n  true",
      "g(1)",
    ],
    true,
  ],
  [
    "tuples, optional and rest",
    [
      "type T = [a: number, b?: string, ...rest: boolean[]]; const t: T = [1, 'x', true]",
      "t.length",
    ],
    3,
  ],
  [
    "a name that is type and value",
    ["type Both = { v: number }; const Both = { v: 1 } as Both", "const both: Both = Both; both.v"],
    1,
  ],
  [
    "optional chaining with types",
    [
      "const o: { f?: (x: number) => { g?: number[] } } | null = { f: (x) => ({ g: [x] }) }",
      "[o?.f?.(3)!.g?.[0], o!.f!(1)?.g!.length, (o as any)?.x?.y]",
    ],
    [3, 1, undefined],
  ],
];

const enums: Case[] = [
  [
    "computed and text members",
    [
      "const base = 4; enum E { A = base * 2, B = 'text'.length, C = 1 << 3, D = A | C, T = 'tee' }",
      "[E.A, E.B, E.C, E.D, E.T, E[4]]",
    ],
    [8, 4, 8, 8, "tee", "B"],
  ],
  ["merging in one cell", ["enum M { A = 1 } enum M { B = 2 }", "[M.A, M.B]"], [1, 2]],
  ["anew in a later cell", ["enum M { A = 1 }", "enum M { B = 2 }", "Object.keys(M)"], ["2", "B"]],
  [
    "a const enum of an earlier cell",
    ["const enum C { X = 3, Y = 'y' }", "const c: C = C.X; [c, C.Y, C['X']]"],
    [3, "y", 3],
  ],
  [
    "an enum names its earlier members and others",
    ["enum A { P = 5 } enum B { Q = A.P + 1, R = Q * 2 }", "[B.Q, B.R]"],
    [6, 12],
  ],
  ["exported", ["export enum X { A } export const enum Y { B = 7 }", "[X.A, Y.B]"], [0, 7]],
  [
    "in a block and a function",
    [
      "{ enum In { A = 9 } var got = In.A } function f() { enum Loc { B = 8 } return Loc.B }",
      "[got, f()]",
    ],
    [9, 8],
  ],
  [
    "merged with a namespace",
    [
      "enum Dir { Up, Down } namespace Dir { export function flip(d: Dir) { return d === Dir.Up ? Dir.Down : Dir.Up } }",
      "Dir.flip(Dir.Up)",
    ],
    1,
  ],
  [
    "a cell keeps the values of its own enum, as constants are",
    ["enum S { A = 1 } const get = () => S.A", "enum S { A = 2 }", "get()"],
    1,
  ],
];

const namespaces: Case[] = [
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
];

const using: Case[] = [
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
];

const controls: Case[] = [
  [
    "labels over loops and blocks",
    [
      "const log: string[] = []; outer: for (const a of [1, 2, 3]) { inner: for (const b of [1, 2, 3]) { if (b === 2) continue outer; if (a === 3) break outer; log.push(`${a}${b}`) } } block: { log.push('in'); if (log.length) break block; log.push('never') } one: two: for (;;) break one",
      "log",
    ],
    ["11", "21", "in"],
  ],
  ["a label named as a shared name", ["let a = 1; a: for (;;) { a++; break a }", "a"], 2],
  [
    "switch",
    [
      "let r = ''; switch (3 as number) { case 1: r += 'a'; default: r += 'd'; case 2: { const r2 = 'x'; r += r2 } break; case 4: let z = 1; r += z }",
      "r",
    ],
    "dx",
  ],
  [
    "try, catch, finally",
    [
      "let r: unknown[] = []; try { try { throw new Error('e') } catch { r.push('c'); throw 1 } finally { r.push('f') } } catch (x) { r.push(x) }",
      "r",
    ],
    ["c", "f", 1],
  ],
  [
    "for in, of, over var and let",
    [
      "const keys: string[] = []; for (const k in { a: 1, b: 2 }) keys.push(k); for (var v of new Set([1])) ; let w; for (w of 'xy') ;",
      "[keys, v, w]",
    ],
    [["a", "b"], 1, "y"],
  ],
  [
    "comma, void, in, delete, instanceof",
    [
      "const o: any = { a: 1, b: 2 }; let n = (1, 2); delete o.a",
      "[n, 'a' in o, o instanceof Object, void 0]",
    ],
    [2, false, true, undefined],
  ],
  [
    "logical assignment",
    [
      "let a: number | null = null, b = 0, c = 1; a ??= 5; b ||= 6; c &&= 7; const o = { p: null as number | null }; o.p ??= 8",
      "[a, b, c, o.p]",
    ],
    [5, 6, 7, 8],
  ],
  [
    "bigint, numeric separators, exponent",
    ["let big = 10n ** 20n; big++; const m = 1_000_000", "[big, m, 2 ** 3 ** 2, 0xff, 0b11, 0o17]"],
    [100000000000000000001n, 1000000, 512, 255, 3, 15],
  ],
  [
    "regular expressions",
    [
      "const r = /(?<year>\\d{4})/dgimsuy; const v = /[\\p{L}--[a-z]]/v; const q = 'a/b'.split(/\\//)",
      "[r.flags, r.exec('2020')!.groups!.year, v.test('A'), q]",
    ],
    ["dgimsuy", "2020", true, ["a", "b"]],
  ],
  [
    "templates",
    [
      "const x = 1; const t = `a${`b${x}`}c\\n${x + 1}`; const raw = String.raw`\\${x}`",
      "[t, raw]",
    ],
    ["ab1c\n2", "\\${x}"],
  ],
  ["an if at the end of a cell has no value", ["let x = 1; if (x) x = 2"], undefined],
  ["a do-while without a semicolon", ["let n = 0; do n++; while (n < 3) n += 10", "n"], 13],
];

const awaits: Case[] = [
  [
    "in every position",
    [
      "const p = <T,>(x: T) => Promise.resolve(x)",
      "const a = await p(1), { b = await p(2) } = {} as { b?: number }, [c] = [await p(3)]; let t = `${await p('t')}`; const o = { [await p('k')]: await p(4), ...(await p({ z: 5 })) }; if (await p(true)) t += await p('!'); for (let i = await p(0); i < (await p(2)); i += await p(1)) t += i; switch (await p(1)) { case await p(1): t += 's' } class A extends (await p(Array)) { static v = 1; [await p('m')]() { return 6 } } const f = (await p((x: number) => x + 1))(await p(6)); try { await Promise.reject(7) } catch (e) { t += e }",
      "[a, b, c, t, o, new (A as any)().m(), f]",
    ],
    [1, 2, 3, "t!01s7", { k: 4, z: 5 }, 6, 7],
  ],
  [
    "in a conditional, a call chain, a return value",
    [
      "const f = async (x: number) => x; const r = (await f(0)) ? await f(1) : (await f(2)) && await f(3)",
      "[r, await f(4), (await Promise.all([f(5), f(6)])).length]",
    ],
    [3, 4, 2],
  ],
  [
    "alone in a loop",
    ["let n = 0; while (await Promise.resolve(n < 3)) n++; do { n += await 1 } while (n < 5)", "n"],
    5,
  ],
  [
    "for await with destructuring",
    [
      "let s = 0; async function* g() { yield { v: [1] }; yield { v: [2] } } for await (const { v: [x] } of g()) s += x",
      "s",
    ],
    3,
  ],
  [
    "await in a block and in a label",
    [
      "let n = 0; { const x = await 1; n += x } l: for (const y of [1, 2]) { await 0; if (y === 2) break l; n += 10 }",
      "n",
    ],
    11,
  ],
  [
    "names in `await` cells are shared while it waits",
    ["let seen = 0; const look = () => seen", "seen = 1; await null; seen = look() + 1", "seen"],
    2,
  ],
  ["a last value behind await is a value", ["await Promise.resolve([1])"], [1]],
];

const modules: Case[] = [
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
];

const text: Case[] = [
  [
    "names in Korean and other letters",
    [
      "const 합계 = 1, ñ = 2, π = 3, 変数 = 4, 𝒳 = 5, \\u0061bc = 6; class 상자 { 값 = 7; #비밀 = 8; 보기() { return this.#비밀 } } function 함수(인자: number) { return 인자 + 합계 }",
      "[합계, ñ, π, 変数, 𝒳, abc, new 상자().값, new 상자().보기(), 함수(1)]",
    ],
    [1, 2, 3, 4, 5, 6, 7, 8, 2],
  ],
  [
    "an escaped name is the name",
    ["let abc = 1; \\u0061bc = 2; const f = () => \\u{61}bc + 1", "[abc, f()]"],
    [2, 3],
  ],
  [
    "no semicolons",
    [
      "let a = 1\nlet b = a\n++b\nconst c = [1, 2]\n;[a, b] = c\nlet d = b\n/2/1\nconst e = () => {}\n`t`.length\nlet f\nf = a\n(0, b)".replace(
        "f = a\n(0, b)",
        "f = a\n;(0, b)",
      ),
      "[a, b, c, d, f]",
    ],
    [1, 2, [1, 2], 1, 1],
  ],
  ["'use strict'", ["'use strict'; const x = 1", "'use strict'\nx"], 1],
  ["CRLF", ["const a = 1\r\n// note\r\nconst b = `x\r\ny`\r\n", "a + b\r\n"], "1x\ny"],
  ["CR alone", ["const a = 1\rconst b = 2 // c\ra + b"], 3],
  ["a byte order mark", ["\ufeffconst a = 1\n", "\ufeffa + 1"], 2],
  [
    "U+2028 and U+2029",
    ["const a = 'x\u2028y'\u2029const b = 2 // c\u2028const d = 4", "[a.length, b, d]"],
    [3, 2, 4],
  ],
  ["other spaces", ["const\u00a0a\u3000=\ufeff1", "a"], 1],
  ["ends in a comment", ["1 + 1 // two", "3 /* three */\n// more\n/* and */"], 3],
  ["a semicolon and a comment behind the value", ["4 ; // four\n;;"], 4],
  ["a shebang line", ["#!/usr/bin/env -S node\nconst s = 1\ns"], 1],
  ["a block at the start", ["{ let a = 1; a }"], undefined],
  ["an object in parentheses at the start", ["({ a: 1, b() { return 2 } }).b()"], 2],
  [
    "a function at the end has no value",
    ["(function () { return 1 })\nfunction f() {}"],
    undefined,
  ],
  [
    "contextual words as names",
    [
      "let of = 1, async = 2, get = 3, set = 4, type = 5, as = 6, from = 7, satisfies = 8, is = 9, asserts = 10, infer = 11, declare = 12, abstract = 13, namespace = 14, readonly = 15, global = 16, using = 17, accessor = 18, override = 19, out = 20, keyof = 21, any = 22, string = 23, target = 24, meta = 25",
      "type = type + async; of += get; [of, async, type, as, from, satisfies, global, using, accessor]",
    ],
    [4, 2, 7, 6, 7, 8, 16, 17, 18],
  ],
  [
    "contextual words in calls and statements",
    [
      "const type = (x: number) => x + 1, declare = type, abstract = type, using = type, namespace = type, module = type; let async = type",
      "[type(1), declare(1), abstract(1), using(1), namespace(1), module(1), async(1)]",
    ],
    [2, 2, 2, 2, 2, 2, 2],
  ],
  [
    "loops over contextual words",
    [
      "let of = [1, 2], n = 0; for (const async of of) n += async; for (var get of of) n += get; for (let of of [5]) n += of",
      "[n, get]",
    ],
    [11, 2],
  ],
  [
    "globals can be shadowed",
    [
      "const name = 1, console = 2, fetch = 3; let Array = 4; class Map {} function setTimeout() { return 5 } var undefined_ = 6; const Symbol = 7",
      "[name, console, fetch, Array, new Map() instanceof Map, setTimeout(), Symbol]",
    ],
    [1, 2, 3, 4, true, 5, 7],
  ],
  [
    "a global before it is shadowed",
    [
      "const before = typeof process; const f = () => typeof process",
      "const process = 1",
      "[before, f()]",
    ],
    ["object", "object"],
  ],
  ["`this` at the top level", ["typeof this"], "undefined"],
  [
    "`arguments` in a function",
    [
      "const f = function () { return arguments.length }; f.call(null, 1, 2)".replace(
        "f.call(null, 1, 2)",
        "(f as any)(1, 2)",
      ),
    ],
    2,
  ],
  [
    "constructor, prototype, __proto__ as names",
    [
      "let constructor = 1, prototype = 2, __proto__ = 3, hasOwnProperty = 4, toString = 5, valueOf = 6",
      "[constructor, prototype, __proto__, hasOwnProperty, toString, valueOf]",
    ],
    [1, 2, 3, 4, 5, 6],
  ],
  [
    "shorthand __proto__ and methods",
    ["const __proto__ = 1; const o = { __proto__ }", "Object.keys(o)"],
    ["__proto__"],
  ],
  [
    "HTML comments are none in a module",
    ["let x = 1, y = 3; const z = y --> x ? 'to' : 'no'".replace("y --> x", "y-- > x"), "z"],
    "to",
  ],
  [
    "a long chain over lines with comments",
    ["const v = [3, 1, 2] // list\n  // sorted\n  .sort()\n  /* first */ .at(0)! as number", "v"],
    1,
  ],
  [
    "types with comments",
    [
      "const f = (a /* one */ : /* two */ number /* three */, b?: string // four\n) /* five */ : /* six */ number => a",
      "f(1)",
    ],
    1,
  ],
];

const groups = {
  destructuring,
  functions,
  classes,
  types,
  enums,
  namespaces,
  using,
  controls,
  awaits,
  modules,
  text,
};
for (const [group, cases] of Object.entries(groups)) {
  for (const [name, cells, value] of cases) {
    test(`${group}: ${name}`, async () => {
      expect(await new Notebook().all(...cells)).toEqual(value);
    });
  }
}
