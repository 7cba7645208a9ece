/** What the checker says of cells, and what one cell knows of another. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "../../kernel/cell/parse.js";
import { check, checker, folder, found, ran } from "./checking.js";

test("an error has line and column of the cell, start and end", async () => {
  const { diagnostics } = await check('const fine = 1;\n  const wrong: number = "x";');
  expect(diagnostics).toEqual([
    {
      message: "Type 'string' is not assignable to type 'number'.",
      code: 2322,
      line: 2,
      column: 9,
      endLine: 2,
      endColumn: 14,
      severity: "error",
    },
  ]);
});

test("only what has run is visible to later cells", async () => {
  await check("const notRun = 1;");
  expect(await found("notRun")).toEqual(["1:1 2304 Cannot find name 'notRun'."]);
});

test("every kind of name crosses cells with its type", async () => {
  await ran(`let n = 1; const k = { a: 1 as const }; var v = "s"; function f<T>(x: T): T { return x }
class Box<T> { constructor(public value: T) {} } interface Point { x: number } type Pair = [number, string];
enum Colour { Red } const enum Size { Small } namespace Space { export const q = 1; export type T = "t" }
const { p, ...rest } = { p: 1, r: 2 }; using u = { [Symbol.dispose]() {} }; for (var i = 0; i < 1; i++);`);
  await ran(`n = 2; v = "t"; i += 1;
const b: Box<string> = new Box("x"); const point: Point = { x: k.a }; const pair: Pair = [p, v];
const c: Colour = Colour.Red; const s: Size = Size.Small; const t: Space.T = "t"; Space.q + rest.r + f(1); u`);
  expect(await found("n = 'x'")).toEqual([
    "1:1 2322 Type 'string' is not assignable to type 'number'.",
  ]);
  expect(await found("k = { a: 1 }")).toEqual([
    "1:1 2632 Cannot assign to 'k' because it is a constant.",
  ]);
  expect(await found("b.value.foo")).toEqual([
    "1:9 2339 Property 'foo' does not exist on type 'string'.",
  ]);
  expect(await found("const q: Point = {}; f(1).foo")).toEqual([
    "1:7 2741 Property 'x' is missing in type '{}' but required in type 'Point'.",
    "1:27 2339 Property 'foo' does not exist on type '1'.",
  ]);
});

test("a name can be declared anew as anything", async () => {
  await ran("const again = 1;");
  await ran('let again = "text";');
  await ran("function again(): boolean { return true }");
  await ran("class again { field = 1 }");
  await ran("interface again { x: number }");
  // The type is the interface's; the value is the class's still, as it is when the cell runs.
  expect(await found("const a: again = { x: 1 }; new again().field")).toEqual([]);
  expect(await found("const b: again = new again()")).toHaveLength(1);
  await ran("const again = 2;");
  expect(await found("new again()")).toHaveLength(1);
});

test("declarations can be added to a module that the cell does not import", async () => {
  writeFileSync(join(folder, "added-to.ts"), "export interface Seen { a: number }");
  await ran('declare module "./added-to" { interface Seen { b: string } }');
  await ran('import type { Seen } from "./added-to"; const seen: Seen = { a: 1, b: "" }');
});

test("a type and a value of one name go together over cells, as in one module", async () => {
  await ran('const Shade = { Red: "red", Blue: "blue" } as const');
  await ran("type Shade = (typeof Shade)[keyof typeof Shade]");
  await ran('const shade: Shade = Shade.Blue; const other: Shade = "red"');
  expect(await found('const wrong: Shade = "green"')).toHaveLength(1);
  // The value declared anew: the type means the new one.
  await ran('const Shade = { Green: "green" } as const');
  await ran('const green: Shade = Shade.Green; const plain: Shade = "green"');
  expect(await found('const wrong: Shade = "red"')).toHaveLength(1);
  // The cell of the type run again.
  await ran("type Shade = (typeof Shade)[keyof typeof Shade]");
  await ran("const again: Shade = Shade.Green");
});

test("a value may follow the type of its name, and a type a class", async () => {
  await ran("interface Point { x: number; scaled(by: number): Point }");
  await ran(
    "const Point = { make(x: number): Point { return { x, scaled: (by) => Point.make(x * by) } } }",
  );
  await ran("const point: Point = Point.make(1).scaled(2)");
  await ran("class Maker<T> { made!: T }");
  await ran("interface Maker<T> { extra: T }");
  await ran("const maker = new Maker<string>(); const size: number = maker.made.length");
  await ran("let counted = 1");
  await ran("type counted = string");
  await ran('const text: counted = "a"; const number: number = counted');
});

test("a value keeps the type of the class it was made of after the class is declared anew", async () => {
  await ran("class Shape { corners = 3 }");
  await ran("const triangle = new Shape();");
  await ran("class Shape { sides = 4 }");
  await ran("triangle.corners");
  expect(await found("triangle.sides")).toHaveLength(1);
});

test("interfaces of different cells don't merge", async () => {
  await ran("interface Alone { a: number }");
  await ran("interface Alone { b: number }");
  await ran("const alone: Alone = { b: 1 };");
});

test("nothing is asked that a reader did not write: types left out, arrays begun empty", async () => {
  await ran(
    "function loose(a, { b }) { return a + b } const xs = []; xs.push(1); let later; later = 2;",
  );
  await ran("xs.push(2); later = 's'; loose(1, { b: 2 });");
});

test("strict all the same", async () => {
  await ran("function maybe(): string | undefined { return undefined }");
  expect((await found("maybe().length")).join()).toContain("Object is possibly 'undefined'");
});

test("Node's globals are known, a browser's are not", async () => {
  await ran(
    'process.version; setTimeout(() => {}, 1); await fetch("x"); new URL("http://x"); import.meta.url; require("fs");',
  );
  expect(await found("document.title")).toHaveLength(1);
});

test("top-level await, decorators, for await", async () => {
  await ran(`const awaited: number = await Promise.resolve(1);
for await (const x of [Promise.resolve(1)]) x.toFixed();
function sealed(target: unknown, context: ClassDecoratorContext) {} @sealed class Sealed { accessor x = 1 }`);
});

test("`export` is harmless", async () => {
  await ran(
    "export const shown = 1; export default function main() {} export type Shown = number; const also = 2; export { also };",
  );
  await ran("const x1: Shown = shown + also; main();");
});

test("@ts-nocheck lets a cell pass and keeps its names", async () => {
  await ran("// @ts-nocheck\nconst unchecked: number = 'x'; interface Unchecked { a: 1 }");
  await ran("unchecked.toFixed(); const u: Unchecked = { a: 1 };");
  expect(await found("// the first line counts\nconst n0: number = unchecked.length;")).toEqual([
    "2:30 2339 Property 'length' does not exist on type 'number'.",
  ]);
});

test("a cell that is not to be checked still leaves its names", async () => {
  const source = "const silent: number = 'x'; type Silent = 1;";
  const result = await checker.check(source, parse(source).program, { diagnose: false });
  expect([result.checked, result.diagnostics]).toEqual([false, []]);
  result.commit();
  expect(await found("silent.foo; const s: Silent = 2;")).toHaveLength(2);
  expect((await checker.complete("silent.toF", 10))?.items[0]?.text).toBe("toFixed");
});

test("names that are not used, and other hints, are no findings", async () => {
  await ran(
    "import { join } from 'node:path'; const unused = 1; function hinted(p: number) { return; } async function noAwait() {}",
  );
  await ran("new Buffer('deprecated');");
});

test("@ts-expect-error works as in any file", async () => {
  await ran("// @ts-expect-error\nconst expected: number = 'x';");
  expect((await found("// @ts-expect-error\n1;")).join()).toContain("Unused '@ts-expect-error'");
});

test("a cell that declares something global reaches cells that don't name it", async () => {
  await ran(
    "declare global { interface Array<T> { firstOne(): T } }\n(Array.prototype as any).firstOne = function () { return this[0] };",
  );
  await ran("[1].firstOne().toFixed();");
});

test("messages don't show our documents", async () => {
  await ran("class Mine { a = 1 } class Other { b = 1 }");
  await ran("const mine = new Mine(), other = new Other();");
  const [message] = await found("const m1: Mine = other;");
  expect(message).toContain("Property 'a' is missing in type 'Other' but required in type 'Mine'");
  expect(message).not.toContain("convlab$");
});

test("names at the very end, comments, Windows line ends and no text at all", async () => {
  await ran("const atEnd = 1 // comment");
  await ran("");
  await ran("// only a comment");
  expect(await found("const a1 = 1;\r\natEnd.foo // x")).toEqual([
    "2:7 2339 Property 'foo' does not exist on type '1'.",
  ]);
});
