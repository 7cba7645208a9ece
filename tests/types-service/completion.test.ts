import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "../../kernel/cell/parse.js";
import { type Completion, type CompletionList, TypeChecker } from "../../kernel/types/index.js";

const home = fileURLToPath(new URL("../../kernel/types", import.meta.url));
const folder = join(realpathSync(mkdtempSync(join(tmpdir(), "convlab-complete-"))), "공책 50% #1");
let checker: TypeChecker;

beforeAll(async () => {
  mkdirSync(join(folder, "parts"), { recursive: true });
  writeFileSync(
    join(folder, "layers.ts"),
    "export class Dense { units = 1 }\nexport const depth = 3;\n",
  );
  writeFileSync(join(folder, "parts", "deep.ts"), "export const deepest = 1;\n");
  const made = join(folder, "node_modules", "mapped-package");
  mkdirSync(join(made, "types"), { recursive: true });
  writeFileSync(
    join(made, "package.json"),
    JSON.stringify({
      name: "mapped-package",
      exports: { ".": { types: "./types/main.d.ts" }, "./sub": { types: "./types/sub.d.ts" } },
    }),
  );
  writeFileSync(join(made, "types", "main.d.ts"), "export const mainThing: number;");
  writeFileSync(join(made, "types", "sub.d.ts"), "export const subThing: 'deep';");
  checker = new TypeChecker({ folder, home });
  await ran(`import * as tf from "@tensorflow/tfjs-core";
/** Makes a box. */ function boxed(x: number, y?: string): { inside: number; 'odd-name': string } { return null! }
class Boxer { punch(): void {} #secret = 1 }
interface BoxShape { sides: 4 | 6; label?: string; 'data-kind'?: string }
let boxCount = 1; const pets: "cat" | "dog" = "cat" as "cat" | "dog"; enum Colour { Red, Green }`);
  await ran("const tensor = tf.tensor1d([1, 2]); const later = Promise.resolve(new Boxer());");
});

afterAll(() => {
  checker.close();
  rmSync(folder, { recursive: true, force: true });
});

async function ran(source: string): Promise<void> {
  const result = await checker.check(source, parse(source).program);
  expect(result.diagnostics).toEqual([]);
  result.commit();
}

/** Completes at the `|` (`¦` stands for one in the text); the list and the text from `start` to `end`. */
async function at(marked: string): Promise<CompletionList & { replaced: string }> {
  const offset = marked.indexOf("|");
  const source = (marked.slice(0, offset) + marked.slice(offset + 1)).replaceAll("¦", "|");
  const list = await checker.complete(source, offset);
  if (list === null) throw new Error("no answer");
  return { ...list, replaced: source.slice(list.start, list.end) };
}

const texts = ({ items }: CompletionList): string[] => items.map(({ text }) => text);
const find = ({ items }: CompletionList, text: string): Completion | undefined =>
  items.find((item) => item.text === text);

test("members of a package of an earlier cell, while the text is broken", async () => {
  const all = await at("tf.|");
  expect(all.items.length).toBeGreaterThan(300);
  expect(texts(all)).toContain("tensor2d");
  expect(all).toMatchObject({ start: 3, end: 3 });
  const some = await at("const a = f(\n  tf.tensor2|");
  expect(texts(some)).toEqual(["tensor2d"]);
  expect(some.replaced).toBe("tensor2");
  expect(some.items[0]?.signature).toContain("(values: TensorLike2D");
});

test.each([
  ["?.", "tensor?.dataS|", "dataSync"],
  ["a template literal", "`shape: $" + "{tensor.sha|} and more`", "shape"],
  ["an open template literal", "`shape: $" + "{tensor.sha|", "shape"],
  ["await", "await tensor.dat|", "data"],
  ["an awaited value", "(await later).pun|", "punch"],
  ["a call's result", "boxed(1).ins|", "inside"],
  ["an enum", "Colour.Gr|", "Green"],
  ["a class of the same cell", "class Own { field = 1 }\nnew Own().fi|", "field"],
  [
    "a local of an open function",
    "function f(argument: number) {\n  const inner = arg|",
    "argument",
  ],
  ["an unclosed string before", 'const s = "open\ntensor.sha|', "shape"],
  ["this", "class T { own = 1; m() { this.ow| } }", "own"],
  ["a string method", '"abc".toUp|', "toUpperCase"],
  ["a text with Korean and emoji before it", 'const 이름 = "🎉한글"; 이름.toUp|', "toUpperCase"],
  ["Windows line ends", "const a = 1;\r\ntensor.sha|\r\nconst b = 2;", "shape"],
  ["a cell that declares the name anew", "const tensor = { fresh: 1 };\ntensor.fr|", "fresh"],
  ["Node's globals", "process.memoryU|", "memoryUsage"],
  ["Node's modules", 'import { readFileS| } from "node:fs"', "readFileSync"],
  [
    "a namespace import of the same cell",
    'import * as fs from "node:fs";\nfs.existsS|',
    "existsSync",
  ],
  ["a local file", 'import { dep| } from "./layers"', "depth"],
  ["a package with an exports map", 'import { main| } from "mapped-package"', "mainThing"],
  ["a part of it", 'import { sub| } from "mapped-package/sub"', "subThing"],
  [
    "an import of the same cell, used",
    'import { Dense } from "./layers";\nnew Dense().un|',
    "units",
  ],
  ["import()", '(await import("./layers")).dep|', "depth"],
  ["a type position", "let b: BoxSh|", "BoxShape"],
  ["object literals", "const s: BoxShape = { si|", "sides"],
  ["destructuring", "const { ins| } = boxed(1)", "inside"],
])("after %s", async (_, marked, wanted) => {
  expect(texts(await at(marked))).toContain(wanted);
});

test.each([
  ["a local file", 'import x from "./lay|"', "layers"],
  ["a folder", 'import x from "./pa|"', "parts"],
  ["a file in a folder", 'import x from "./parts/|"', "deep"],
  ["a file with an open quote", 'import x from "./lay|', "layers"],
  ["a module of Node", 'import x from "node:f|"', "node:fs"],
  ["a package", 'import x from "mapp|"', "mapped-package"],
  ["a package's part", 'import x from "mapped-package/|"', "sub"],
  ["import()", 'await import("./lay|")', "layers"],
])("import specifiers: %s", async (_, marked, wanted) => {
  const list = await at(marked);
  const before = marked.slice(0, list.start);
  expect(list.items.map(({ text }) => (before + text).split(/["']/)[1])).toContainEqual(
    expect.stringMatching(new RegExp(`(^|/)${wanted}`)),
  );
});

test("literals of a union, in quotes and at an argument", async () => {
  expect(texts(await at('const p: typeof pets = "|"'))).toEqual(["cat", "dog"]);
  expect(texts(await at('const p: typeof pets = "d|'))).toEqual(["dog"]);
  expect(texts(await at('function own(side: "left" ¦ "right") {} own("|")'))).toEqual([
    "left",
    "right",
  ]);
});

test("names of earlier cells, with their kinds", async () => {
  const list = await at("box|");
  expect(list.replaced).toBe("box");
  expect(find(list, "boxed")?.kind).toBe("function");
  expect(find(list, "boxed")?.signature).toContain("(x: number, y?: string): {");
  expect(find(list, "Boxer")?.kind).toBe("class");
  expect(find(list, "boxCount")?.kind).toBe("instance");
  expect(find(list, "BoxShape")).toBeUndefined();
  const types = await at("let x: Box|");
  expect(texts(types)).toEqual(["Boxer", "BoxShape"]);
  expect(find(types, "BoxShape")?.kind).toBe("interface");
  expect(find(await at("Col|"), "Colour")?.kind).toBe("enum");
});

test("at the beginning: names of cells before globals, keywords too, nothing of ours", async () => {
  const list = await at("|");
  expect(list).toMatchObject({ start: 0, end: 0 });
  expect(texts(list)).toEqual(expect.arrayContaining(["boxed", "tf", "process", "console"]));
  expect(texts(list).indexOf("tf")).toBeLessThan(texts(list).indexOf("console"));
  expect(find(list, "const")?.kind).toBe("keyword");
  expect(list.items.length).toBeLessThan(2001);
  expect(texts(list).filter((text) => text.startsWith("convlab$"))).toEqual([]);
});

test("names that need quotes", async () => {
  expect(texts(await at("boxed(1)['|']"))).toEqual(["inside", "odd-name"]);
  expect(texts(await at("boxed(1)['odd|"))).toEqual(["odd-name"]);
  expect(texts(await at("const s: BoxShape = { dat|"))).toEqual(['"data-kind"']);
  const afterDot = await at("boxed(1).odd|");
  expect(texts(afterDot)).toEqual(['["odd-name"]']);
  expect(afterDot.replaced).toBe(".odd");
});

test("case does not matter, but comes first where it fits", async () => {
  expect(texts(await at("tensor.DATAS|"))).toEqual(["dataSync"]);
});

test("in comments and in numbers nothing is offered", async () => {
  expect(texts(await at("// tensor.sha|"))).toEqual([]);
  expect(texts(await at("1.|"))).toEqual([]);
});

test("an edited local file and a package added later are seen at once", async () => {
  const file = join(folder, "changing.ts");
  writeFileSync(file, "export const first = 1;");
  expect(texts(await at('import { fi| } from "./changing"'))).toEqual(["first"]);
  writeFileSync(file, "export const firstOfTwo = 1, finer = 2;");
  expect(texts(await at('import { fi| } from "./changing"'))).toEqual(["finer", "firstOfTwo"]);
  expect(texts(await at('import { la| } from "later-package"'))).toEqual([]);
  const made = join(folder, "node_modules", "later-package");
  mkdirSync(made, { recursive: true });
  writeFileSync(join(made, "package.json"), '{ "name": "later-package", "types": "main.d.ts" }');
  writeFileSync(join(made, "main.d.ts"), "export const late: number;");
  expect(texts(await at('import { la| } from "later-package"'))).toEqual(["late"]);
});

test("positions past the end and before the beginning", async () => {
  expect((await checker.complete("tf.", 99))?.items.length).toBeGreaterThan(300);
  expect(await checker.complete("tf.", -1)).not.toBeNull();
});

test("what is typed changes nothing for the cells that are checked", async () => {
  await at("const boxCount = { other: 1 }; boxCount.|");
  await ran("boxCount += 1;");
});

test("completions come while a cell is being checked, and only the newest counts", async () => {
  const source = `${"tf.tidy(() => tf.conv2d(tf.ones([1, 5, 5, 1]), tf.ones([3, 3, 1, 1]), 1, 'same'));\n".repeat(400)}0`;
  let checked = false;
  const check = checker.check(source, parse(source).program).then(() => {
    checked = true;
  });
  const older = checker.complete("tf.", 3);
  const list = await checker.complete("tensor.", 7);
  expect(checked).toBe(false);
  expect(list?.items.map(({ text }) => text)).toContain("shape");
  await older;
  await check;
});
