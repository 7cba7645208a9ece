/** Zero insertion, unpooling and upsampling by a factor: what they are, and the fast versions like the loops. */
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
import {
  fast,
  maxPool,
  type PerAxis,
  reference,
  unpoolBedOfNails,
  unpoolMax,
  unpoolNearest,
  upsampleBilinear,
  zeroInsertion,
} from "../../src/ops/index.js";
import { asView, image, perAxis, seed, small } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";
import { expectClose } from "./close.js";
import { expectSlopes } from "./family-cases.js";

const factorOps = [
  "zeroInsertion",
  "unpoolBedOfNails",
  "unpoolNearest",
  "upsampleBilinear",
] as const;

describe.each(factorOps)("%s", (name) => {
  const op = reference[name];
  const gradient = reference[`${name}Gradient`];

  test("factor 1 changes nothing, and every rank keeps its shape", () => {
    fc.assert(
      fc.property(image, (x) => {
        expectClose(op(x, 1), x);
        const y = op(x, [2, 3]);
        expect(y.shape.length).toBe(x.shape.length);
        if (x.shape.length > 2) expect(y.shape.at(-1)).toBe(x.shape.at(-1));
      }),
    );
    const grown = name === "zeroInsertion" ? [0, 3, 4, 2] : [0, 4, 6, 2];
    expect(op(zeros([0, 2, 2, 2]), [2, 3]).shape).toEqual(grown);
  });

  test("the gradient is a slope", () => {
    for (const shape of [
      [3, 2],
      [2, 3, 2],
      [2, 1, 3, 2],
    ]) {
      const x = random(shape, 1);
      expectSlopes(
        ({ x: at }) => op(at!, [2, 3]),
        { x },
        (g) => ({ x: gradient(x, [2, 3], g) }),
      );
    }
  });

  test("errors", () => {
    expect(() => op(zeros([4]), 2)).toThrow(`${name}: the input is H×W`);
    expect(() => op(zeros([4, 4]), 0)).toThrow(
      `${name}: the factor must be a whole number, 1 or more; got 0.`,
    );
    expect(() => op(zeros([4, 4]), 1.5)).toThrow(/got 1.5/);
    expect(() => op(zeros([4, 4]), undefined as never)).toThrow(
      expect.objectContaining({ name: "ArgumentError" }),
    );
    expect(() => gradient(zeros([4, 4]), 2, zeros([4, 4]))).toThrow(/got 4×4/);
  });
});

describe("each in its own way", () => {
  const x = array([
    [1, 2],
    [3, 4],
  ]);

  test("zeros between, zeros after, copies", () => {
    expect(toNested(zeroInsertion(x, [1, 3]))).toEqual([
      [1, 0, 0, 2],
      [3, 0, 0, 4],
    ]);
    expect(toNested(unpoolBedOfNails(x, [2, 1]))).toEqual([
      [1, 2],
      [0, 0],
      [3, 4],
      [0, 0],
    ]);
    expect(toNested(unpoolNearest(x, [1, 3]))).toEqual([
      [1, 1, 1, 2, 2, 2],
      [3, 3, 3, 4, 4, 4],
    ]);
  });

  test("zero insertion is the bed of nails without its last zeros", () => {
    fc.assert(
      fc.property(image, small(3), (picture, factor) => {
        const nails = unpoolBedOfNails(picture, factor);
        const apart = zeroInsertion(picture, factor);
        const axis = picture.shape.length === 4 ? 1 : 0;
        const kept = nails.shape.map((size, at) =>
          at === axis || at === axis + 1 ? size - factor + 1 : size,
        );
        expectClose(apart, nails.hi(...kept) as FloatArray);
      }),
    );
  });

  test("the largest of what was spread out is what it was", () => {
    fc.assert(
      fc.property(image, small(3), (picture, factor) => {
        expectClose(maxPool(unpoolNearest(picture, factor), factor), picture);
      }),
    );
  });

  test("bilinear: by hand, between the pixels, flat stays flat, a ramp stays one inside", () => {
    expect(toNested(upsampleBilinear(array([[0, 4]]), [1, 2]))).toEqual([[0, 1, 3, 4]]);
    expect(toNested(upsampleBilinear(array([[0], [6]]), [3, 1]))).toEqual([
      [0],
      [0],
      [2],
      [4],
      [6],
      [6],
    ]);
    const flat = upsampleBilinear(
      fromFunction([3, 4, 2], () => 0.5),
      3,
    );
    expectClose(
      flat,
      fromFunction([9, 12, 2], () => 0.5),
    );
    const ramp = upsampleBilinear(
      fromFunction([2, 4], (_, j) => j!),
      4,
    );
    for (let j = 2; j < 14; j++) expect(ramp.get(3, j)).toBeCloseTo((j + 0.5) / 4 - 0.5, 6);
  });
});

onEachBackEnd((_name, numRuns) => {
  test.each(factorOps)("fast %s gives what the loops give", (name) => {
    fc.assert(
      fc.property(image, perAxis(3), fc.boolean(), seed, (x, factor: PerAxis, view, s) => {
        const input = view ? asView(x) : x;
        const wanted = reference[name](input, factor);
        expectClose(fast[name](input, factor), wanted, 1);
        const g = random(wanted.shape, s);
        expectClose(
          fast[`${name}Gradient`](input, factor, g),
          reference[`${name}Gradient`](input, factor, g),
          1,
        );
      }),
      { numRuns: numRuns / 4 },
    );
    const empty = zeros([0, 2, 2, 2]);
    const grown = reference[name](empty, 2);
    expectClose(fast[name](empty, 2), grown);
    expectClose(fast[`${name}Gradient`](empty, 2, grown), empty);
  });

  test("NaN and infinities stay where they are", () => {
    const x = array([
      [1, Number.NaN, 3],
      [Number.POSITIVE_INFINITY, 5, -6],
    ]);
    for (const name of factorOps) {
      expect(rowMajor(fast[name](x, 2)), name).toEqual(rowMajor(reference[name](x, 2)));
    }
    const places = array([
      [0, 1, 2],
      [3, 4, 5],
    ]);
    expect(rowMajor(fast.unpoolMax(x, places, [2, 5]))).toEqual(
      rowMajor(unpoolMax(x, places, [2, 5])),
    );
  });
});
