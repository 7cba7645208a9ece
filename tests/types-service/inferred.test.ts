import { expect, test } from "vitest";
import { parse } from "../../kernel/cell/parse.js";
import { withTypes } from "../../kernel/types/inferred.js";

/** Writes `type` after each `|` of a cell. */
function written(marked: string, type: string, means: readonly string[] = []): string {
  const source = marked.replaceAll("|", "");
  const hints = marked.split("|").flatMap((_, i, parts) => {
    if (i === 0) return [];
    const before = parts.slice(0, i).join("").split("\n");
    const character = (before.at(-1) ?? "").length;
    return [{ position: { line: before.length, character }, label: `: ${type}`, kind: 1 }];
  });
  return withTypes(source, parse(source).program, hints, (name) => means.includes(name)).text;
}

test("types of names and results are written where they were left out", () => {
  expect(written("const a| = b + 1, c| = d;\nexport let e| = f;", "number")).toBe(
    "const a: number = b + 1, c: number = d;\nexport let e: number = f;",
  );
  expect(written("function f(x: number)| { return x + y }", "number")).toBe(
    "function f(x: number): number { return x + y }",
  );
  expect(written("async function g()| { return y }", "Promise<number[]>")).toBe(
    "async function g(): Promise<number[]> { return y }",
  );
});

test("only at the top level", () => {
  const source = "const f| = () => { const inner| = y; return inner };\nfor (const x| of xs) {}";
  expect(written(source, "number")).toBe(
    "const f: number = () => { const inner = y; return inner };\nfor (const x of xs) {}",
  );
});

test.each([
  "{ id: number; tags?: string[]; at2: Float32Array<ArrayBuffer> }",
  "(x: number, ...rest: string[]) => void",
  "Map<string, { readonly [key: string]: boolean }> | undefined",
])("a type that means the same anywhere: %s", (type) => {
  expect(written("const a| = b;", type)).toBe(`const a: ${type} = b;`);
});

test.each([
  "1",
  '"a" | "b"',
  "true",
  "any",
  "any[]",
  "never",
  "null",
  "Item5",
  "tf.Tensor<tf.Rank>",
  "Colour.Red",
  "x is string",
  "unique symbol",
  "typeof b",
  "this",
])("what could mean something else, or would widen otherwise, is left out: %s", (type) => {
  expect(written("const a| = b;", type)).toBe("const a = b;");
});

test("a global that the notebook has declared anew is no global", () => {
  expect(written("const a| = b;", "Map<string, Date>", ["Date"])).toBe("const a = b;");
});
