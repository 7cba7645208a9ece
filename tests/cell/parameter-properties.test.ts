import { transform } from "esbuild";
import { expect, test } from "vitest";
import { needsLowering } from "../../kernel/cell/lower.js";
import { parse } from "../../kernel/cell/parse.js";
import { Notebook } from "./notebook.js";

/** What TypeScript's rules give, by esbuild. */
async function reference(source: string, value: string): Promise<unknown> {
  const { code } = await transform(source, { loader: "ts", target: "es2022" });
  return new Function(`${code}; return (${value})`)();
}

const cases: Record<string, [source: string, value: string]> = {
  "order of the fields": [
    "class A { first = 1; constructor(private b: number, readonly a = 2, plain: string) { this.first = b } }",
    "JSON.stringify(new A(5, undefined, 'x'))",
  ],
  "behind super": [
    "class A { seen; constructor() { this.seen = Object.keys(this).join() } }\nclass B extends A { own = 1; constructor(public side: number) { const twice = side * 2; super(); this.own = this.side + twice } }",
    "JSON.stringify(new B(3))",
  ],
  "without semicolons, with a directive": [
    "class A { constructor(protected override readonly x: number) { 'use strict'\n this.x } }",
    "JSON.stringify(new A(4))",
  ],
  "a class expression with a default that uses another": [
    "const A = class<T> { constructor(public a: T[] = [], public b: number = a.length) {} }",
    "JSON.stringify(new A([1, 2] as never[]))",
  ],
  "super without a semicolon": [
    "class A {}\nclass B extends A { constructor(public x: number) { super()\n this.x++ } }",
    "JSON.stringify(new B(1))",
  ],
};

for (const [name, [source, value]] of Object.entries(cases)) {
  test(`parameter properties: ${name}`, async () => {
    expect(needsLowering(parse(source).program)).toBe(false);
    const expected = await reference(source, value.replace(/ as never\[\]/, ""));
    expect(await new Notebook().all(source, value)).toBe(expected);
  });
}

test("a constructor that calls super deep inside is left to esbuild", async () => {
  const source =
    "class A {}\nclass B extends A { constructor(public x: number) { if (x) { super() } else { super() } } }";
  expect(needsLowering(parse(source).program)).toBe(true);
});
