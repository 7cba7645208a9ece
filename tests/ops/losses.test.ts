/** Cross-entropy: fast against loops, loops against small changes, numbers on paper, labels that are none. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { array, type FloatArray, fromData, random, toNested, zeros } from "../../src/array.js";
import { checkGradient, fast, type Labels, reference } from "../../src/ops/index.js";
import { asView, seed, small } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";
import { expectAlike } from "./finite.js";

const { crossEntropy, crossEntropyGradient } = reference;
const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

/** Scores of up to five rows, some very large, some special, with a label for each row. */
const labelled = fc
  .tuple(small(5), small(7), seed, fc.constantFrom(1, 5, 1000, 1e30), fc.boolean(), fc.boolean())
  .map(([n, c, s, size, single, special]): [FloatArray, Labels] => {
    const values = random(single ? [c] : [n, c], s).data.map((value, i) =>
      special && (i * 7 + s) % 5 === 0 ? [nan, inf, -inf][i % 3]! : value * size,
    );
    const labels = Array.from({ length: n }, (_, i) => (s + 3 * i) % c);
    return single ? [fromData(values, [c]), labels[0]!] : [fromData(values, [n, c]), labels];
  });

onEachBackEnd((_name, numRuns) => {
  test("crossEntropy and its gradient", () => {
    fc.assert(
      fc.property(labelled, fc.boolean(), ([scores, labels], view) => {
        const x = view ? asView(scores) : scores;
        const wanted = crossEntropy(x, labels);
        expectAlike(array([fast.crossEntropy(x, labels)]), array([wanted]), 1);
        expectAlike(fast.crossEntropyGradient(x, labels), crossEntropyGradient(x, labels), 1);
      }),
      { numRuns },
    );
  });
  test("an empty batch has no mean", () => {
    for (const ops of [fast, reference]) {
      expect(ops.crossEntropy(zeros([0, 3]), [])).toBeNaN();
      expect(ops.crossEntropyGradient(zeros([0, 3]), []).shape).toEqual([0, 3]);
    }
  });
});

describe("on paper", () => {
  test("certainty costs nothing, ignorance log C", () => {
    expect(crossEntropy(array([0, 0, 0, 0]), 2)).toBeCloseTo(Math.log(4), 6);
    expect(crossEntropy(array([0, 1000]), 1)).toBe(0);
    expect(crossEntropy(array([0, 1000]), 0)).toBe(1000);
    expect(crossEntropy(array([0, -inf]), 1)).toBe(inf);
    expect(crossEntropy(array([0, inf]), 1)).toBeNaN();
  });
  test("the mean over the batch", () => {
    const scores = random([3, 4], 1);
    const single = [2, 0, 3].map((label, n) => crossEntropy(scores.pick(n, null), label));
    expect(crossEntropy(scores, [2, 0, 3])).toBeCloseTo(single.reduce((a, b) => a + b) / 3, 6);
  });
  test("the slopes of a row sum to 0 and pull the right score up", () => {
    const gradient = crossEntropyGradient(array([[1, 2, 3]]), [0]);
    const row = toNested(gradient)[0] as number[];
    expect(row.reduce((a, b) => a + b)).toBeCloseTo(0, 6);
    expect(row.map(Math.sign)).toEqual([-1, 1, 1]);
  });
  test.each([1, 2, 3])("small changes, seed %i", (s) => {
    const scores = random([4, 5], s);
    const labels = [0, 4, 2, s];
    const f = (x: FloatArray): number => crossEntropy(x, labels);
    expect(checkGradient(f, crossEntropyGradient(scores, labels), scores).relative).toBeLessThan(
      2e-4,
    );
  });
});

describe.each([
  ["reference", reference],
  ["fast", fast],
])("what %s refuses", (_, ops) => {
  const batch = zeros([2, 3]);
  test.each<[unknown, FloatArray, string, string | RegExp]>([
    [
      3,
      zeros([3]),
      "ArgumentError",
      "crossEntropy: the label is the number of one of 3 classes, a whole number from 0 to 2; got 3.",
    ],
    [[0, 1.5], batch, "ArgumentError", /label 1 is the number of one of 3 classes.*got 1\.5/],
    [[-1, 0], batch, "ArgumentError", /label 0 .*got -1/],
    [[0, nan], batch, "ArgumentError", /label 1 .*got NaN/],
    [["0", 1], batch, "ArgumentError", /label 0 .*got 0/],
    ["cat", batch, "ArgumentError", /the labels are the number of a class, or a list.*got string/],
    [undefined, batch, "ArgumentError", /got undefined/],
    [
      [0],
      batch,
      "ShapeError",
      "crossEntropy: there is one label for each row of scores: a list of 2 for scores of 2×3; got a list of 1.",
    ],
    [0, zeros([1, 3]), "ShapeError", /a list of 1 for scores of 1×3; got a number/],
    [[0, 1], zeros([3]), "ShapeError", /a number for scores of 3; got a list of 2/],
    [0, zeros([0]), "ShapeError", /one for each of C classes, or N×C for a batch; got 0\./],
    [[0], zeros([1, 2, 3]), "ShapeError", /N×C for a batch; got 1×2×3/],
    [0, 5 as never, "ShapeError", /array of scores must be an array/],
  ])("%j for scores of another kind (%#)", (labels, scores, name, message) => {
    for (const f of [ops.crossEntropy, ops.crossEntropyGradient]) {
      expect(() => f(scores, labels as Labels)).toThrow(
        typeof message === "string" ? message.slice("crossEntropy".length) : message,
      );
      expect(() => f(scores, labels as Labels)).toThrow(expect.objectContaining({ name }));
    }
    expect(() => ops.crossEntropy(scores, labels as Labels)).toThrow(message);
  });
});
