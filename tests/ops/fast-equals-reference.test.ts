/** The fast operations give what the loops give, on random shapes and options, on every back end that loads here. */
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type FloatArray, random } from "../../src/array.js";
import { type BackendName, backendName, useBackend } from "../../src/backend/index.js";
import { fast, type Padding, type PerAxis, reference } from "../../src/ops/index.js";
import { expectClose, expectSameOutcome, outcome } from "./close.js";

const small = (max: number, min = 1): fc.Arbitrary<number> => fc.integer({ min, max });
const perAxis = (max: number, min = 1): fc.Arbitrary<PerAxis> =>
  fc.oneof(small(max, min), fc.tuple(small(max, min), small(max, min)));
const sides = fc.record(
  { top: small(3, 0), bottom: small(3, 0), left: small(3, 0), right: small(3, 0) },
  { requiredKeys: [] },
);
const padding: fc.Arbitrary<Padding> = fc.oneof(
  fc.constantFrom<Padding>("valid", "same"),
  perAxis(3, 0),
  sides,
);
const seed = fc.integer({ min: 0, max: 2 ** 31 });

/** Images of values between −1 and 1 (so 1 is the scale of every term): H×W, H×W×C and N×H×W×C. */
const image = fc
  .tuple(small(3), small(9), small(9), small(5), fc.constantFrom(2, 3, 4), seed)
  .map(
    ([n, h, w, c, rank, s]): FloatArray =>
      random(rank === 2 ? [h, w] : rank === 3 ? [h, w, c] : [n, h, w, c], s),
  );

/** Every other row and column of a larger array: the same numbers, not side by side in memory. */
function asView(x: FloatArray): FloatArray {
  const larger = random(
    x.shape.map((size) => 2 * size),
    7,
  ).step(...x.shape.map(() => 2));
  const index = x.shape.map(() => 0);
  for (let i = 0; i < x.size; i++) {
    larger.set(...index, x.get(...index));
    for (let axis = index.length - 1; axis >= 0 && ++index[axis]! === x.shape[axis]; axis--) {
      index[axis] = 0;
    }
  }
  return larger;
}

const here: BackendName[] = ["wasm", "cpu"];
try {
  await useBackend("native");
  here.push("native");
} catch {
  // The addon is not on this machine: the other two are still compared.
}

describe.each(here)("%s", (name) => {
  let tensorsBefore = 0;
  // The plain JavaScript back end is slow and not what readers get: a tenth of the cases.
  const numRuns = name === "cpu" ? 60 : 600;

  beforeAll(async () => {
    expect(await useBackend(name)).toBe(name);
    expect(backendName()).toBe(name);
    tensorsBefore = tf.memory().numTensors;
  });
  afterAll(() => {
    expect(tf.memory().numTensors).toBe(tensorsBefore);
  });

  test("conv2d and convolve2d", () => {
    let computed = 0;
    fc.assert(
      fc.property(
        image,
        fc.tuple(small(5), small(5), small(4), fc.boolean(), seed),
        fc.record({
          stride: perAxis(3),
          padding,
          dilation: perAxis(3),
          bias: fc.oneof(fc.constant("each" as const), fc.double({ min: -2, max: 2, noNaN: true })),
          flip: fc.boolean(),
          view: fc.boolean(),
        }),
        (x, [kh, kw, m, flat, s], { bias, view, ...options }) => {
          const channels = x.shape[2 + (x.shape.length === 4 ? 1 : 0)] ?? 1;
          const single = flat && channels === 1;
          const k = random(single ? [kh, kw] : [kh, kw, channels, m], s);
          const outputs = single ? 1 : m;
          const all = {
            ...options,
            bias: bias === "each" ? Array.from({ length: outputs }, (_, o) => o - 1.5) : bias,
          };
          const input = view ? asView(x) : x;
          const wanted = outcome(() => reference.conv2d(input, k, all));
          expectSameOutcome(
            outcome(() => fast.conv2d(input, k, all)),
            wanted,
            1,
          );
          if ("array" in wanted) computed++;
          expectSameOutcome(
            outcome(() => fast.convolve2d(input, k, all)),
            outcome(() => reference.convolve2d(input, k, all)),
            1,
          );
        },
      ),
      { numRuns },
    );
    expect(computed).toBeGreaterThan(numRuns / 4); // the others are refused, by both alike
  });

  test.each(["maxPool", "avgPool"] as const)("%s", (pool) => {
    let computed = 0;
    fc.assert(
      fc.property(
        image,
        perAxis(4),
        fc.record({ stride: perAxis(4), padding }, { requiredKeys: [] }),
        (x, size, options) => {
          const wanted = outcome(() => reference[pool](x, { size, ...options }));
          expectSameOutcome(
            outcome(() => fast[pool](x, { size, ...options })),
            wanted,
            1,
          );
          if ("array" in wanted) computed++;
        },
      ),
      { numRuns },
    );
    expect(computed).toBeGreaterThan(numRuns / 4);
  });

  test("global pooling, padding and activations", () => {
    fc.assert(
      fc.property(
        image,
        sides,
        fc.constantFrom("zero" as const, "reflect" as const, "replicate" as const),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (x, border, mode, slope) => {
          expectClose(fast.globalAvgPool(x), reference.globalAvgPool(x), 1);
          expectClose(fast.globalMaxPool(x), reference.globalMaxPool(x));
          expectSameOutcome(
            outcome(() => fast.pad(x, border, mode)),
            outcome(() => reference.pad(x, border, mode)),
          );
          expectClose(fast.leakyRelu(x, slope), reference.leakyRelu(x, slope));
          for (const f of ["relu", "sigmoid", "tanh", "softmax"] as const) {
            expectClose(fast[f](x), reference[f](x));
          }
        },
      ),
      { numRuns: numRuns / 3 },
    );
  });

  test("a long mean does not drift", () => {
    const x = random([300, 300, 3], 5);
    for (let i = 0; i < x.data.length; i++) x.data[i] = 0.1;
    expectClose(fast.globalAvgPool(x), reference.globalAvgPool(x));
  });
});
