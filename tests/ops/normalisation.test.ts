/** Batch normalisation: fast against loops, loops against small changes, numbers on paper. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { array, type FloatArray, fromData, random, toNested, zeros } from "../../src/array.js";
import { mean } from "../../src/array-measures.js";
import { checkGradient, fast, reference } from "../../src/ops/index.js";
import { asView, image, seed, small } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";
import { expectClose } from "./close.js";
import { expectAlike, withSpecials } from "./finite.js";

const { batchNorm, batchNormGradient, batchNormTraining } = reference;

/** C, N×C, H×W×C and N×H×W×C, some moved far away from 0, some with special values, some views. */
const batch = fc
  .tuple(
    fc.oneof(
      image,
      fc.tuple(small(4), small(4), seed).map(([n, c, s]) => random([n, c], s)),
      fc.tuple(small(4), seed).map(([c, s]) => random([c], s)),
    ),
    fc.constantFrom("plain", "far", "special", "view"),
  )
  .map(([x, kind]): FloatArray => {
    if (kind === "special") return withSpecials(x);
    if (kind === "view") return asView(x);
    return kind === "far"
      ? fromData(
          x.data.map((value) => 1000 + value),
          x.shape,
        )
      : x;
  });

onEachBackEnd((_name, numRuns) => {
  test("in training, in use, and the gradients", () => {
    fc.assert(
      fc.property(batch, fc.constantFrom(1e-5, 1e-3, 0.5), seed, (x, epsilon, s) => {
        const C = x.shape[x.shape.length - 1]!;
        const scale = random([C], s);
        const shift = Array.from({ length: C }, (_, c) => c - 1);
        const got = fast.batchNormTraining(x, { scale, shift, epsilon });
        const wanted = batchNormTraining(x, { scale, shift, epsilon });
        for (const part of ["output", "mean", "variance"] as const) {
          expectAlike(got[part], wanted[part], 1);
        }
        const variance = random([C], s + 1).data.map((value) => 1 + value);
        const options = { mean: random([C], s), variance: [...variance], scale, shift, epsilon };
        expectAlike(fast.batchNorm(x, options), batchNorm(x, options), 1);
        const dy = random(x.shape, s + 2);
        const gradient = fast.batchNormGradient(x, { scale, epsilon }, dy);
        const right = batchNormGradient(x, { scale, epsilon }, dy);
        // Slopes are taken over 1/√(σ² + ε), so that is their scale where they cancel.
        expectAlike(gradient.input, right.input, 1 / Math.sqrt(epsilon));
        expectAlike(gradient.scale, right.scale, x.size / C);
        expectAlike(gradient.shift, right.shift, 1);
      }),
      { numRuns: numRuns / 2 },
    );
  });

  test("far from 0, and over many values, no digits are lost", () => {
    const x = random([4, 250, 250, 2], 3);
    x.data.forEach((value, i) => {
      x.data[i] = 3000 + value / 10;
    });
    const got = fast.batchNormTraining(x);
    const wanted = batchNormTraining(x);
    expectClose(got.output, wanted.output);
    expectClose(got.mean, wanted.mean);
    expectClose(got.variance, wanted.variance);
    const dy = random(x.shape, 4);
    const gradient = fast.batchNormGradient(x, {}, dy);
    const right = batchNormGradient(x, {}, dy);
    expectClose(gradient.input, right.input);
    expectClose(gradient.scale, right.scale);
    expectClose(gradient.shift, right.shift);
  });

  test("an empty batch passes in use and has no statistics", () => {
    for (const ops of [fast, reference]) {
      const none = zeros([0, 4, 4, 3]);
      expect(ops.batchNorm(none, { mean: 0, variance: 1 }).shape).toEqual([0, 4, 4, 3]);
      expect(() => ops.batchNormTraining(none)).toThrow(
        "batchNormTraining: the input 0×4×4×3 is empty, and nothing has no mean. Use batchNorm with the mean and variance of training.",
      );
      expect(() => ops.batchNormGradient(none, {}, none)).toThrow(/nothing has no mean/);
    }
  });
});

describe("on paper", () => {
  test("each channel gets mean 0 and variance 1, then its scale and shift", () => {
    const x = random([5, 6, 7, 3], 1);
    const { output } = batchNormTraining(x, { scale: [1, 2, 3], shift: [0, 10, -5] });
    for (const [c, scale, shift] of [
      [0, 1, 0],
      [1, 2, 10],
      [2, 3, -5],
    ] as const) {
      const channel = output.pick(null, null, null, c);
      const values = toNested(channel).flat(3) as number[];
      const average = mean(channel);
      expect(average).toBeCloseTo(shift, 5);
      const variance = values.reduce((t, v) => t + (v - average) ** 2, 0) / values.length;
      expect(Math.sqrt(variance)).toBeCloseTo(scale, 3);
    }
  });
  test("in use with the batch's own statistics it is the same as in training", () => {
    const x = random([4, 5, 3], 2);
    const { output, mean: μ, variance } = batchNormTraining(x, { scale: 2, shift: 1 });
    expectClose(batchNorm(x, { mean: μ, variance, scale: 2, shift: 1 }), output);
  });
  test("a constant channel gives its shift, and one value too", () => {
    expect(toNested(batchNormTraining(array([[7], [7]]), { shift: 3 }).output)).toEqual([[3], [3]]);
    const one = batchNormTraining(array([5, 6]), { shift: [1, 2] });
    expect(toNested(one.output)).toEqual([1, 2]);
    expect(toNested(one.variance)).toEqual([0, 0]);
  });
  test("NaN spoils its own channel only", () => {
    const { output } = batchNormTraining(
      array([
        [Number.NaN, 1],
        [2, 3],
      ]),
    );
    expect(output.get(1, 0)).toBeNaN();
    expect(output.get(1, 1)).toBeCloseTo(1, 4);
  });
  test.each([1, 2])("gradients by small changes, seed %i", (s) => {
    const x = random([3, 4, 2], s);
    const weights = random([3, 4, 2], s + 1);
    const scale = array([1.5, -0.5]);
    const shift = array([0.5, 0.25]);
    const loss = (y: FloatArray): number => y.data.reduce((t, v, i) => t + v * weights.data[i]!, 0);
    const gradient = batchNormGradient(x, { scale }, weights);
    const check = (f: (at: FloatArray) => FloatArray, g: FloatArray, at: FloatArray): number =>
      checkGradient((moved) => loss(f(moved)), g, at).relative;
    expect(
      check((at) => batchNormTraining(at, { scale, shift }).output, gradient.input, x),
    ).toBeLessThan(1e-3);
    expect(
      check((at) => batchNormTraining(x, { scale: at, shift }).output, gradient.scale, scale),
    ).toBeLessThan(1e-4);
    expect(
      check((at) => batchNormTraining(x, { scale, shift: at }).output, gradient.shift, shift),
    ).toBeLessThan(1e-4);
  });
});

describe.each([
  ["reference", reference],
  ["fast", fast],
])("what %s refuses", (_, ops) => {
  const x = zeros([2, 3]);
  test.each<[string, () => unknown, string, string | RegExp]>([
    [
      "no statistics",
      () => ops.batchNorm(x, {} as never),
      "ArgumentError",
      "batchNorm needs { mean, variance } of each channel. To take them from the batch itself, use batchNormTraining.",
    ],
    [
      "no options",
      () => ops.batchNorm(x, undefined as never),
      "ArgumentError",
      /needs \{ mean, variance \}/,
    ],
    [
      "a negative variance",
      () => ops.batchNorm(x, { mean: 0, variance: [1, 2, -3] }),
      "ArgumentError",
      /a variance is 0 or more; got -3/,
    ],
    [
      "two means for three channels",
      () => ops.batchNorm(x, { mean: [0, 0], variance: 1 }),
      "ShapeError",
      /the mean has 2 numbers for 3 channels/,
    ],
    [
      "means in rows",
      () => ops.batchNorm(x, { mean: zeros([1, 3]), variance: 1 }),
      "ArgumentError",
      /the mean is a number, or one number for each channel/,
    ],
    [
      "no epsilon",
      () => ops.batchNormTraining(x, { epsilon: 0 }),
      "ArgumentError",
      /epsilon is a number above 0; got 0/,
    ],
    [
      "an epsilon of text",
      () => ops.batchNormTraining(x, { epsilon: "2" as never }),
      "ArgumentError",
      /epsilon is a number above 0; got 2/,
    ],
    [
      "scales that don't fit",
      () => ops.batchNormTraining(x, { scale: array([1, 2]) }),
      "ShapeError",
      /the scale has 2 numbers for 3/,
    ],
    [
      "no channels",
      () => ops.batchNormTraining(zeros([3, 0])),
      "ShapeError",
      /last axis of the input holds the channels, at least one; got 3×0/,
    ],
    ["no array", () => ops.batchNormTraining([[1]] as never), "ShapeError", /nested lists came/],
    [
      "another gradient",
      () => ops.batchNormGradient(x, {}, zeros([3, 2])),
      "ShapeError",
      /2×3; got 3×2/,
    ],
  ])("%s", (_what, call, name, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(expect.objectContaining({ name }));
  });
});
