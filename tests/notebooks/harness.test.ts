/** The harness itself must be able to fail: small chapters with one fault each. */
import { describe, expect, test } from "vitest";
import { type Chapter, chapters, exercisesOf, idsOf } from "./notebook.js";
import { runChapter, typeErrors } from "./run.js";

function chapterOf(...sources: string[]): Chapter {
  const cells = sources.map((source, i) => ({
    id: `99-cell-${i}`,
    cell_type: source.startsWith("#") || source.startsWith("<") ? "markdown" : "code",
    source,
    metadata: {},
  }));
  return {
    file: "notebooks/99-harness.ipynb",
    number: "99",
    notebook: { nbformat: 4, nbformat_minor: 5, metadata: {}, cells },
  };
}

describe("the harness", { timeout: 60_000 }, () => {
  test("finds the chapters", () => {
    expect(chapters().map(({ number }) => number)).toContain("02");
  });

  test("runs cells in order, lets names be declared anew, and keeps last values", async () => {
    const chapter = chapterOf(
      'import { predict, zeros } from "convlab";\nconst size = 3;',
      "const size = 4;\nconst doubled = await Promise.resolve(2 * size);\ndoubled",
      "const doubled = zeros([size, size]).shape;\ndoubled.join()",
      'predict("99-none", undefined);',
    );
    expect(await typeErrors(chapter, "order")).toEqual([]);
    expect(await runChapter(chapter, "order")).toEqual([
      { cell: "99-cell-1", types: [], text: "8" },
      { cell: "99-cell-2", types: [], text: "4,4" },
      expect.objectContaining({
        cell: "99-cell-3",
        types: ["text/html", "text/plain"],
        mood: "open",
      }),
    ]);
  });

  test("names the cell of a type error and the cell that throws", async () => {
    const mistyped = chapterOf("const a = 1;", 'const b: number = "two";');
    expect(await typeErrors(mistyped, "mistyped")).toEqual([
      expect.stringMatching(/99-cell-1: error TS2322/),
    ]);
    const broken = chapterOf("const a = 1;", 'if (a === 1) throw new Error("on purpose");');
    await expect(runChapter(broken, "broken")).rejects.toThrow(
      /In cell 99-cell-1: Error: on purpose/,
    );
  });

  test("finds exercises, and solutions only inside <details>", () => {
    const folded =
      '<details>\n<summary>Solution</summary>\n\n```ts\ncheck("99-a", 1);\n```\n\n</details>';
    const chapter = chapterOf(
      'check("99-a", undefined);',
      folded,
      'check("99-b");',
      "# open\n```ts\n1\n```",
    );
    expect(exercisesOf(chapter)).toMatchObject([
      { id: "99-a", solution: 'check("99-a", 1);' },
      { id: "99-b", solution: undefined },
    ]);
    expect(idsOf("predict", 'predict(\n  "99-c", undefined)')).toEqual(["99-c"]);
  });
});
