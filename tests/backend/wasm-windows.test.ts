/** Convolution and pooling on WebAssembly: right by finite differences, and as on the other back ends. */
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectSameElsewhere, others, whole } from "./as-elsewhere.js";
import { expectRightGradient, spreadOut } from "./gradient-check.js";

const sides = fc.integer({ min: 1, max: 7 });
const taps = fc.integer({ min: 1, max: 4 });
const step = fc.integer({ min: 1, max: 3 });
const setting = fc
  .record({
    N: fc.constantFrom(1, 2, 8) as fc.Arbitrary<number>,
    H: sides,
    W: sides,
    C: fc.integer({ min: 1, max: 3 }),
    M: fc.integer({ min: 1, max: 3 }),
    Kh: taps,
    Kw: taps,
    strides: fc.tuple(step, step),
    dilations: fc.tuple(step, step),
    pad: fc.constantFrom("same" as const, "valid" as const),
    seed: fc.nat(1000),
  })
  .filter(({ pad, H, W, Kh, Kw }) => pad === "same" || (Kh <= H && Kw <= W));
type Setting = typeof setting extends fc.Arbitrary<infer T> ? T : never;

const image = ({ N, H, W, C, seed }: Setting) => whole([N, H, W, C], seed);

describe("convolution", () => {
  const conv =
    ({ strides, pad }: Setting) =>
    (x: tf.Tensor, k: tf.Tensor) =>
      tf.conv2d(x as tf.Tensor4D, k as tf.Tensor4D, strides, pad);
  const filter = ({ Kh, Kw, C, M, seed }: Setting) => whole([Kh, Kw, C, M], seed + 1);
  /** Where TensorFlow leaves rows of a batch unset (tests/ops/unequal-strides.test.ts): it is no measure there. */
  const leavesUnset = ({ N, W, C, Kw, strides: [down, across], pad }: Setting): boolean => {
    const columns = pad === "same" ? Math.ceil(W / across) : Math.floor((W - Kw) / across) + 1;
    return N > 1 && C === 1 && down !== across && columns === 1;
  };

  test("its gradients are its slopes", () => {
    fc.assert(
      fc.property(setting, (s) => expectRightGradient(conv(s), [image(s), filter(s)], 0.5)),
      { numRuns: 60 },
    );
  });
  test("and those of the other back ends", async () => {
    // TensorFlow 2.21 itself is wrong with "same" where the stride is 1 down and more across (1×3 over 6×1, say).
    const known = setting.filter(
      ({ strides: [down, across], pad }) => pad === "valid" || down > 1 || across === 1,
    );
    await fc.assert(
      fc.asyncProperty(known, (s) =>
        expectSameElsewhere(conv(s), [image(s), filter(s)], leavesUnset(s) ? ["cpu"] : others),
      ),
      { numRuns: 60 },
    );
  });
  test("many images at once, with more channels than a vector holds", async () => {
    const pad = "same" as const;
    const s = { N: 16, H: 14, W: 13, C: 5, M: 9, Kh: 3, Kw: 5, pad, seed: 3 };
    const full: Setting = { ...s, strides: [1, 1], dilations: [1, 1] };
    await expectSameElsewhere(conv(full), [image(full), filter(full)]);
  });
});

describe("depthwise convolution", () => {
  const depthwise =
    ({ strides, pad, dilations }: Setting) =>
    (x: tf.Tensor, k: tf.Tensor) => {
      const isDilated = dilations.some((d) => d > 1);
      const one: [number, number] = isDilated ? [1, 1] : strides;
      return tf.depthwiseConv2d(x as tf.Tensor4D, k as tf.Tensor4D, one, pad, "NHWC", dilations);
    };
  const filter = ({ Kh, Kw, C, M, seed }: Setting) => whole([Kh, Kw, C, M], seed + 1);
  const fits = setting.filter(
    ({ pad, H, W, Kh, Kw, dilations: [dh, dw] }) =>
      pad === "same" || ((Kh - 1) * dh < H && (Kw - 1) * dw < W),
  );
  // Undilated and square-strided: that is what the others compute right.
  const plain = fits.map(
    (s): Setting => ({
      ...s,
      dilations: [1, 1],
      strides: [s.strides[0], s.strides[0]],
    }),
  );

  test("its gradients are its slopes", () => {
    fc.assert(
      fc.property(plain, (s) => expectRightGradient(depthwise(s), [image(s), filter(s)], 0.5)),
      { numRuns: 60 },
    );
  });
  test("and those of the other back ends", async () => {
    await fc.assert(
      fc.asyncProperty(plain, (s) => expectSameElsewhere(depthwise(s), [image(s), filter(s)])),
      { numRuns: 40 },
    );
  });
});

describe("max pooling", () => {
  const pool =
    ({ Kh, Kw, strides, pad }: Setting) =>
    (x: tf.Tensor) =>
      tf.maxPool(x as tf.Tensor4D, [Kh, Kw], strides, pad);
  /** All below zero, all above, or both. */
  const shifted = (s: Setting, by: number) => {
    const { shape } = image(s);
    return { shape, values: spreadOut(shape, s.seed).map((value) => value + by) };
  };
  const gradientOf = (x: number[][], size: number): number[] =>
    tf.tidy(() => {
      const side = x.length;
      const given = tf.tensor4d(x.flat(), [1, side, x[0]!.length, 1]);
      return [
        ...tf
          .grad((t) => tf.sum(tf.maxPool(t as tf.Tensor4D, size, size, "valid")))(given)
          .dataSync(),
      ];
    });

  test("its gradient is its slope, where no window holds a positive value too", () => {
    const by = fc.constantFrom(-2, 0, 2);
    fc.assert(
      fc.property(setting, by, (s, shift) =>
        expectRightGradient(pool(s), [shifted(s, shift)], 1 / (4 * s.N * s.H * s.W * s.C)),
      ),
      { numRuns: 60 },
    );
  });
  test("of equal values the first gets it all", () => {
    expect(
      gradientOf(
        [
          [0, 0],
          [0, 0],
        ],
        2,
      ),
    ).toEqual([1, 0, 0, 0]);
    expect(
      gradientOf(
        [
          [-3, -1],
          [-1, -1],
        ],
        2,
      ),
    ).toEqual([0, 1, 0, 0]);
  });
  test("NaN is the largest of all, and a border of -Infinity gets nothing", () => {
    expect(
      gradientOf(
        [
          [1, Number.NaN],
          [2, 3],
        ],
        2,
      ),
    ).toEqual([0, 1, 0, 0]);
    const I = -Infinity;
    expect(
      gradientOf(
        [
          [I, I],
          [I, -5],
        ],
        2,
      ),
    ).toEqual([0, 0, 0, 1]);
  });
  test("as on the other back ends", async () => {
    await fc.assert(
      fc.asyncProperty(setting, (s) => expectSameElsewhere(pool(s), [shifted(s, -1)])),
      { numRuns: 40 },
    );
  });
});
