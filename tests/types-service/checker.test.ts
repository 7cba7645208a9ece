import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "../../kernel/cell/parse.js";
import { type CheckResult, needsTypes, TypeChecker } from "../../kernel/types/index.js";

const home = fileURLToPath(new URL("../../kernel/types", import.meta.url));
// A folder with a space, Korean and a percent sign: its URI must still be valid.
const folder = join(realpathSync(mkdtempSync(join(tmpdir(), "convlab-types-"))), "합성곱 50% #1");
let checker: TypeChecker;
const logged: string[] = [];

beforeAll(() => {
  mkdirSync(folder);
  checker = new TypeChecker({ folder, home, log: (line) => logged.push(line) });
});

afterAll(() => {
  checker.close();
  rmSync(folder, { recursive: true, force: true });
});

const check = (source: string, using = checker): Promise<CheckResult> =>
  using.check(source, parse(source).program);

/** The findings as `line:column code message`. */
async function found(source: string, using = checker): Promise<string[]> {
  const { diagnostics, checked } = await check(source, using);
  expect(checked).toBe(true);
  return diagnostics.map((d) => `${d.line}:${d.column} ${d.code} ${d.message}`);
}

/** Checks that a cell is right, and makes it part of the session. */
async function ran(source: string, using = checker): Promise<void> {
  const result = await check(source, using);
  expect(result.diagnostics).toEqual([]);
  result.commit();
}

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

test("imports of every form stay visible", async () => {
  writeFileSync(
    join(folder, "local.ts"),
    "export const local: number = 1; export type L = 'l'; export default 'd';",
  );
  writeFileSync(join(folder, "data.json"), '{ "rows": [1, 2] }');
  writeFileSync(join(folder, "old.cjs"), "exports.area = (/** @type {number} */ r) => r * r;");
  await ran(`import * as path from "node:path"; import fs, { readFileSync as read } from "node:fs";
import type { Stats } from "node:fs"; import d, { local, type L } from "./local.ts"; import data from "./data.json";
import old from "./old.cjs"; import nd, { type NdArray } from "ndarray";`);
  await ran(`path.join("a"); fs.existsSync("x"); read("x"); let st: Stats; const l: L = "l"; local.toFixed(); d.length;
data.rows[0].toFixed(); old.area(2); const arr: NdArray<Float32Array> = nd(new Float32Array(4), [2, 2]);`);
  expect(
    await found("path.foo; local.foo; data.foo; const m = await import('./local'); m.foo"),
  ).toHaveLength(4);
  expect(await found("new Stats()")).toEqual([
    "1:5 1361 'Stats' cannot be used as a value because it was imported using 'import type'.",
  ]);
});

test("an edited local file is seen by the next cell, a file made later is found", async () => {
  writeFileSync(join(folder, "edited.ts"), "export const one = 1;");
  await ran('import { one } from "./edited";');
  writeFileSync(
    join(folder, "edited.ts"),
    'export const one = "now a text"; export const two = 2;',
  );
  await ran('import { two } from "./edited"; one.trim();');
  expect((await found('import { late } from "./late"')).join()).toContain(
    "Cannot find module './late'",
  );
  writeFileSync(join(folder, "late.ts"), "export const late = 1;");
  await ran('import { late } from "./late"; late.toFixed()');
});

test("a package that is missing is an error, one added later is found", async () => {
  expect(await found('import { x } from "made-later"')).toEqual([
    '1:19 2307 Cannot find the package "made-later". Run `npm install made-later` in the notebook\'s folder, then run this cell again.',
  ]);
  const made = join(folder, "node_modules", "made-later");
  mkdirSync(join(made, "types"), { recursive: true });
  writeFileSync(
    join(made, "package.json"),
    JSON.stringify({
      name: "made-later",
      exports: { ".": { types: "./types/main.d.ts" }, "./sub/*": { types: "./types/*.d.ts" } },
    }),
  );
  writeFileSync(join(made, "types", "main.d.ts"), "export const x: number;");
  writeFileSync(join(made, "types", "deep.d.ts"), "export const deep: 'deep';");
  await ran(
    'import { x } from "made-later"; import { deep } from "made-later/sub/deep"; x.toFixed(); deep.length',
  );
});

test("packages of the kernel are found though the notebook lies elsewhere", async () => {
  expect(await found('import nd from "ndarray"; nd([1]).foo')).toEqual([
    "1:35 2339 Property 'foo' does not exist on type 'NdArray<number[]>'.",
  ]);
  await ran(
    'import { display, newDisplay } from "tslab"; display.html("<b>b</b>"); newDisplay().raw("text/plain", "x");',
  );
  await ran('import * as tf from "@tensorflow/tfjs-core"; const tensor = tf.tensor1d([1, 2]);');
  expect(await found("tensor.foo")).toEqual([
    "1:8 2339 Property 'foo' does not exist on type 'Tensor1D'.",
  ]);
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

test("a server that is killed comes back and knows the session", async () => {
  await ran("const survivor = { a: 1 };");
  const pid = checker.serverPid as number;
  process.kill(pid, "SIGKILL");
  expect((await found("survivor.b")).join()).toContain(
    "Property 'b' does not exist on type '{ a: number; }'",
  );
  expect(checker.serverPid).not.toBe(pid);
  // Killed while it works on the answer.
  const answer = found("survivor.c");
  setTimeout(() => process.kill(checker.serverPid as number, "SIGKILL"), 1);
  expect(await answer).toHaveLength(1);
});

test("a server that hangs is replaced", async () => {
  const impatient = new TypeChecker({ folder, home, patience: 2000 });
  await ran("const before = 1;", impatient);
  process.kill(impatient.serverPid as number, "SIGSTOP");
  expect(await found("before.foo", impatient)).toHaveLength(1);
  impatient.close();
});

test("after a reset earlier names are gone", async () => {
  const fresh = new TypeChecker({ folder, home });
  await ran("const gone = 1;", fresh);
  fresh.reset();
  expect(await found("gone", fresh)).toEqual(["1:1 2304 Cannot find name 'gone'."]);
  fresh.close();
});

test("without TypeScript one sentence says what to do, and cells are not held up", async () => {
  const lines: string[] = [];
  const lonely = new TypeChecker({ folder, home: "/", log: (line) => lines.push(line) });
  const { checked, diagnostics } = await check("const x: number = ''", lonely);
  expect({ checked, diagnostics }).toEqual({ checked: false, diagnostics: [] });
  expect(lines[0]).toContain("npm install typescript@7");
});

test("cells of literals and operators need no types", () => {
  const needs = (source: string): boolean => needsTypes(parse(source).program);
  for (const source of [
    "1+1",
    "'a' + `b`",
    "[1, 2].length;".slice(0, 6),
    "({ a: 1, 'b': [true ? 1 : null] })",
    "",
    ";",
    "(-1) ** 2 < 3 && !0",
  ]) {
    expect([source, needs(source)]).toEqual([source, false]);
  }
  for (const source of [
    "x",
    "const a = 1",
    "f()",
    "[1].length",
    "`$" + "{x}`",
    "import 'x'",
    "({ [x]: 1 })",
    "({ m() {} })",
  ]) {
    expect([source, needs(source)]).toEqual([source, true]);
  }
});
