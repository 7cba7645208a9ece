import { describe, expect, test } from "vitest";
import { exercises as definitions } from "../../src/check/chapters/index.js";
import { chapters, exercisesOf, idsOf, sourceOf } from "./notebook.js";
import { runChapter, typeErrors } from "./run.js";

const MOST_LINES = 15;
// A handout shows this many at its usual width; a longer line has to be scrolled.
const MOST_COLUMNS = 84;
const LONG = 180_000;

describe.each(chapters())("$file", (chapter) => {
  const { notebook, number } = chapter;
  const { cells } = notebook;
  const code = cells.filter((cell) => cell.cell_type === "code");
  const prose = cells.filter((cell) => cell.cell_type === "markdown");
  const exercises = exercisesOf(chapter);
  const allCode = code.map(sourceOf).join("\n");

  test("is a clean notebook: format 4.5, our kernel, named cells, no outputs", () => {
    expect([notebook.nbformat, notebook.nbformat_minor]).toEqual([4, 5]);
    expect(notebook.metadata.kernelspec).toMatchObject({ name: "convlab", language: "typescript" });
    expect(cells.length).toBe(code.length + prose.length);
    const ids = cells.map((cell) => cell.id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const id of ids) expect(id).toMatch(new RegExp(`^${number}-[a-z0-9-]{1,60}$`));
    for (const cell of code) {
      expect(cell.outputs, cell.id).toEqual([]);
      expect(cell.execution_count, cell.id).toBeNull();
    }
  });

  test(`has cells of at most ${MOST_LINES} lines and ${MOST_COLUMNS} columns`, () => {
    const faults = code.flatMap((cell) => {
      const lines = sourceOf(cell).split("\n");
      const count = lines.filter((line) => !/^\s*(\/\/.*)?$/.test(line)).length;
      return [
        ...(count < 1 || count > MOST_LINES ? [`${cell.id}: ${count} lines`] : []),
        ...lines.filter((line) => line.length > MOST_COLUMNS).map((line) => `${cell.id}: ${line}`),
      ];
    });
    expect(faults).toEqual([]);
  });

  test("begins with its title and the language, and skips no level of headings", () => {
    expect(sourceOf(cells[0]!)).toMatch(new RegExp(`^# ${number} · `));
    expect(sourceOf(code[0]!)).toMatch(/language\("(en|ko)"\)/);
    const fenceless = prose
      .map((cell) => sourceOf(cell).replace(/```[\s\S]*?```/g, ""))
      .join("\n\n");
    const levels = [...fenceless.matchAll(/^(#+) /gm)].map((match) => match[1]!.length);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    levels.forEach((level, i) => {
      expect(level - (levels[i - 1] ?? 0)).toBeLessThanOrEqual(1);
    });
  });

  test("asks for guesses, and compares each of them with what was computed", () => {
    const asked = idsOf("predict", allCode);
    expect(asked.length).toBeGreaterThanOrEqual(3);
    expect(new Set(asked).size).toBe(asked.length);
    for (const id of asked)
      expect(idsOf("compare", allCode.slice(allCode.indexOf(`predict("${id}"`)))).toContain(id);
    expect(idsOf("compare", allCode).sort()).toEqual(asked.sort());
  });

  test("has at least four exercises, each defined and with a folded solution", () => {
    expect(exercises.length).toBeGreaterThanOrEqual(4);
    const defined = [...definitions.keys()].filter((id) => id.startsWith(`${number}-`));
    expect(exercises.map(({ id }) => id).sort()).toEqual(defined.sort());
    for (const { id, cell, next, solution } of exercises) {
      expect(cell.id).toBe(id);
      expect(next, id).toMatch(/<details>\s*<summary>[^<]+<\/summary>\n\n[\s\S]*\n\n<\/details>/);
      expect(solution, id).toContain(`check("${id}"`);
    }
  });

  test("ends with three sentences, one picture and a question", () => {
    const [keep, picture, next] = cells.slice(-3);
    expect(sourceOf(keep!)).toMatch(/^## (What to keep|기억할 것)/);
    expect(sourceOf(keep!).match(/^\d\. /gm)).toHaveLength(3);
    expect(picture!.cell_type).toBe("code");
    expect(sourceOf(next!)).toMatch(/^## (Next|다음)/);
    expect(sourceOf(next!)).toContain("?");
  });

  test("type-checks, runs, and says “not answered” for every exercise", {
    timeout: LONG,
  }, async () => {
    expect(await typeErrors(chapter, "empty")).toEqual([]);
    const shown = await runChapter(chapter, "empty");
    for (const { id } of exercises) {
      expect(
        shown.filter(({ cell }) => cell === id),
        id,
      ).toMatchObject([{ mood: "open" }]);
    }
    const last = shown.filter(({ cell }) => cell === cells.at(-2)!.id);
    expect(last.flatMap(({ types }) => types)).toContain("image/svg+xml");
    // A picture has words for those who don't see it.
    for (const { types, text, cell } of shown)
      if (types.length > 0) expect(text.trim(), cell).not.toBe("");
  });

  test("runs with its solutions in place, and each is right", { timeout: LONG }, async () => {
    const solved = new Map(exercises.map(({ id, solution }) => [id, solution!]));
    expect(await typeErrors(chapter, "solved", solved)).toEqual([]);
    const shown = await runChapter(chapter, "solved", solved);
    for (const { id } of exercises) {
      expect(
        shown.filter(({ cell }) => cell === id),
        id,
      ).toMatchObject([{ mood: "right" }]);
    }
  });

  test("refuses every wrong answer", () => {
    for (const { id } of exercises) {
      const definition = definitions.get(id)!;
      const wrong = [...definition.refuses, ...definition.mistakes.map(({ example }) => example)];
      expect(wrong.length, id).toBeGreaterThanOrEqual(2);
      for (const answer of wrong) {
        expect(definition.judge(answer).state, `${id}: ${String(answer)}`).toBe("wrong");
      }
    }
  });
});
