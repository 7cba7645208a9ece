import { expect, test } from "vitest";
import type { Failure } from "../../kernel/run/protocol.js";
import { excerpt, type KnownCell, readerText, showFailure } from "../../kernel/run/traceback.js";

// biome-ignore lint/suspicious/noControlCharactersInRegex: colours begin with that character
const plain = (lines: string[]): string => lines.join("\n").replace(/\u001b\[\d+m/g, "");
const cell: KnownCell = {
  count: 3,
  source: "function f() {\n\tnope()\n}\nf()",
  sourcePosition: (position) => position,
};
const cellOf = (file: string) => (file === "convlab-cell-9" ? cell : undefined);
const isOurs = (file: string) => file.startsWith("/opt/convlab/dist");
const failure = (parts: Partial<Failure>): Failure => ({
  name: "Error",
  message: "boom",
  stack: "",
  causes: [],
  ...parts,
});

test("shows the reader's line, the reader's frames and none of ours", () => {
  const stack = [
    "    at f (convlab-cell-9:2:2)",
    "    at helper (file:///home/me/project/l.ts:7:3)",
    "    at conv2d (/opt/convlab/dist/index.js:10:5)",
    "    at convlab-cell-9:4:1",
    "    at run (/opt/convlab/dist/kernel/worker.cjs:50:2)",
    "    at node:internal/process/task_queues:95:5",
  ].join("\n");
  const shown = showFailure(failure({ stack }), cellOf, isOurs);
  expect(shown.ename).toBe("Error");
  expect(plain(shown.traceback)).toMatchInlineSnapshot(`
    "Error: boom
      1 | function f() {
    > 2 | 	nope()
        | 	^
      3 | }
        at f (cell [3], line 2, column 2)
        at helper (/home/me/project/l.ts, line 7, column 3)
        at cell [3], line 4, column 1"
  `);
});

test("names of boxes are never shown", () => {
  const shown = showFailure(
    failure({
      name: "TypeError",
      message: "(0 , ꞌ값.v) is not a function; ꞌa.v.b is not iterable",
    }),
    cellOf,
    isOurs,
  );
  expect(shown.evalue).toBe("값 is not a function; a.b is not iterable");
});

test("names the cause", () => {
  const cause = failure({ name: "RangeError", message: "too long" });
  const { traceback } = showFailure(failure({ causes: [cause] }), cellOf, isOurs);
  expect(plain(traceback)).toBe("Error: boom\n\ncaused by\nRangeError: too long");
});

test("an excerpt marks a span, and no more than its line", () => {
  expect(plain(excerpt("abc def", { line: 1, column: 5 }, 99))).toBe(
    "> 1 | abc def\n    |     ^^^",
  );
});

test("of a very long line, the part around the place is shown", () => {
  const [shown, carets] = plain(
    excerpt(`${"a".repeat(500)}b${"c".repeat(500)}`, { line: 1, column: 501 }),
  ).split("\n") as [string, string];
  expect(shown.length).toBeLessThan(200);
  expect(shown[carets.indexOf("^")]).toBe("b");
});

test("a failed import points at its line", () => {
  const importing = { ...cell, source: "const a = 1\nimport x from './x.json'" };
  const { traceback } = showFailure(failure({ specifier: "./x.json" }), cellOf, isOurs, importing);
  expect(plain(traceback)).toContain("at cell [3], line 2, column 15");
});

test("printed stacks name the reader's places and none of ours", () => {
  const printed = [
    "Error: shown",
    "    at f (convlab-cell-9:2:2)",
    "    at convlab-cell-9:4:1",
    "    at start (/opt/convlab/dist/kernel/worker.cjs:528:35)",
    "    at node:internal/process/task_queues:95:5 {",
    "  code: 5",
    "}",
  ].join("\n");
  expect(readerText(printed, cellOf, isOurs)).toBe(
    "Error: shown\n    at f (cell [3], line 2, column 2)\n    at cell [3], line 4, column 1 {\n  code: 5\n}",
  );
  expect(readerText("nothing of ours", cellOf, isOurs)).toBe("nothing of ours");
});
