/** SGD and Adam: fast against loops over several steps, numbers on paper, and that they find a minimum. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { array, type FloatArray, fromData, random, toNested, zeros } from "../../src/array.js";
import { type AdamState, fast, reference, type SgdOptions } from "../../src/ops/index.js";
import { asView, image, seed } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";
import { expectAlike, roughImage } from "./finite.js";

const { adamStep, sgdStep } = reference;
/** Options are 32-bit floats to a back end, where those below 1e-38 are 0, and 0·∞ is no number. */
const upTo = (max: number): fc.Arbitrary<number> =>
  fc.double({ min: 0, max, noNaN: true }).map((value) => (value < 1e-30 ? 0 : value));
const share = fc.oneof(fc.constantFrom(0, 0.9), upTo(0.99));
const rate = upTo(1);

onEachBackEnd((_name, numRuns) => {
  test("sgdStep, step after step", () => {
    fc.assert(
      fc.property(
        roughImage,
        fc.record({ rate, momentum: share, weightDecay: share, nesterov: fc.boolean() }),
        seed,
        fc.boolean(),
        (weights, given, s, view) => {
          const options: SgdOptions = { ...given, nesterov: given.nesterov && given.momentum > 0 };
          let w = view ? asView(weights) : weights;
          let v: FloatArray | undefined;
          for (let step = 0; step < 3; step++) {
            const g = random(w.shape, s + step);
            const wanted = sgdStep(w, g, v, options);
            const got = fast.sgdStep(w, g, v, options);
            expectAlike(got.weights, wanted.weights, 1);
            expectAlike(got.velocity, wanted.velocity, 1);
            w = wanted.weights;
            v = wanted.velocity;
          }
        },
      ),
      { numRuns: numRuns / 3 },
    );
  });

  test("adamStep, step after step", () => {
    fc.assert(
      fc.property(
        roughImage,
        fc.record(
          { rate, beta1: share, beta2: share, epsilon: fc.constantFrom(1e-8, 1e-3) },
          { requiredKeys: [] },
        ),
        seed,
        (weights, options, s) => {
          let w = weights;
          let state: AdamState | undefined;
          for (let step = 0; step < 3; step++) {
            const g = random(w.shape, s + step);
            const wanted = adamStep(w, g, state, options);
            const got = fast.adamStep(w, g, state, options);
            expectAlike(got.weights, wanted.weights, 1);
            expectAlike(got.state.mean, wanted.state.mean, 1);
            expectAlike(got.state.square, wanted.state.square, 1);
            expect(got.state.steps).toBe(step + 1);
            w = wanted.weights;
            state = wanted.state;
          }
        },
      ),
      { numRuns: numRuns / 3 },
    );
  });

  test("slopes from tiny to huge", () => {
    const w = zeros([5]);
    const g = array([1e-12, 1e-4, 1, 1e6, -1e20]);
    expectAlike(fast.adamStep(w, g, undefined).weights, adamStep(w, g, undefined).weights);
    expect(toNested(adamStep(w, g, undefined).weights).map((x) => Math.sign(x as number))).toEqual([
      -1, -1, -1, -1, 1,
    ]);
  });

  test("no weights at all", () => {
    for (const ops of [fast, reference]) {
      const none = zeros([0]);
      expect(ops.sgdStep(none, none, undefined, { rate: 1 }).weights.shape).toEqual([0]);
      expect(ops.adamStep(none, none, undefined).state.mean.shape).toEqual([0]);
    }
  });

  test("arguments stay as they were", () => {
    fc.assert(
      fc.property(image, seed, (w, s) => {
        const g = random(w.shape, s);
        const v = random(w.shape, s + 1);
        const square = fromData(v.data.map(Math.abs), v.shape);
        const state = { steps: 2, mean: v, square };
        const before = [w, g, v, square].map((x) => x.data.slice());
        for (const ops of [fast, reference]) {
          ops.sgdStep(w, g, v, { rate: 0.1, momentum: 0.5, weightDecay: 0.1 });
          ops.adamStep(w, g, state);
        }
        expect([w, g, v, square].map((x) => x.data)).toEqual(before);
        expect(state.steps).toBe(2);
      }),
      { numRuns: 20 },
    );
  });
});

describe("on paper", () => {
  const w = array([1, 2]);
  const g = array([10, -10]);
  test("momentum keeps a share of the way", () => {
    const first = sgdStep(w, g, undefined, { rate: 0.1, momentum: 0.5 });
    expect(toNested(first.weights)).toEqual([0, 3]);
    const second = sgdStep(first.weights, zeros([2]), first.velocity, { rate: 0.1, momentum: 0.5 });
    expect(toNested(second.velocity)).toEqual([5, -5]);
    expect(toNested(second.weights)).toEqual([-0.5, 3.5]);
  });
  test("weight decay pulls to 0", () => {
    expect(
      toNested(sgdStep(w, zeros([2]), undefined, { rate: 0.5, weightDecay: 0.5 }).weights),
    ).toEqual([0.75, 1.5]);
  });
  test("Nesterov looks one step ahead", () => {
    const options = { rate: 0.1, momentum: 0.5, nesterov: true };
    expect(toNested(sgdStep(w, g, undefined, options).weights)).toEqual([-0.5, 3.5]);
  });
  test("Adam's first step is the rate, whatever the slope's size", () => {
    const { weights } = adamStep(array([0, 0, 0]), array([1e-3, -5, 1e4]), undefined, {
      rate: 0.1,
    });
    [-0.1, 0.1, -0.1].forEach((wanted, i) => {
      expect(weights.get(i)).toBeCloseTo(wanted, 5);
    });
  });
  test("NaN stays with its weight", () => {
    const { weights } = adamStep(array([1, 1]), array([Number.NaN, 1]), undefined);
    expect(weights.get(0)).toBeNaN();
    expect(weights.get(1)).toBeCloseTo(0.999, 6);
  });
  test.each(["sgd", "adam"])("%s finds the bottom of a bowl", (which) => {
    let x = array([3, -2]);
    let velocity: FloatArray | undefined;
    let state: AdamState | undefined;
    for (let step = 0; step < 300; step++) {
      const slope = array([2 * (x.get(0) - 1), 20 * (x.get(1) - 0.5)]);
      if (which === "sgd") {
        ({ weights: x, velocity } = sgdStep(x, slope, velocity, { rate: 0.02, momentum: 0.8 }));
      } else ({ weights: x, state } = adamStep(x, slope, state, { rate: 0.1 }));
    }
    expect(x.get(0)).toBeCloseTo(1, 2);
    expect(x.get(1)).toBeCloseTo(0.5, 2);
  });
});

describe.each([
  ["reference", reference],
  ["fast", fast],
])("what %s refuses", (_, ops) => {
  const w = zeros([2]);
  test.each<[() => unknown, string, string | RegExp]>([
    [
      () => ops.sgdStep(w, zeros([3]), undefined, { rate: 1 }),
      "ShapeError",
      "sgdStep: the gradient has one number for each weight, 2; got 3.",
    ],
    [
      () => ops.sgdStep(w, w, zeros([2, 1]), { rate: 1 }),
      "ShapeError",
      /the velocity has one number for each weight, 2; got 2×1/,
    ],
    [
      () => ops.sgdStep(w, w, undefined, {} as never),
      "ArgumentError",
      /the rate is a number of 0 or more; got undefined/,
    ],
    [
      () => ops.sgdStep(w, w, undefined, undefined as never),
      "ArgumentError",
      /the rate is a number of 0 or more; got undefined/,
    ],
    [() => ops.sgdStep(w, w, undefined, { rate: -1 }), "ArgumentError", /got -1/],
    [
      () => ops.sgdStep(w, w, undefined, { rate: 1, momentum: 1 }),
      "ArgumentError",
      /momentum is a share from 0 to below 1; got 1/,
    ],
    [
      () => ops.sgdStep(w, w, undefined, { rate: 1, weightDecay: -1 }),
      "ArgumentError",
      /weightDecay is a number of 0 or more/,
    ],
    [
      () => ops.sgdStep(w, w, undefined, { rate: 1, nesterov: true }),
      "ArgumentError",
      /needs a momentum above 0/,
    ],
    [
      () => ops.sgdStep([1] as never, w, undefined, { rate: 1 }),
      "ShapeError",
      /weights must be an array/,
    ],
    [() => ops.adamStep(w, zeros([1]), undefined), "ShapeError", /adamStep: the gradient/],
    [
      () => ops.adamStep(w, w, { steps: 1, mean: zeros([3]), square: w }),
      "ShapeError",
      /the mean has one number for each weight, 2; got 3/,
    ],
    [
      () => ops.sgdStep(w, undefined as never, undefined, { rate: 1 }),
      "ShapeError",
      "sgdStep: the gradient must be an array with a shape, but undefined came",
    ],
    [
      () => ops.adamStep(w, undefined as never, undefined),
      "ShapeError",
      "adamStep: the gradient must be an array with a shape, but undefined came",
    ],
    [
      () => ops.adamStep(w, w, { steps: 1, square: w } as never),
      "ShapeError",
      "adamStep: the mean must be an array with a shape, but undefined came",
    ],
    [
      () => ops.sgdStep(w, w, w, { rate: 1, momentum: 0.5, nesterov: "false" as never }),
      "ArgumentError",
      'sgdStep: nesterov is true or false; got "false".',
    ],
    [
      () => ops.adamStep(w, w, { mean: w, square: w } as never),
      "ArgumentError",
      /the state is undefined for the first step/,
    ],
    [
      () => ops.adamStep(w, w, w as never),
      "ArgumentError",
      /the state is undefined for the first step/,
    ],
    [() => ops.adamStep(w, w, undefined, { beta1: 1 }), "ArgumentError", /beta1 is a share/],
    [() => ops.adamStep(w, w, undefined, { beta2: -0.1 }), "ArgumentError", /beta2 is a share/],
    [
      () => ops.adamStep(w, w, undefined, { epsilon: 0 }),
      "ArgumentError",
      /epsilon is a number above 0; got 0/,
    ],
    [
      () => ops.adamStep(w, w, undefined, { rate: Number.NaN }),
      "ArgumentError",
      /the rate is a number of 0 or more; got NaN/,
    ],
  ])("%#", (call, name, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(expect.objectContaining({ name }));
  });
});
