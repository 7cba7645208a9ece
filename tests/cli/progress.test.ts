import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import type { Chapter } from "../../cli/lessons/chapters.js";
import { failureText, Progress, resultTable } from "../../cli/lessons/progress.js";

const chapter: Chapter = {
  name: "02-maths",
  language: "en",
  notebook: "notebooks/02-maths.ipynb",
  title: "Maths",
};
const korean: Chapter = { ...chapter, language: "ko" };

test("the table tells chapter, cells, seconds and result", () => {
  const table = resultTable([
    { chapter, cells: 52, seconds: 12.34, body: undefined as never },
    { chapter: korean, cells: 7, seconds: 0.04, failure: { message: "boom", cell: 3 } },
  ]);
  expect(table.split("\n")).toEqual([
    "chapter      cells  seconds  result",
    "02-maths        52     12.3  ok",
    "ko/02-maths      7      0.0  failed in cell 3",
  ]);
});

test("a failure names notebook, cell and line, then the stack", () => {
  const result = { chapter, cells: 1, seconds: 1 };
  expect(
    failureText({
      ...result,
      failure: { message: "E: x", cell: 3, line: 2, traceback: ["E: x", "  at cell [3], line 2"] },
    }),
  ).toBe("notebooks/02-maths.ipynb, cell 3, line 2: E: x\n      at cell [3], line 2");
  expect(failureText({ ...result, failure: { message: "torn" } })).toBe(
    "notebooks/02-maths.ipynb: torn",
  );
});

test("progress is lines for a log, and one line for a terminal", () => {
  const log = new PassThrough() as unknown as NodeJS.WriteStream;
  const terminal = Object.assign(new PassThrough(), { isTTY: true, columns: 30 });
  for (const out of [log, terminal as unknown as NodeJS.WriteStream]) {
    const progress = new Progress(out);
    progress.start(chapter);
    progress.start(korean);
    for (let cell = 1; cell <= 11; cell += 1) progress.cell(chapter, cell, 11);
    progress.end({ chapter, cells: 11, seconds: 2, failure: { message: "x" } });
  }
  const read = (stream: unknown) => String((stream as PassThrough).read());
  expect(read(log).trim().split("\n")).toEqual([
    "02-maths: started",
    "ko/02-maths: started",
    "02-maths: cell 10 of 11",
    "02-maths: FAILED after 2.0 s",
  ]);
  const shown = read(terminal).split("\r\x1b[K");
  expect(shown.every((line) => line.length <= 40)).toBe(true);
  expect(shown.at(-1)).toBe("running ko/02-maths");
});
