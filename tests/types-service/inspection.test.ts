import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "../../kernel/cell/parse.js";
import { type Inspection, TypeChecker } from "../../kernel/types/index.js";

const home = fileURLToPath(new URL("../../kernel/types", import.meta.url));
const folder = realpathSync(mkdtempSync(join(tmpdir(), "convlab-inspect-")));
let checker: TypeChecker;

beforeAll(async () => {
  writeFileSync(
    join(folder, "layers.ts"),
    "\n/** How deep it goes. */\nexport const depth: number = 3;\n",
  );
  checker = new TypeChecker({ folder, home });
  await ran(`import * as tf from "@tensorflow/tfjs-core"; import { depth } from "./layers";
/**
 * Makes a box, see {@link Boxer}.
 * @param x what is **in** it
 */
function boxed(x: number): string;
function boxed(x: string, y?: number): number;
function boxed(x: any): any { return null! }
class Boxer {
  /** Hits. */
  punch(how: "hard"): void {}
}
let n = 1; const k = { a: 1 }; interface Shape { s: Boxer }`);
  await ran("const boxer = new Boxer(); const tensor = tf.tensor1d([1]);");
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

/** Inspects at the `|`. */
function at(marked: string, detailed = false): Promise<Inspection | null> {
  const offset = marked.indexOf("|");
  return checker.inspect(marked.replace("|", ""), offset, detailed);
}

test("signature and doc comment, as text and as markdown", async () => {
  const found = await at("boxed|(1)");
  expect(found?.text).toBe(
    "function boxed(x: number): string\nMakes a box, see Boxer.\n\n@param x — what is in it",
  );
  expect(found?.markdown).toBe(
    "```typescript\nfunction boxed(x: number): string\n```\nMakes a box, see `Boxer`.\n\n*@param* `x` — what is **in** it",
  );
});

test.each([
  ["a variable", "n|", "let n: number"],
  ["an object", "k|", "const k: {\n    a: number;\n}"],
  ["a member", "boxer.pun|ch", '(method) Boxer.punch(how: "hard"): void\nHits.'],
  [
    "in broken text",
    "const q = f(boxer.punch|( , {",
    '(method) Boxer.punch(how: "hard"): void\nHits.',
  ],
  ["a type", "let s: Sha|pe", "interface Shape"],
  ["a name of the same cell", "const own = [1];\nown|", "const own: number[]"],
  ["of a local file", "depth|", "const depth: number\nHow deep it goes."],
  [
    "of a package",
    "tensor.isDisposedInternal|",
    "(property) Tensor<Rank.R1>.isDisposedInternal: boolean",
  ],
  ["after a call", "new Boxer().punch()|", '(method) Boxer.punch(how: "hard"): void\nHits.'],
])("%s", async (_, marked, text) => {
  expect((await at(marked))?.text).toBe(text);
});

test("between the parentheses of a call the overload that fits is shown", async () => {
  expect((await at("boxed(|)"))?.text).toContain("boxed(x: number): string // and 1 more");
  expect((await at("boxed('a', |"))?.text).toContain("boxed(x: string, y?: number): number");
  expect((await at("boxed('a', |)", true))?.markdown).toContain(
    "```typescript\nboxed(x: string, y?: number): number\nboxed(x: number): string\n```",
  );
  expect((await at("boxed(|)"))?.text).toContain("@param x — what is in it");
});

test("in detail: every overload, and where the name is declared", async () => {
  const overloads = await at("boxed|", true);
  expect(overloads?.markdown).toContain("Declared in a cell:");
  expect(overloads?.markdown).toContain(
    "function boxed(x: number): string;\nfunction boxed(x: string, y?: number): number;",
  );
  expect((await at("n|", true))?.text).toContain("Declared in a cell:\n\nlet n = 1");
  expect((await at("depth|", true))?.text).toContain("Declared in ./layers.ts, line 3:");
  expect((await at("readFile|", true))?.markdown ?? "").toBe("");
  expect((await at("tensor.dataSync|", true))?.text).toMatch(
    /Declared in @tensorflow\/tfjs-core\/dist\/tensor\.d\.ts, line \d+:/,
  );
});

test("our documents are never seen", async () => {
  for (const name of ["tf", "n", "k", "boxed", "Boxer", "boxer", "depth", "tensor"]) {
    const found = await at(`${name}|`, true);
    expect([name, found === null]).toEqual([name, false]);
    expect(JSON.stringify(found)).not.toContain("convlab");
  }
});

test("nothing is made up: unknown names, empty cells, comments", async () => {
  for (const marked of ["unknownThing|", "|", "// boxed|", "   |   ", "(|)"]) {
    expect([marked, await at(marked)]).toEqual([marked, null]);
  }
});
