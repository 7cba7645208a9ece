import { describe, expect, test } from "vitest";
import { array, type FloatArray, fromFunction, random, toNested } from "../../src/array.js";
import { maxAbsDifference, sum } from "../../src/array-measures.js";
import * as filters from "../../src/filters/index.js";
import { conv2d, separate } from "../../src/ops/index.js";
import { expectClose } from "../ops/close.js";

const { applyFilter } = filters;
const turned = (kernel: FloatArray): FloatArray => kernel.transpose(1, 0) as FloatArray;

describe("Scharr and emboss", () => {
  test("Scharr is the smoothing [3 10 3] times the difference, y is x on its side", () => {
    expect(toNested(filters.scharrX())).toEqual([
      [-3, 0, 3],
      [-10, 0, 10],
      [-3, 0, 3],
    ]);
    expect(maxAbsDifference(filters.scharrY(), turned(filters.scharrX()))).toBe(0);
    const { column, row } = separate(filters.scharrX());
    expect([toNested(column), toNested(row)]).toEqual([[[3], [10], [3]], [[-1, 0, 1]]]);
  });

  test("its direction of a slope is nearer to the truth than Sobel's", () => {
    // A wave of 8 pixels that runs in many directions: finite differences are off by a little, Scharr's by less.
    const worst = (operator: "sobel" | "scharr"): number => {
      let off = 0;
      for (let degrees = 5; degrees < 90; degrees += 5) {
        const angle = (degrees * Math.PI) / 180;
        const wave = fromFunction([5, 5], (y, x) =>
          Math.sin((2 * Math.PI * ((x! - 2) * Math.cos(angle) + (y! - 2) * Math.sin(angle))) / 8),
        );
        const found = filters.gradientDirection(wave, { operator }).get(2, 2);
        off = Math.max(off, Math.abs(found - angle));
      }
      return off;
    };
    expect(worst("scharr")).toBeLessThan(worst("sobel") / 3);
  });

  test("emboss keeps flat regions, lights edges to the upper left", () => {
    expect(toNested(filters.emboss())).toEqual([
      [-2, -1, 0],
      [-1, 1, 1],
      [0, 1, 2],
    ]);
    expect(sum(filters.emboss(0.3))).toBeCloseTo(1, 6);
    expectClose(filters.emboss(0), filters.identity());
    const disc = fromFunction([7, 7], (y, x) => (Math.hypot(y! - 3, x! - 3) < 2.5 ? 1 : 0));
    const lit = applyFilter(disc, filters.emboss());
    expect(lit.get(1, 1)).toBeGreaterThan(1);
    expect(lit.get(5, 5)).toBeLessThan(0);
    expect(() => filters.emboss(Number.NaN)).toThrow("emboss: the amount is a number; got NaN.");
  });
});

describe("the gradient of a picture", () => {
  test("of an edge: 4 across it with Sobel's kernels, to the brighter side", () => {
    const edge = fromFunction([5, 6], (_, x) => (x! >= 3 ? 1 : 0));
    expect(toNested(filters.gradientMagnitude(edge))[2]).toEqual([0, 0, 4, 4, 0, 0]);
    expect(toNested(filters.gradientMagnitude(edge, { operator: "prewitt" }))[2]).toEqual([
      0, 0, 3, 3, 0, 0,
    ]);
    expect(toNested(filters.gradientMagnitude(edge, { operator: "scharr" }))[2]).toEqual([
      0, 0, 16, 16, 0, 0,
    ]);
    expect(toNested(filters.gradientDirection(edge))[2]).toEqual([0, 0, 0, 0, 0, 0]);
    const dark = fromFunction([5, 6], (_, x) => (x! >= 3 ? 0 : 1));
    expect(filters.gradientDirection(dark).get(2, 2)).toBeCloseTo(Math.PI, 6);
    const below = fromFunction([6, 5], (y) => (y! >= 3 ? 1 : 0));
    expect(filters.gradientDirection(below).get(2, 2)).toBeCloseTo(Math.PI / 2, 6);
    expect(
      filters.gradientDirection(fromFunction([6, 5], (y) => (y! >= 3 ? 0 : 1))).get(2, 2),
    ).toBeCloseTo(-Math.PI / 2, 6);
  });

  test("of colour channel by channel, with applyFilter's options, and its errors", () => {
    const picture = random([6, 7, 3], 2);
    const magnitude = filters.gradientMagnitude(picture, { border: "circular" });
    const [gx, gy] = [filters.sobelX(), filters.sobelY()].map((kernel) =>
      applyFilter(picture, kernel, { border: "circular" }),
    ) as [FloatArray, FloatArray];
    expect(magnitude.shape).toEqual([6, 7, 3]);
    expect(magnitude.get(0, 0, 1)).toBeCloseTo(Math.hypot(gx.get(0, 0, 1), gy.get(0, 0, 1)), 5);
    expect(filters.gradientMagnitude(picture, { padding: "valid" }).shape).toEqual([4, 5, 3]);
    expect(() => filters.gradientMagnitude(picture, { operator: "canny" as never })).toThrow(
      'gradientMagnitude: the operator is "sobel", "prewitt" or "scharr"; got "canny".',
    );
    expect(() => filters.gradientDirection(random([5]))).toThrow(
      /A picture is H×W or H×W×C; got 5/,
    );
  });
});

describe("applyFilter with large kernels and borders", () => {
  test("a large separable kernel gives what one convolution gives", () => {
    const colour = random([14, 13, 3], 5);
    for (const kernel of [
      filters.gaussian(1.5),
      filters.box(9),
      filters.gabor({ wavelength: 4, size: 9 }),
      filters.gabor({ wavelength: 4, orientation: 1, size: 9 }),
      fromFunction([9, 9], () => 0),
    ]) {
      const made = applyFilter(colour, kernel, { padding: "valid" });
      const channel = fromFunction([14, 13], (y, x) => colour.get(y!, x!, 1));
      const alone = conv2d(channel, kernel);
      expectClose(
        fromFunction(alone.shape, (y, x) => made.get(y!, x!, 1)),
        alone,
        1,
      );
    }
  });

  test("circular goes on with the opposite side: a filtered picture moves with the picture", () => {
    const picture = random([6, 5], 3);
    const moved = fromFunction([6, 5], (y, x) => picture.get((y! + 2) % 6, (x! + 1) % 5));
    const filtered = applyFilter(picture, filters.sobelX(), { border: "circular" });
    const wanted = fromFunction([6, 5], (y, x) => filtered.get((y! + 2) % 6, (x! + 1) % 5));
    expectClose(applyFilter(moved, filters.sobelX(), { border: "circular" }), wanted);
  });

  test("clear errors carry its name", () => {
    expect(() => applyFilter(random([4, 4]), filters.box(3), { border: "wrap" as never })).toThrow(
      /^applyFilter: .*"circular"; got "wrap"/,
    );
    expect(() => applyFilter(array([[1]]), filters.box(3), { border: "reflect" })).toThrow(
      /^applyFilter: /,
    );
    expect(() => applyFilter(undefined as never, filters.box(3))).toThrow(
      /^applyFilter: the picture must be an array with a shape, but undefined came/,
    );
    expect(() => applyFilter(random([4, 4]), filters.box(2))).toThrow(
      'a kernel of 2×2 has none. Take odd sides, or { padding: "valid" }.',
    );
    expect(() => filters.box("3" as never)).toThrow('got "3"');
    expect(() => filters.fromMatrix(array([[1]]) as never)).toThrow("which is a kernel as it is");
    expect(() => filters.fromMatrix(null as never)).toThrow("got null");
  });
});
