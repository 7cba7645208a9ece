/** Dropout: the same places for the same seed, the right share of them, the right scale for the rest. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { array, fromFunction, random, rowMajor, zeros } from "../../src/array.js";
import { mean } from "../../src/array-measures.js";
import { fast, reference } from "../../src/ops/index.js";
import { asView, image, seed } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";
import { expectAlike, roughImage } from "./finite.js";

const { dropout, dropoutGradient } = reference;

onEachBackEnd((_name, numRuns) => {
  test("dropout and its gradient", () => {
    fc.assert(
      fc.property(
        roughImage,
        fc.oneof(fc.constantFrom(0, 0.5), fc.double({ min: 0, max: 0.99, noNaN: true })),
        seed,
        fc.boolean(),
        (x, rate, s, view) => {
          const input = view ? asView(x) : x;
          const options = { seed: s };
          expectAlike(fast.dropout(input, rate, options), dropout(input, rate, options));
          expectAlike(
            fast.dropoutGradient(input, rate, x, options),
            dropoutGradient(input, rate, x, options),
          );
        },
      ),
      { numRuns: numRuns / 2 },
    );
  });
  test("an empty batch", () => {
    for (const ops of [fast, reference]) {
      expect(ops.dropout(zeros([0, 3]), 0.5).shape).toEqual([0, 3]);
    }
  });
});

describe("the mask", () => {
  const ones = fromFunction([200, 200], () => 1);
  test.each([0, 0.1, 0.5, 0.9])("at rate %d that share is 0 and the mean stays 1", (rate) => {
    const y = dropout(ones, rate, { seed: 7 });
    const values = [...rowMajor(y)];
    expect(values.filter((value) => value === 0).length / values.length).toBeCloseTo(rate, 1);
    expect(new Set(values.filter((value) => value !== 0))).toEqual(
      new Set([Math.fround(1 / (1 - rate))]),
    );
    expect(Math.abs(mean(y) - 1)).toBeLessThan(0.06);
  });
  test("the same seed drops the same places, another others", () => {
    expect(dropout(ones, 0.5, { seed: 3 }).data).toEqual(dropout(ones, 0.5, { seed: 3 }).data);
    expect(dropout(ones, 0.5, { seed: 3 }).data).not.toEqual(dropout(ones, 0.5, { seed: 4 }).data);
    expect(dropout(ones, 0.5).data).toEqual(dropout(ones, 0.5, { seed: 1 }).data);
  });
  test("dropping is linear, so the gradient is the same mask", () => {
    fc.assert(
      fc.property(image, seed, (x, s) => {
        const dy = random(x.shape, s);
        const gradient = dropoutGradient(x, 0.4, dy, { seed: s });
        const mask = dropout(
          fromFunction(x.shape, () => 1),
          0.4,
          { seed: s },
        );
        rowMajor(gradient).forEach((value, i) => {
          expect(value).toBeCloseTo(dy.data[i]! * mask.data[i]!, 5);
        });
      }),
    );
  });
});

describe.each([
  ["reference", reference],
  ["fast", fast],
])("what %s refuses", (_, ops) => {
  test.each<[() => unknown, string | RegExp]>([
    [
      () => ops.dropout(array([1]), 1),
      "dropout: the rate is the share of values that go, from 0 to below 1; got 1.",
    ],
    [() => ops.dropout(array([1]), -0.1), /got -0\.1/],
    [() => ops.dropout(array([1]), Number.NaN), /got NaN/],
    [() => ops.dropout(array([1]), "0.5" as never), /from 0 to below 1; got 0\.5/],
    [() => ops.dropout(array([1]), 0.5, { seed: 1.5 }), /the seed is a whole number; got 1\.5/],
    [() => ops.dropout([1] as never, 0.5), /input must be an array/],
    [() => ops.dropoutGradient(array([1]), 0.5, zeros([2])), /1; got 2/],
  ])("%#", (call, message) => {
    expect(call).toThrow(message);
  });
});
