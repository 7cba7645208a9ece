// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are the texts of cells
import { testCases } from "./cases.js";

testCases([
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
  [
    "a type over several lines where no line may end",
    [
      "function ret(o: any) {\n  return <{\n    a: number\n  }>o\n}\nfunction* g() { yield <\nany>2 }\nconst f = async <\n  T,\n>(x: T) => x\nfunction h() { return <\nT,>(x: T) => x }",
      "[ret(7), [...g()], await f(4), h()(5)]",
    ],
    [7, [2], 4, 5],
  ],
  [
    "types on lines of their own around an arrow function",
    [
      "const a = async <T>\n(x: T) => x\nconst b = (x: number)\n  : number => x\nconst c = async (x: number)\n  : Promise<number> => x\nfunction d(this: any,) { return 4 }\nconst e = (x: number) /* ) */ : number => x",
      "[await a(1), b(2), await c(3), d(), e(5)]",
    ],
    [1, 2, 3, 4, 5],
  ],
  [
    "a field whose type kept it from the next member",
    [
      'class A { x = 1 as any\n ["y"] = 2; z = 3 as number\n [Symbol.iterator]() { return [this.x][Symbol.iterator]() } v = 5 }\nclass B { get?: any\n foo() { return 1 } }\nclass C { static?: any\n foo() { return 2 } static set: any\n bar() { return 3 } #p?: number\n *m() { yield 4 } }',
      "const a = new A() as any; [a.x, a.y, a.z, [...a], a.v, new B().foo(), new C().foo(), new C().bar(), [...new C().m()]]",
    ],
    [1, 2, 3, [1], 5, 1, 2, 3, [4]],
  ],
]);
