/** A picture of PyTorch, C×H×W, is asked about where it would pass for three rows of many channels. */
import { expect, test } from "vitest";
import { applyFilter, filters, image, random, toHWC } from "../../src/index.js";

const theirs = random([3, 24, 24]);

test.each<[string, () => unknown]>([
  ["applyFilter", () => applyFilter(theirs, filters.sobelX())],
  ["applyFilter", () => filters.gradientMagnitude(theirs)],
  ["image.resize", () => image.resize(theirs, { width: 12 })],
  ["image.crop", () => image.crop(theirs, { top: 0, left: 0, height: 2, width: 2 })],
  ["image.centreCrop", () => image.centreCrop(theirs, 2)],
])("%s", (operation, call) => {
  const message = `${operation}: expected H×W×C, got shape [3, 24, 24]: is this C×H×W? Use toHWC(picture).`;
  expect(call).toThrow(message);
  expect(call).toThrow(expect.objectContaining({ name: "ShapeError" }));
});

test("with its channels last, and maps that are small or no square, pass", () => {
  expect(applyFilter(toHWC(theirs), filters.sobelX()).shape).toEqual([24, 24, 3]);
  expect(applyFilter(random([3, 5, 5]), filters.sobelX()).shape).toEqual([3, 5, 5]);
  expect(image.resize(random([3, 24, 64]), { width: 12 }).shape).toEqual([2, 12, 64]);
});
