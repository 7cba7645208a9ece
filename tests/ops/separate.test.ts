/** Kernels as a column times a row: found and judged. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  array,
  type FloatArray,
  fromFunction,
  random,
  rowMajor,
  toNested,
  zeros,
} from "../../src/array.js";
import { maxAbsDifference } from "../../src/array-measures.js";
import * as filters from "../../src/filters/index.js";
import { isSeparable, separate } from "../../src/ops/index.js";
import { asView, seed, small } from "./arbitraries.js";
import { expectClose } from "./close.js";

const product = (column: FloatArray, row: FloatArray): FloatArray =>
  fromFunction([column.size, row.size], (u, v) => rowMajor(column)[u!]! * rowMajor(row)[v!]!);
const norm = (x: FloatArray): number => Math.hypot(...rowMajor(x));

describe("separate", () => {
  test("kernels of whole numbers come apart in whole numbers, the smoothing factor positive", () => {
    const factors = (kernel: FloatArray): unknown[] => {
      const { column, row } = separate(kernel);
      return [toNested(column), toNested(row)];
    };
    expect(factors(filters.sobelX())).toEqual([[[1], [2], [1]], [[-1, 0, 1]]]);
    expect(factors(filters.sobelY())).toEqual([[[-1], [0], [1]], [[1, 2, 1]]]);
    expect(factors(filters.prewittX())).toEqual([[[1], [1], [1]], [[-1, 0, 1]]]);
    expect(
      factors(
        array([
          [-2, -4],
          [0, 0],
          [-6, -12],
        ]),
      ),
    ).toEqual([[[2], [0], [6]], [[-1, -2]]]);
    expect(
      factors(
        array([
          [1, 0, -1],
          [0, 0, 0],
          [-1, 0, 1],
        ]),
      ),
    ).toEqual([[[-1], [0], [1]], [[-1, 0, 1]]]);
    expect(factors(array([[3]]))).toEqual([[[3]], [[1]]]);
    expect(factors(zeros([2, 3]))).toEqual([[[0], [0]], [[0, 0, 0]]]);
  });

  test("others come apart in factors of one length: a Gaussian in two bells", () => {
    const { column, row, error } = separate(filters.gaussian(1.5));
    expect(error).toBeLessThan(1e-6);
    expect(maxAbsDifference(column, row.transpose(1, 0) as FloatArray)).toBeLessThan(1e-7);
    expect(rowMajor(column).reduce((a, b) => a + b, 0)).toBeCloseTo(1, 6);
    expect(toNested(separate(filters.box(3)).row)[0]).toEqual(
      [1 / 3, 1 / 3, 1 / 3].map((v) => expect.closeTo(v, 6)),
    );
  });

  test("a product of column and row comes back", () => {
    fc.assert(
      fc.property(small(7), small(7), seed, (m, n, s) => {
        const kernel = product(random([m, 1], s), random([1, n], s + 1));
        const { column, row, error, singularValues } = separate(kernel);
        expect([column.shape, row.shape]).toEqual([
          [m, 1],
          [1, n],
        ]);
        expectClose(product(column, row), kernel);
        expect(error).toBeLessThan(1e-6);
        expect(singularValues.length).toBe(Math.min(m, n));
        expect(singularValues[0]).toBeCloseTo(norm(kernel), 5);
        expect(isSeparable(kernel)).toBe(true);
      }),
    );
  });

  test("of any kernel it is the nearest: no other product that was tried comes nearer, and the error is what is lost", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 6 }),
        fc.integer({ min: 2, max: 6 }),
        seed,
        (m, n, s) => {
          const kernel = random([m, n], s);
          const { column, row, error, singularValues } = separate(kernel);
          const lost = (c: FloatArray, r: FloatArray): number => {
            const made = product(c, r);
            return norm(fromFunction([m, n], (u, v) => kernel.get(u!, v!) - made.get(u!, v!)));
          };
          const least = lost(column, row);
          expect(least / norm(kernel)).toBeCloseTo(error, 5);
          expect(Math.hypot(...singularValues)).toBeCloseTo(norm(kernel), 4);
          for (let trial = 0; trial < 10; trial++) {
            const near = (x: FloatArray, by: number): FloatArray => {
              const moves = random(x.shape, s + trial + by);
              return fromFunction(x.shape, (...at) => x.get(...at) + 0.1 * moves.get(...at));
            };
            expect(lost(near(column, 1), near(row, 2))).toBeGreaterThanOrEqual(least - 1e-6);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test("singular values by hand, of tall, wide, turned and large kernels", () => {
    expect(
      separate(
        array([
          [3, 0],
          [0, -4],
        ]),
      ).singularValues,
    ).toEqual([4, 3]);
    expect(separate(array([[3, 4]])).singularValues).toEqual([5]);
    // [[1, 1], [1, 0]] has the golden ratio and its inverse.
    const golden = separate(
      array([
        [1, 1],
        [1, 0],
      ]),
    ).singularValues;
    expect(golden[0]).toBeCloseTo((1 + Math.sqrt(5)) / 2, 12);
    expect(golden[1]).toBeCloseTo((Math.sqrt(5) - 1) / 2, 12);
    const tall = random([9, 4], 3);
    const values = separate(tall).singularValues;
    const turned = separate(tall.transpose(1, 0) as FloatArray).singularValues;
    expect(values).toEqual(turned.map((value) => expect.closeTo(value, 10)));
    expect(separate(random([31, 31], 1)).singularValues.length).toBe(31);
    expect(separate(asView(tall)).singularValues).toEqual(values);
  });

  test("isSeparable: Sobel, box and Gaussian are, the Laplacian and the sharpener are not; the tolerance widens it", () => {
    for (const kernel of [
      filters.sobelX(),
      filters.box(5),
      filters.gaussian(2),
      filters.gaussian(0.4),
      zeros([3, 3]),
      array([[7]]),
    ]) {
      expect(isSeparable(kernel)).toBe(true);
    }
    expect(isSeparable(filters.laplacian())).toBe(false);
    expect(isSeparable(filters.laplacian(8))).toBe(false);
    expect(isSeparable(filters.sharpen())).toBe(false);
    const nearly = array([
      [1, 1],
      [1, 1.01],
    ]);
    expect(isSeparable(nearly)).toBe(false);
    expect(isSeparable(nearly, 0.01)).toBe(true);
  });

  test.each<[string, () => unknown, string | RegExp]>([
    [
      "ShapeError",
      () => separate(zeros([3, 3, 1, 1])),
      "separate takes one kernel of Kh×Kw; got 3×3×1×1. Take one channel of one filter at a time.",
    ],
    ["ShapeError", () => separate(zeros([0, 3])), /got 0×3/],
    ["ShapeError", () => isSeparable([[1]] as never), /isSeparable: the kernel must be an array/],
    [
      "ArgumentError",
      () => separate(array([[1, Number.NaN]])),
      "separate: a kernel holds finite numbers; this one holds NaN.",
    ],
    ["ArgumentError", () => isSeparable(array([[1, Number.POSITIVE_INFINITY]])), /holds Infinity/],
    [
      "ArgumentError",
      () => isSeparable(array([[1]]), -1),
      /tolerance is a number of 0 or more; got -1/,
    ],
  ])("%s", (name, call, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(expect.objectContaining({ name }));
  });
});
