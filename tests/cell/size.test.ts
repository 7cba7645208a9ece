/** Cells that are very long, or nested very deeply. */
import { expect, test } from "vitest";
import { Notebook } from "./notebook.js";

const nested: Record<string, (depth: number) => string> = {
  parentheses: (depth) => `${"(".repeat(depth)}1${")".repeat(depth)}`,
  brackets: (depth) => "[".repeat(depth) + "]".repeat(depth),
  blocks: (depth) => "{".repeat(depth) + "}".repeat(depth),
  functions: (depth) => `${"x=>".repeat(depth)}1`,
  types: (depth) => `type T = ${"Array<".repeat(depth)}1${">".repeat(depth)}`,
  templates: (depth) => `\`$${"{`$".repeat(depth - 1)}{1${"}`".repeat(depth)}`,
  "a sum": (depth) => `let a = 1; ${"a+".repeat(depth * 5)}a`,
  "a chain of calls": (depth) => `let f: any; f = () => f; f${"()".repeat(depth)}`,
  "else if": (depth) => `let a = 1; ${"if (a === 2) a = 3; else ".repeat(depth)}a = 4`,
};

for (const [name, text] of Object.entries(nested)) {
  test(`${name}: a hundred levels run, ten thousand are refused`, async () => {
    await new Notebook().run(text(100));
    await expect(new Notebook().run(text(10_000))).rejects.toThrow(
      /^The cell is nested too deeply here\./,
    );
  });
}

test("the place where the brackets are deepest is named", async () => {
  const error = await new Notebook()
    .run(`const a = 1\nconst b = ${nested.parentheses!(10_000)}`)
    .catch((caught: unknown) => caught);
  expect(error).toMatchObject({ name: "SyntaxError", line: 2, column: 10_010, atEnd: false });
});

test("a megabyte of text is a cell like another", async () => {
  const notebook = new Notebook();
  expect(await notebook.run(`let s = 0\n${"s += 1 // count\n".repeat(70_000)}s`)).toBe(70_000);
  expect(await notebook.run(`const list = [${"1.5,\n".repeat(200_000)}]; list.length`)).toBe(
    200_000,
  );
  expect(await notebook.run(`const text = \`${"x".repeat(1 << 20)}\`; text.length`)).toBe(1 << 20);
  expect(
    await notebook.run(
      `{ ${Array.from({ length: 10_000 }, (_, i) => `var v${i} = ${i}`).join("\n")} }\nv9999`,
    ),
  ).toBe(9999);
});
