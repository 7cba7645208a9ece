import { expect, test } from "vitest";
import { toCodePoints, toUnits } from "../../kernel/requests/code-points.js";

test.each([
  ["abc", 2, 2],
  ["😀b", 1, 2],
  ["😀b", 2, 3],
  ["a😀😀b", 3, 5],
  ["é\u0301x", 2, 2],
  ["\ud800x", 1, 1],
  ["", 0, 0],
])("in %j, %i code points are %i units", (text, points, units) => {
  expect(toUnits(text, points)).toBe(units);
  expect(toCodePoints(text, units)).toBe(points);
});

test("a place outside is brought inside", () => {
  expect(toUnits("😀", 99)).toBe(2);
  expect(toUnits("😀", -1)).toBe(0);
  expect(toCodePoints("😀", 99)).toBe(1);
});
