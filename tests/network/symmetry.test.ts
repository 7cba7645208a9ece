import { describe, expect, test } from "vitest";
import { array, type FloatArray, fromFunction, random, zeros } from "../../src/array.js";
import { sum } from "../../src/array-measures.js";
import { digits } from "../../src/data/index.js";
import { sobelX } from "../../src/filters/index.js";
import { equivarianceError, invarianceCurve, invarianceError } from "../../src/network/index.js";
import {
  avgPool,
  conv2d,
  globalAvgPool,
  globalMaxPool,
  maxPool,
  relu,
} from "../../src/ops/reference/index.js";

/** A bright blob on black, far from the border. */
const blob = fromFunction([24, 24], (i, j) =>
  i > 7 && i < 15 && j > 6 && j < 14 ? 1 + ((i * 5 + j * 3) % 7) : 0,
);

describe("equivariance", () => {
  const kernel = random([3, 3], 4);
  test("a convolution moves along; its padding shows at the border alone", () => {
    const f = (x: FloatArray): FloatArray => conv2d(x, kernel, { padding: 1 });
    expect(equivarianceError(f, random([12, 12]), [1, 2], { border: 1 })).toBe(0);
    expect(equivarianceError(f, random([12, 12]), [-1, 0], { border: 1 })).toBe(0);
    expect(equivarianceError(f, random([12, 12]), [0, 1], { mode: "circular" })).toBeGreaterThan(0);
    const valid = (x: FloatArray): FloatArray => relu(conv2d(x, kernel));
    expect(equivarianceError(valid, random([12, 12, 1]), [0, 3], { border: [0, 0] })).toBe(0);
  });
  test("stride 2: exact for shifts of 2 and gone for 1, also in a pooling (chapter 04)", () => {
    for (const f of [
      (x: FloatArray): FloatArray => conv2d(x, kernel, { stride: 2 }),
      (x: FloatArray): FloatArray => maxPool(x, 2),
    ]) {
      const picture = random([20, 20]);
      expect(equivarianceError(f, picture, [0, 2], { outputStride: 2 })).toBe(0);
      expect(equivarianceError(f, picture, [-2, 4], { outputStride: [2, 2] })).toBe(0);
      expect(equivarianceError(f, picture, [0, 1], { outputStride: 2 })).toBeGreaterThan(0.3);
    }
  });
  test("a function of the place does not move along; one that gives nothing has no error", () => {
    const ramp = fromFunction([9, 9], (_, j) => j);
    const f = (x: FloatArray): FloatArray =>
      fromFunction([9, 9], (i, j) => x.get(i, j) * ramp.get(i, j));
    // |x(j − 1)·j − x(j − 1)·(j − 1)| = |x(j − 1)|, relative to |x(j − 1)·(j − 1)|, on columns 1 to 7 of ones.
    expect(
      equivarianceError(f, array(Array.from({ length: 9 }, () => Array(9).fill(1))), [0, 1]),
    ).toBeCloseTo(Math.sqrt(7 / (0 + 1 + 4 + 9 + 16 + 25 + 36)), 10);
    expect(equivarianceError((x) => zeros(x.shape), random([9, 9]), [0, 1])).toBe(0);
    expect(
      equivarianceError(
        (x) => x,
        array([
          [1, 2, 3],
          [1, Number.NaN, 3],
          [1, 2, 3],
        ]),
        [0, 0],
      ),
    ).toBeNaN();
  });
  test.each<[string, () => unknown, RegExp]>([
    [
      "no place left",
      () => equivarianceError((x) => x, random([6, 6]), [0, 2], { border: 1 }),
      /Nothing is left: the output has 6×6 places, and 1 rows and 3 columns/,
    ],
    [
      "no picture comes out",
      () => equivarianceError(globalVector, random([6, 6]), [0, 1]),
      /equivarianceError: a picture is/,
    ],
    [
      "other shapes",
      () => equivarianceError(uneven(), random([6, 6]), [0, 1]),
      /gives 1×1 for the shifted picture and 2×2 for the other/,
    ],
    [
      "half a border",
      () => equivarianceError((x) => x, random([6, 6]), [0, 1], { border: 0.5 }),
      /The border must be a whole number/,
    ],
    [
      "no stride",
      () => equivarianceError((x) => x, random([6, 6]), [0, 1], { outputStride: 0 }),
      /The output stride must be/,
    ],
  ])("%s", (_, call, message) => {
    expect(call).toThrow(message);
  });
});

const globalVector = (x: FloatArray): FloatArray => array([sum(x)]);
function uneven(): (x: FloatArray) => FloatArray {
  let calls = 0;
  return () => zeros(calls++ === 0 ? [1, 1] : [2, 2]);
}

describe("invariance", () => {
  test("nothing changes under a global maximum or mean of a picture that stays whole", () => {
    expect(invarianceError((x) => globalMaxPool(x), blob, [3, -2])).toBe(0);
    expect(invarianceError((x) => globalAvgPool(x), blob, [3, -2])).toBeCloseTo(0, 6);
    expect(invarianceError((x) => x, blob, [0, 0])).toBe(0);
  });
  test("C13: a peak that moves by 1 stays in its window of 2, by 2 it leaves", () => {
    const peak = fromFunction([8, 8], (i, j) => (i === 2 && j === 2 ? 1 : 0));
    const pooled = (x: FloatArray): FloatArray => maxPool(x, 2);
    expect(invarianceCurve(pooled, peak, [0, 1, 2])).toEqual([0, 0, Math.SQRT2]);
    // Averaged over both places in the grid: half the starts change.
    expect(invarianceError(pooled, peak, [0, 1], { starts: 2 })).toBeCloseTo(Math.SQRT2 / 2, 10);
  });
  test("chapter 06: the wider the window, the smaller the change of a map; none for a global maximum", () => {
    const { images } = digits();
    const seven = images.pick(0) as FloatArray;
    const large = fromFunction([48, 48], (i, j) =>
      i >= 10 && i < 38 && j >= 10 && j < 38 ? seven.get(i - 10, j - 10) : 0,
    );
    const map = relu(conv2d(large, sobelX(), { padding: 1 }));
    const change = (pool: (x: FloatArray) => FloatArray): number =>
      invarianceError(pool, map, [0, 1], { starts: 8 });
    const changes = [
      (x: FloatArray) => x,
      ...[2, 4, 8].map((size) => (x: FloatArray) => maxPool(x, size)),
      (x: FloatArray) => globalMaxPool(x),
    ].map(change);
    for (let i = 1; i < changes.length; i++)
      expect(changes[i], `${changes}`).toBeLessThan(changes[i - 1]!);
    expect(changes.at(-1)).toBe(0);
    const average = change((x) => avgPool(x, 4));
    expect(average).toBeGreaterThan(0);
    expect(average).toBeLessThan(changes[0]!);
    const curve = invarianceCurve((x) => maxPool(x, 4), map, [0, 1, 2, 4, 8], { starts: 4 });
    expect(curve[0]).toBe(0);
    expect(curve).toEqual(curve.toSorted((a, b) => a - b));
  });
  test("mistakes", () => {
    expect(() => invarianceError((x) => x, blob, [0, 1], { starts: 0 })).toThrow(
      /The number of starts must be/,
    );
    expect(() => invarianceError(uneven(), blob, [0, 1])).toThrow(/only equal shapes/);
  });
});
