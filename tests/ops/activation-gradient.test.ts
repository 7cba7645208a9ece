/** Activations and their gradients: fast against loops, loops against small changes, the edges of the numbers. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { array, type FloatArray, fromData, random, toNested, zeros } from "../../src/array.js";
import { checkGradient, fast, reference } from "../../src/ops/index.js";
import { asView, seed, small } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";
import { expectAlike } from "./finite.js";

const functions = ["relu", "leakyRelu", "sigmoid", "tanh", "softmax", "logSoftmax"] as const;
const { NaN: nan, POSITIVE_INFINITY: inf } = Number;

/** No number below the smallest normal 32-bit float: native TensorFlow takes those for 0, and so relu's kink for them. */
const normal = (value: number): number => (Math.abs(value) < 2 ** -126 ? 0 : value);

/** Arrays of up to three axes with ordinary, huge, tiny and special values. */
const rough = fc
  .tuple(
    fc.array(small(6), { minLength: 1, maxLength: 3 }),
    fc.array(
      fc.oneof(
        { weight: 5, arbitrary: fc.double({ min: -5, max: 5, noNaN: true }).map(normal) },
        { weight: 1, arbitrary: fc.constantFrom(0, 1e4, -1e4, 3e38, -3e38, 1e-30, 88, -104) },
        { weight: 1, arbitrary: fc.constantFrom(nan, inf, -inf, 1, -1) },
      ),
      { minLength: 216, maxLength: 216 },
    ),
  )
  .map(([shape, values]): FloatArray => {
    const count = shape.reduce((a, b) => a * b, 1);
    return fromData(Float32Array.from(values.slice(0, count)), shape);
  });

onEachBackEnd((_name, numRuns) => {
  test.each(functions)("%s and its gradient, on every kind of number", (name) => {
    fc.assert(
      fc.property(rough, seed, fc.boolean(), (x, s, view) => {
        const input = view ? asView(x) : x;
        expectAlike(fast[name](input), reference[name](input), 1);
        const dy = random(x.shape, s);
        const gradient = `${name}Gradient` as const;
        expectAlike(fast[gradient](input, dy), reference[gradient](input, dy), 1);
      }),
      { numRuns: numRuns / 2 },
    );
  });

  test.each(functions)("%s: a gradient with NaN and infinities", (name) => {
    const gradient = `${name}Gradient` as const;
    const x = array([
      [-2, 0.5, 3],
      [1, -1, 0],
      [2, 2, 2],
    ]);
    const dy = array([
      [1, nan, 2],
      [inf, 1, 1],
      [-inf, 0, 3],
    ]);
    expectAlike(fast[gradient](x, dy), reference[gradient](x, dy));
  });

  test.each(functions)("%s: a NaN in each of a thousand long rows", (name) => {
    const x = random([1000, 97], 3);
    for (let row = 0; row < 1000; row++) x.set(row, (row * 31) % 97, row % 2 ? nan : inf);
    const dy = random([1000, 97], 4);
    expectAlike(fast[name](x), reference[name](x), 1);
    const gradient = `${name}Gradient` as const;
    expectAlike(fast[gradient](x, dy), reference[gradient](x, dy), 1);
  });

  test("any slope of leakyRelu", () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -3, max: 3, noNaN: true }), { minLength: 1 }),
        fc.oneof(
          fc.double({ min: -3, max: 3, noNaN: true }).map(normal),
          fc.constantFrom(0, 1, -1),
        ),
        (values, slope) => {
          const x = array([...values, inf, -inf, nan]);
          expectAlike(fast.leakyRelu(x, slope), reference.leakyRelu(x, slope), 1);
        },
      ),
      { numRuns: numRuns / 2 },
    );
  });

  test("an empty batch", () => {
    for (const ops of [fast, reference]) {
      for (const name of functions) {
        expect(ops[name](zeros([0, 3])).shape).toEqual([0, 3]);
        expect(ops[`${name}Gradient`](zeros([0, 3]), zeros([0, 3])).shape).toEqual([0, 3]);
      }
    }
  });
});

describe.each(functions)("%s by small changes", (name) => {
  test.each([1, 2, 3])("seed %i", (s) => {
    const x = fromData(
      // No value within a step of 0, where relu has its kink.
      random([4, 5], s).data.map((value) => 2 * value + 0.1 * Math.sign(value)),
      [4, 5],
    );
    const weights = random([4, 5], 10 + s);
    const loss = (at: FloatArray): number =>
      reference[name](at).data.reduce((total, value, i) => total + value * weights.data[i]!, 0);
    const { relative } = checkGradient(loss, reference[`${name}Gradient`](x, weights), x);
    expect(relative).toBeLessThan(2e-4);
  });
});

describe("edges", () => {
  test("NaN and infinities, one by one", () => {
    const x = array([nan, inf, -inf]);
    expect(toNested(reference.relu(x))).toEqual([nan, inf, 0]);
    expect(toNested(reference.leakyRelu(x))).toEqual([nan, inf, -inf]);
    expect(toNested(reference.sigmoid(x))).toEqual([nan, 1, 0]);
    expect(toNested(reference.tanh(x))).toEqual([nan, 1, -1]);
    expect(toNested(reference.softmax(x))).toEqual([nan, nan, nan]);
    expect(toNested(reference.softmax(array([0, -inf])))).toEqual([1, 0]);
    expect(toNested(reference.softmax(array([-inf, -inf])))).toEqual([nan, nan]);
    expect(toNested(reference.softmax(array([inf, 0])))).toEqual([nan, nan]);
    expect(toNested(reference.logSoftmax(array([0, -inf])))).toEqual([0, -inf]);
  });
  test("slopes keep their digits where the function is flat", () => {
    const one = array([1]);
    expect(reference.sigmoidGradient(array([20]), one).get(0) / Math.exp(-20)).toBeCloseTo(1, 6);
    expect(reference.tanhGradient(array([15]), one).get(0) / (4 * Math.exp(-30))).toBeCloseTo(1, 6);
    expect(reference.logSoftmax(array([0, 200])).get(0)).toBe(-200);
  });
  test("what is refused", () => {
    expect(() => reference.reluGradient(zeros([2]), zeros([3]))).toThrow(/2; got 3/);
    expect(() => reference.softmaxGradient(zeros([2, 0]), zeros([2, 0]))).toThrow(/last axis/);
    expect(() => reference.logSoftmax(zeros([]))).toThrow(/last axis/);
    expect(() => reference.leakyReluGradient(zeros([1]), zeros([1]), inf)).toThrow(
      "leakyReluGradient: the slope must be a finite number; got Infinity.",
    );
    expect(() => reference.sigmoid([1] as never)).toThrow(/sigmoid: the input must be an array/);
  });
});
