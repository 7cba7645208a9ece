/** Unpooling to where the maxima stood: what it is, and the fast version like the loops. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { array, fromData, random, rowMajor, toNested, zeros } from "../../src/array.js";
import {
  fast,
  maxPool,
  maxPoolWithIndices,
  reference,
  unpoolMax,
  unpoolMaxGradient,
} from "../../src/ops/index.js";
import { image, seed, small } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";
import { expectClose } from "./close.js";
import { expectSlopes } from "./family-cases.js";

describe("unpoolMax", () => {
  test("puts each maximum back where it stood", () => {
    fc.assert(
      fc.property(image, small(3), (picture, size) => {
        const [H, W] = picture.shape.length === 4 ? picture.shape.slice(1) : picture.shape;
        if (H! < size || W! < size) return;
        const { values, indices } = maxPoolWithIndices(picture, size);
        const y = unpoolMax(values, indices, picture.shape);
        expect(y.shape).toEqual(picture.shape);
        // Every value of the result is 0 or that of the picture, and pooling what is not negative gives it again.
        const [a, b] = [rowMajor(y), rowMajor(picture)];
        expect(a.every((value, i) => value === 0 || value === b[i])).toBe(true);
        const positive = fromData(b.map(Math.abs), picture.shape);
        const again = maxPoolWithIndices(positive, size);
        expectClose(
          maxPool(unpoolMax(again.values, again.indices, picture.shape), size),
          again.values,
        );
      }),
    );
  });

  test("windows that share a place, [H, W] as the shape, an empty batch", () => {
    const y = unpoolMax(array([[7, 8]]), array([[1, 1]]), [1, 3]);
    expect(toNested(y)).toEqual([[0, 8, 0]]);
    expect(
      toNested(unpoolMaxGradient(array([[7, 8]]), array([[1, 1]]), [1, 3], array([[1, 2, 3]]))),
    ).toEqual([[0, 2]]);
    expect(unpoolMax(zeros([2, 2, 3]), zeros([2, 2, 3]), [5, 6]).shape).toEqual([5, 6, 3]);
    expect(unpoolMax(zeros([4, 2, 2, 3]), zeros([4, 2, 2, 3]), [5, 6]).shape).toEqual([4, 5, 6, 3]);
    expect(unpoolMax(zeros([0, 2, 2, 3]), zeros([0, 2, 2, 3]), [0, 5, 6, 3]).shape).toEqual([
      0, 5, 6, 3,
    ]);
  });

  test("the gradient is a slope", () => {
    const { values, indices } = maxPoolWithIndices(random([2, 4, 6, 3], 1), 2);
    expectSlopes(
      ({ at }) => unpoolMax(at!, indices, [4, 6]),
      { at: values },
      (g) => ({
        at: unpoolMaxGradient(values, indices, [4, 6], g),
      }),
    );
  });

  test.each<[string, () => unknown, string | RegExp]>([
    [
      "ShapeError",
      () => unpoolMax(zeros([2, 2]), zeros([2, 3]), [4, 4]),
      "unpoolMax: each value has one index, but values of 2×2 came with indices of 2×3. Both come from maxPoolWithIndices.",
    ],
    [
      "ShapeError",
      () => unpoolMax(zeros([2, 2]), undefined as never, [4, 4]),
      /indices must be an array/,
    ],
    [
      "ShapeError",
      () => unpoolMax(zeros([2, 2, 3]), zeros([2, 2, 3]), [4, 4, 2]),
      /shape is \[H, W\].*got \[4,4,2\]/,
    ],
    ["ShapeError", () => unpoolMax(zeros([2, 2, 3]), zeros([2, 2, 3]), 4 as never), /got 4/],
    ["ShapeError", () => unpoolMax(zeros([2, 2, 3]), zeros([2, 2, 3]), [4, 0]), /got \[4,0\]/],
    ["ShapeError", () => unpoolMax(zeros([2]), zeros([2]), [4, 4]), /unpoolMax: the input is H×W/],
    [
      "ArgumentError",
      () => unpoolMax(array([[1]]), array([[16]]), [4, 4]),
      "unpoolMax: an index counts the 16 places of a 4×4 picture from 0 (row·W + column); got 16.",
    ],
    ["ArgumentError", () => unpoolMax(array([[1]]), array([[0.5]]), [4, 4]), /got 0.5/],
    ["ArgumentError", () => unpoolMax(array([[1]]), array([[Number.NaN]]), [4, 4]), /got NaN/],
    [
      "ShapeError",
      () => unpoolMaxGradient(zeros([1, 1]), zeros([1, 1]), [2, 2], zeros([1, 1])),
      /2×2; got 1×1/,
    ],
  ])("%s", (name, call, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(expect.objectContaining({ name }));
  });
});

onEachBackEnd((_name, numRuns) => {
  test("fast unpoolMax gives what the loops give", () => {
    fc.assert(
      fc.property(image, small(3), small(3), seed, (x, size, stride, s) => {
        const [H, W] = x.shape.length === 4 ? x.shape.slice(1) : x.shape;
        if (H! < size || W! < size) return;
        const { values, indices } = maxPoolWithIndices(x, { size, stride });
        const wanted = reference.unpoolMax(values, indices, x.shape);
        expectClose(fast.unpoolMax(values, indices, x.shape), wanted);
        const g = random(x.shape, s);
        expectClose(
          fast.unpoolMaxGradient(values, indices, x.shape, g),
          reference.unpoolMaxGradient(values, indices, x.shape, g),
        );
      }),
      { numRuns: numRuns / 4 },
    );
    const empty = zeros([0, 2, 2, 2]);
    expect(fast.unpoolMax(empty, empty, [4, 4]).shape).toEqual([0, 4, 4, 2]);
  });
});
