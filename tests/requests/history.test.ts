import { describe, expect, test } from "vitest";
import { History } from "../../kernel/requests/history.js";
import { matches } from "../../kernel/requests/pattern.js";

function history(...cells: [string, (string | null)?][]): History {
  const made = new History();
  for (const [at, [source, output = null]] of cells.entries()) made.add(at + 1, source, output);
  return made;
}

const request = { output: false, raw: true };
const lines = ({ history: rows }: { history: readonly (readonly unknown[])[] }) =>
  rows.map((row) => row[1]);

describe("tail", () => {
  const some = history(["a"], ["b", "1"], ["c"]);
  test.each([
    [2, [2, 3]],
    [0, []],
    [9, [1, 2, 3]],
    [-1, []],
    [undefined, [1, 2, 3]],
  ])("the last %j", (n, expected) => {
    expect(lines(some.answer({ ...request, hist_access_type: "tail", n }))).toEqual(expected);
  });

  test("with the values, where cells had one", () => {
    expect(
      some.answer({ ...request, output: true, hist_access_type: "tail", n: 2 }).history,
    ).toEqual([
      [1, 2, ["b", "1"]],
      [1, 3, ["c", null]],
    ]);
  });
});

describe("range", () => {
  const some = history(["a"], ["b"], ["c"], ["d"]);
  test.each([
    [{ start: 2, stop: 4 }, [2, 3]],
    [{ start: 3 }, [3, 4]],
    [{ stop: 2 }, [1]],
    [{}, [1, 2, 3, 4]],
    [{ session: 1 }, [1, 2, 3, 4]],
    [{ session: -1 }, []],
    [{ session: 7 }, []],
  ])("%j", (range, expected) => {
    expect(lines(some.answer({ ...request, hist_access_type: "range", ...range }))).toEqual(
      expected,
    );
  });
});

describe("search", () => {
  const some = history(["let a = 1"], ["a"], ["let b = 2"], ["a"], ["a + b\n// all"]);
  test.each([
    [{ pattern: "let *" }, [1, 3]],
    [{ pattern: "let ? = 2" }, [3]],
    [{ pattern: "a" }, [2, 4]],
    [{ pattern: "a", unique: true }, [4]],
    [{ pattern: "*", unique: true }, [1, 3, 4, 5]],
    [{ pattern: "*", unique: true, n: 2 }, [4, 5]],
    [{ pattern: "*all" }, [5]],
    [{ pattern: "let" }, []],
    [{}, [1, 2, 3, 4, 5]],
  ])("%j", (search, expected) => {
    expect(lines(some.answer({ ...request, hist_access_type: "search", ...search }))).toEqual(
      expected,
    );
  });
});

test("what is kept is bounded, in entries and in characters", () => {
  const many = new History();
  for (let line = 1; line <= 10_005; line++) many.add(line, "a", null);
  expect(lines(many.answer({ ...request, hist_access_type: "tail" }))[0]).toBe(6);
  const long = "x".repeat(4_000_000);
  for (let line = 1; line <= 5; line++) many.add(line, long, null);
  expect(lines(many.answer({ ...request, hist_access_type: "tail" }))).toEqual([4, 5]);
});

test.each([
  ["", "", true],
  ["", "*", true],
  ["", "?", false],
  ["abc", "a*", true],
  ["abc", "*b*", true],
  ["abc", "*bc", true],
  ["abc", "a?c", true],
  ["a😀c", "a?c", true],
  ["abcbc", "*bc", true],
  ["abc", "a*d", false],
  ["a.c", "a.c", true],
  ["abc", "a.c", false],
  ["a\nb", "a*b", true],
  ["abc", "**", true],
])("%j fits %j: %j", (text, pattern, expected) => {
  expect(matches(text, pattern)).toBe(expected);
});

test("a pattern of many stars ends", () => {
  expect(matches("a".repeat(10_000), `${"*a".repeat(30)}*b`)).toBe(false);
});
