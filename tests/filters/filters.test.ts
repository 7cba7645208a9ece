import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { array, type FloatArray, fromFunction, random, toNested } from "../../src/array.js";
import { maxAbsDifference, sum } from "../../src/array-measures.js";
import { ArgumentError, ShapeError } from "../../src/errors.js";
import * as filters from "../../src/filters/index.js";
import { channel, photo } from "../../src/image/index.js";
import { conv2d } from "../../src/ops/index.js";

const { applyFilter } = filters;

describe("kernels", () => {
  test("blurs and sharpeners add up to 1, derivatives to 0", () => {
    for (const kernel of [
      filters.box(5),
      filters.gaussian(1.3),
      filters.sharpen(),
      filters.sharpen(0.4),
      filters.identity(5),
    ]) {
      expect(sum(kernel)).toBeCloseTo(1, 5);
    }
    for (const kernel of [
      filters.sobelX(),
      filters.sobelY(),
      filters.prewittX(),
      filters.prewittY(),
      filters.laplacian(),
      filters.laplacian(8),
    ]) {
      expect(sum(kernel)).toBe(0);
    }
  });

  test("Sobel is smoothing times difference, y is x on its side", () => {
    const outer = fromFunction([3, 3], (y, x) => [1, 2, 1][y!]! * [-1, 0, 1][x!]!);
    expect(maxAbsDifference(filters.sobelX(), outer)).toBe(0);
    expect(maxAbsDifference(filters.sobelY(), filters.sobelX().transpose(1, 0) as FloatArray)).toBe(
      0,
    );
    expect(
      maxAbsDifference(filters.prewittY(), filters.prewittX().transpose(1, 0) as FloatArray),
    ).toBe(0);
  });

  test("the Gaussian has its σ, and is the outer product of two bells", () => {
    const kernel = filters.gaussian(2);
    expect(kernel.shape).toEqual([13, 13]);
    let variance = 0;
    for (let y = 0; y < 13; y++)
      for (let x = 0; x < 13; x++) variance += kernel.get(y, x) * (x - 6) ** 2;
    expect(Math.sqrt(variance)).toBeCloseTo(2, 1);
    expect(kernel.get(2, 3) * kernel.get(6, 6)).toBeCloseTo(kernel.get(2, 6) * kernel.get(6, 3), 8);
    expect(filters.gaussian(1, 4).shape).toEqual([4, 4]);
  });

  test("the sharpener is the identity minus the Laplacian", () => {
    const laplacian = filters.laplacian();
    const wanted = fromFunction(
      [3, 3],
      (y, x) => filters.identity().get(y!, x!) - 0.5 * laplacian.get(y!, x!),
    );
    expect(maxAbsDifference(filters.sharpen(0.5), wanted)).toBe(0);
    expect(filters.sharpen().get(1, 1)).toBe(5);
  });

  test("clear errors", () => {
    expect(() => filters.box(0)).toThrow("whole number from 1 to 999; got 0");
    expect(() => filters.box(2.5)).toThrow(ArgumentError);
    expect(() => filters.gaussian(0)).toThrow("σ is a number above 0");
    expect(() => filters.gaussian(Number.NaN)).toThrow(ArgumentError);
    expect(() => filters.identity(4)).toThrow("has no middle");
    // @ts-expect-error: what a reader may try
    expect(() => filters.laplacian(6)).toThrow("4 or 8 neighbours; got 6");
    expect(() => filters.sharpen(Number.NaN)).toThrow(ArgumentError);
    expect(() => filters.fromMatrix([[1, 2], [3]])).toThrow(ShapeError);
    // @ts-expect-error: what a reader may try
    expect(() => filters.fromMatrix([1, 2])).toThrow("list of rows");
    expect(
      toNested(
        filters.fromMatrix([
          [1, 0],
          [0, -1],
        ]),
      ),
    ).toEqual([
      [1, 0],
      [0, -1],
    ]);
  });
});

describe("applyFilter", () => {
  test("finds the edge it is made for, with its sign", () => {
    const edge = fromFunction([5, 6], (_y, x) => (x! >= 3 ? 1 : 0));
    expect(toNested(applyFilter(edge, filters.sobelX()))[2]).toEqual([0, 0, 4, 4, 0, 0]);
    expect(Math.max(...applyFilter(edge, filters.sobelY()).data.map(Math.abs))).toBe(0);
  });

  test("a flat picture stays flat under any kernel: replicate and reflect draw no edge, zero does", () => {
    fc.assert(
      fc.property(fc.integer(), fc.constantFrom("replicate", "reflect"), (seed, border) => {
        const kernel = random([3, 5], seed);
        const flat = fromFunction([6, 7], () => 0.5);
        const result = applyFilter(flat, kernel, { border });
        expect(result.shape).toEqual([6, 7]);
        const wanted = fromFunction([6, 7], () => 0.5 * sum(kernel));
        expect(maxAbsDifference(result, wanted)).toBeLessThan(1e-5);
      }),
    );
    const zero = applyFilter(
      fromFunction([4, 4], () => 1),
      filters.box(3),
      { border: "zero" },
    );
    expect(zero.get(0, 0)).toBeCloseTo(4 / 9, 6);
  });

  test("valid is conv2d, and the inside of same is valid", () => {
    const picture = random([8, 9], 2);
    const kernel = random([3, 5], 3);
    const valid = applyFilter(picture, kernel, { padding: "valid" });
    expect(maxAbsDifference(valid, conv2d(picture, kernel))).toBe(0);
    const inside = applyFilter(picture, kernel).lo(1, 2).hi(6, 5) as FloatArray;
    expect(maxAbsDifference(inside, valid)).toBe(0);
  });

  test("colour is filtered channel by channel, and the identity changes nothing", () => {
    const cat = photo("cat");
    expect(maxAbsDifference(applyFilter(cat, filters.identity()), cat)).toBe(0);
    const edges = applyFilter(cat, filters.sobelX());
    expect(
      maxAbsDifference(channel(edges, 2), applyFilter(channel(cat, 2), filters.sobelX())),
    ).toBe(0);
  });

  test("clear errors", () => {
    const picture = random([5, 5]);
    expect(() => applyFilter(picture, filters.box(2))).toThrow(ArgumentError);
    expect(() => applyFilter(picture, filters.box(7), { padding: "valid" })).toThrow(ShapeError);
    expect(() => applyFilter(picture, random([3, 3, 1, 1]))).toThrow(
      "one kernel of Kh×Kw; got 3×3×1×1",
    );
    expect(() => applyFilter(random([5]), filters.box(3))).toThrow(ShapeError);
    // @ts-expect-error: what a reader may try
    expect(() => applyFilter(picture, filters.box(3), { padding: 1 })).toThrow('"same" or "valid"');
    // @ts-expect-error: what a reader may try
    expect(() => applyFilter(picture, [[1]])).toThrow(ShapeError);
    expect(() => applyFilter(array([[1]]), filters.box(3), { border: "reflect" })).toThrow(
      ShapeError,
    );
  });
});
