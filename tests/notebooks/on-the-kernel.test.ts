/** Every chapter on the real kernel, by the command that readers run: with its solutions in place, all of them right. */
import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { convlab, type Ended, scratchFolder, venvPython } from "../commands/programs.js";
import { type Chapter, chapters, exercisesOf } from "./notebook.js";

const MOST_BYTES = 6 * 1024 * 1024;
const folder = scratchFolder();
const all = chapters();

interface Output {
  output_type: string;
  data?: Record<string, string | string[]>;
}
interface Executed {
  cells: { id: string; outputs?: Output[] }[];
}

/** `notebooks/ko/04-x.ipynb` to `ko/04-x`, `notebooks/04-x.ipynb` to `en/04-x`. */
function handoutName({ file }: Chapter): string {
  const language = basename(dirname(file)) === "ko" ? "ko" : "en";
  return `${language}/${basename(file, ".ipynb")}`;
}

function writeSolved(chapter: Chapter): void {
  const solutions = new Map(exercisesOf(chapter).map(({ id, solution }) => [id, solution]));
  const cells = chapter.notebook.cells.map((cell) => ({
    ...cell,
    source: solutions.get(cell.id) ?? cell.source,
  }));
  const path = join(folder, chapter.file);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify({ ...chapter.notebook, cells }));
}

let ended: Ended;

beforeAll(async () => {
  for (const chapter of all) writeSolved(chapter);
  ended = await convlab(["lessons", "--python", venvPython], { cwd: folder });
}, 900_000);

test("the command ends well", () => {
  expect(ended.code, ended.stdout + ended.stderr).toBe(0);
});

describe.each(all)("$file", (chapter) => {
  const name = handoutName(chapter);

  test("every solution is right on the kernel", () => {
    const path = join(folder, "handouts", "executed", `${name}.ipynb`);
    const { cells } = JSON.parse(readFileSync(path, "utf8")) as Executed;
    for (const { id } of exercisesOf(chapter)) {
      const { outputs = [] } = cells.find((cell) => cell.id === id)!;
      const verdict = outputs.find(({ output_type }) => output_type === "execute_result");
      expect([verdict?.data?.["text/plain"]].flat().join(""), id).toMatch(/^✓/);
    }
  });

  test("its handout is one file of at most 6 MB", () => {
    const { size } = statSync(join(folder, "handouts", `${name}.html`));
    expect(size).toBeGreaterThan(100_000);
    expect(size).toBeLessThanOrEqual(MOST_BYTES);
  });
});
