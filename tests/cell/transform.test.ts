import { expect, test } from "vitest";
import { BOX_PREFIX } from "../../kernel/cell/boxes.js";
import { compile } from "../../kernel/cell/compile.js";

const none = { isShared: () => false, isGlobal: (name: string) => name in globalThis };
const noLowering = () => Promise.reject(new Error("this cell needs no lowering"));

/** The emitted body: without the head, and with `$` for the box prefix, so that a snapshot can be read. */
async function emitted(source: string): Promise<string> {
  const { code } = await compile(source, none, noLowering);
  const body = code.replace(/^.*?"use strict";/, "").replace(/\n\}\)$/, "");
  return body.replaceAll(BOX_PREFIX, "$");
}

const cases: Record<string, string> = {
  "a constant and its use": "const a: number = 1\na + 1",
  "several declarators": "let a = 1, b: string, { c, d: [e = a] } = o as any",
  "a destructured parameter stays": "const f = ({ a }: { a: number }) => a",
  "an arrow keeps its name": "const double = (x: number): number => x * 2;",
  "a function is hoisted": "f();\nfunction f<T>(this: Window, x?: T): void { f() }",
  "a class is its own inner name":
    "abstract class A<T> extends B<T> implements C { private readonly x!: T; static y?: number; abstract z(): void; m(): A { return new A() } }",
  "shorthand properties": "let a = 1; ({ a, b: a });",
  "calls keep no this": "let f = g; f(1)\nf`x`; f?.(2)",
  "missing semicolons": "let f = g\nf(1)\nif (x) f(2)\nelse f(3)\nf(4)",
  "var in blocks":
    "for (var i = 0; i < 3; i++) { var last = i }\nfor (var k of [1]) k;\nif (i) { var none }",
  "let in blocks stays": "for (let i = 0; i < 3; i++) { const j = i; j }",
  imports:
    'import d, { a as b, type T } from "m"\nimport * as n from "n"\nimport type { U } from "u"\nb(d, n)',
  "import() and import.meta": 'await import("x"); import.meta.url',
  "exports are harmless":
    'export const a = 1; export { a as b }; export default class K {}\nexport function f() { return a }\nexport type { T } from "t"',
  "types vanish":
    "interface I { a: number }\ntype T = I | string\ndeclare const z: T\n(1 as unknown as T) satisfies T",
  "an arrow's return type over lines": "const f = (a: number): {\n  x: number\n} => ({ x: a })",
  "a string alone is a value": '"hello"',
  "typeof of the unknown": "typeof nowhere; typeof known",
  "assignment patterns": "let a, b; [a, b = 2] = [1]; ({ a, b: b } = { a, b })",
  "non-null and assertions": "let v = (w!)!.x\nlet u = <any>v\n;[v!] = [u as number]",
  overloads: "function f(a: string): void\nfunction f(a: number): void\nfunction f(a: any) {}",
  "labels, catch and closures":
    "outer: for (const x of [1]) { try { continue outer } catch (e) { e } }\nlet e = 1; () => { e++ }",
};

for (const [name, source] of Object.entries(cases)) {
  test(`emits: ${name}`, async () => {
    expect(`${source}\n---\n${await emitted(source)}`).toMatchSnapshot();
  });
}

test("every line stays on its line", async () => {
  const source = "const a = 1\n\nconst f = (b: number) => {\n  throw b\n}\nf(a)";
  const { code, sourcePosition } = await compile(source, none, noLowering);
  const lines = code.split("\n");
  expect(lines[3]).toContain("throw b");
  const column = lines[5]!.indexOf(`${BOX_PREFIX}f.v`) + 1;
  expect(sourcePosition({ line: 6, column })).toEqual({ line: 6, column: 1 });
});
