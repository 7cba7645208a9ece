// biome-ignore-all lint/suspicious/noTemplateCurlyInString: they are the texts of cells
import { testCases } from "./cases.js";

testCases([
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
]);
