/** The gradients of pooling: fast against loops, loops against small changes, numbers on paper. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { array, type FloatArray, fromData, random, toNested, zeros } from "../../src/array.js";
import { sum } from "../../src/array-measures.js";
import { checkGradient, fast, maxPool, type PoolOptions, reference } from "../../src/ops/index.js";
import { image, padding, perAxis, seed, small } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";
import { outcome } from "./close.js";
import { expectAlike, expectAlikeOutcome, withSpecials } from "./finite.js";

const options = fc.record(
  { stride: perAxis(4), padding, ceil: fc.boolean() },
  { requiredKeys: [] },
);
const kinds = fc.constantFrom("plain", "ties", "special");

function made(x: FloatArray, kind: "plain" | "ties" | "special"): FloatArray {
  if (kind === "special") return withSpecials(x);
  return kind === "plain"
    ? x
    : fromData(
        x.data.map((value) => Math.round(value) + 0),
        x.shape,
      );
}

/** Σ y·w: a loss whose slope for each y is its w. */
function weighted(y: FloatArray, weights: FloatArray): number {
  return y.data.reduce((total, value, i) => total + value * weights.data[i]!, 0);
}

onEachBackEnd((_name, numRuns) => {
  test("maxPoolGradient and avgPoolGradient", () => {
    let computed = 0;
    fc.assert(
      fc.property(
        image,
        kinds,
        perAxis(5),
        options,
        fc.boolean(),
        seed,
        (plain, kind, size, rest, countPadding, s) => {
          const x = made(plain, kind);
          const all = { size, ...rest, countPadding };
          const y = outcome(() => reference.maxPool(x, all));
          const dy = "array" in y ? made(random(y.array.shape, s), kind) : zeros([2, 2]);
          for (const gradient of ["maxPoolGradient", "avgPoolGradient"] as const) {
            expectAlikeOutcome(
              outcome(() => fast[gradient](x, all, dy)),
              outcome(() => reference[gradient](x, all, dy)),
              1,
            );
          }
          if ("array" in y) computed++;
        },
      ),
      { numRuns: numRuns / 2 },
    );
    expect(computed).toBeGreaterThan(numRuns / 8);
  });

  test("globalAvgPoolGradient and globalMaxPoolGradient", () => {
    fc.assert(
      fc.property(image, kinds, seed, (plain, kind, s) => {
        const x = made(plain, kind);
        const dy = made(random(reference.globalMaxPool(x).shape, s), kind);
        for (const gradient of ["globalAvgPoolGradient", "globalMaxPoolGradient"] as const) {
          expectAlike(fast[gradient](x, dy), reference[gradient](x, dy));
        }
      }),
      { numRuns: numRuns / 3 },
    );
  });

  test("an empty batch", () => {
    const none = zeros([0, 4, 6, 3]);
    for (const ops of [fast, reference]) {
      expect(ops.maxPool(none, 2).shape).toEqual([0, 2, 3, 3]);
      expect(ops.avgPool(none, 2).shape).toEqual([0, 2, 3, 3]);
      expect(ops.maxPoolWithIndices(none, 2).indices.shape).toEqual([0, 2, 3, 3]);
      expect(ops.maxPoolGradient(none, 2, zeros([0, 2, 3, 3])).shape).toEqual([0, 4, 6, 3]);
      expect(ops.avgPoolGradient(none, 2, zeros([0, 2, 3, 3])).shape).toEqual([0, 4, 6, 3]);
      for (const name of ["globalAvgPool", "globalMaxPool"] as const) {
        expect(ops[name](none).shape).toEqual([0, 3]);
        expect(ops[`${name}Gradient`](none, zeros([0, 3])).shape).toEqual([0, 4, 6, 3]);
      }
    }
  });
});

describe.each([0, 1, 2])("small changes, image %i", (s) => {
  // Values that stand far enough apart for no window's winner to change.
  const x = fromData(
    random([2, 5, 7, 2], s).data.map((_, i) => ((i * 37 + 11 * s) % 140) / 20 - 3.5),
    [2, 5, 7, 2],
  );
  test.each<PoolOptions>([
    { size: 2 },
    { size: 3, stride: 2, ceil: true },
    { size: [3, 2], stride: 1, padding: "same" },
    { size: 3, stride: [2, 4], padding: { top: 1, right: 2 }, ceil: true },
    { size: 1, stride: 3 },
  ])("%j", (options) => {
    for (const countPadding of [false, true]) {
      const all = { ...options, countPadding };
      const weights = random(maxPool(x, all).shape, 9 + s);
      for (const pool of ["maxPool", "avgPool"] as const) {
        const f = (at: FloatArray): number => weighted(reference[pool](at, all), weights);
        const check = checkGradient(f, reference[`${pool}Gradient`](x, all, weights), x);
        expect(check.relative).toBeLessThan(1e-4);
      }
    }
  });
  test("global", () => {
    const weights = random([2, 2], s);
    for (const pool of ["globalMaxPool", "globalAvgPool"] as const) {
      const f = (at: FloatArray): number => weighted(reference[pool](at), weights);
      expect(checkGradient(f, reference[`${pool}Gradient`](x, weights), x).ok).toBe(true);
    }
  });
});

describe("on paper", () => {
  test("the winner takes it, the first of equals; windows that overlap add up", () => {
    const x = array([[2, 5, 5, 1]]);
    const options = { size: [1, 2], stride: 1 } as const;
    expect(toNested(reference.maxPoolGradient(x, options, array([[1, 10, 100]])))).toEqual([
      [0, 11, 100, 0],
    ]);
  });
  test("a window shares out what it gets, neither more nor less", () => {
    fc.assert(
      fc.property(image, small(4), small(4), (x, size, stride) => {
        const y = outcome(() => reference.avgPool(x, { size, stride, ceil: true }));
        if (!("array" in y)) return;
        const dx = reference.avgPoolGradient(x, { size, stride, ceil: true }, y.array);
        expect(sum(dx)).toBeCloseTo(sum(y.array), 4);
      }),
    );
  });
  test("a gradient of another shape is refused", () => {
    expect(() => reference.maxPoolGradient(zeros([4, 4]), 2, zeros([4, 4]))).toThrow(
      "maxPoolGradient: the output's gradient has one number for each number of the output, 2×2; got 4×4.",
    );
    expect(() => reference.avgPoolGradient(zeros([4, 4]), 2, [1] as never)).toThrow(
      /avgPoolGradient: the output's gradient must be an array/,
    );
    expect(() => reference.globalMaxPoolGradient(zeros([4, 4]), zeros([2]))).toThrow(/1; got 2/);
    expect(() => reference.globalAvgPoolGradient(zeros([4, 4]), zeros([2]))).toThrow(/1; got 2/);
  });
});
