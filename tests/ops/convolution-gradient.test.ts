/**
 * Gradients of the convolutions: against finite differences of the loops, and the fast ones against the loops on every
 * back end that loads here.
 */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FloatArray, fromData, random, rowMajor } from "../../src/array.js";
import { type ConvGradients, type ConvOptions, fast, reference } from "../../src/ops/index.js";
import { type AnyConv, type AnyGradient, anyCall } from "./any-convolution.js";
import { asView } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";
import { expectClose, outcome } from "./close.js";

/** Σ y·g in double precision: a loss whose gradient with respect to y is g. */
function loss(y: FloatArray, g: FloatArray): number {
  const [values, slopes] = [rowMajor(y), rowMajor(g)];
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i]! * slopes[i]!;
  return total;
}

/**
 * The slope of the loss along each number of `x`. Convolution is linear in each of its arguments, so a step of 1 is
 * exact up to rounding: no truncation error.
 */
function differences(x: FloatArray, f: (x: FloatArray) => FloatArray, g: FloatArray): FloatArray {
  const values = rowMajor(x);
  const slopes = values.map((_, i) => {
    const [up, down] = [values.slice(), values.slice()];
    up[i]! += 0.5;
    down[i]! -= 0.5;
    return loss(f(fromData(up, x.shape)), g) - loss(f(fromData(down, x.shape)), g);
  });
  return fromData(slopes, x.shape);
}

/** Values and slopes are between −1 and 1: no term is larger. */
const scale = 1;

describe("the loops", () => {
  test.each([1, 2, 3] as const)("conv%dd's gradients are its finite differences", (dimensions) => {
    let computed = 0;
    fc.assert(
      fc.property(anyCall(dimensions, 4), (call) => {
        const conv = reference[`conv${dimensions}d`] as AnyConv;
        const gradient = reference[`conv${dimensions}dGradient`] as AnyGradient;
        const { input, kernel, options, outputs } = call;
        const y = outcome(() => conv(input, kernel, options));
        if ("error" in y) return;
        computed++;
        const g = random(y.array.shape, 99);
        const got = gradient(input, kernel, g, options);
        const { bias: _, ...noBias } = options;
        expectClose(
          got.input,
          differences(input, (x) => conv(x, kernel, noBias), g),
          scale,
        );
        expectClose(
          got.kernel,
          differences(kernel, (k) => conv(input, k, noBias), g),
          scale,
        );
        const ofBias = (b: FloatArray): FloatArray =>
          conv(input, kernel, { ...noBias, bias: Array.from(b.data) });
        expectClose(got.bias, differences(random([outputs], 3), ofBias, g), scale);
      }),
      { numRuns: 150 },
    );
    expect(computed).toBeGreaterThan(50);
  });
});

onEachBackEnd((_name, numRuns) => {
  test.each([1, 2, 3] as const)("conv%dd and its gradients", (dimensions) => {
    let computed = 0;
    fc.assert(
      fc.property(anyCall(dimensions, 6), fc.boolean(), (call, view) => {
        const { kernel, options } = call;
        const input = view ? asView(call.input) : call.input;
        const conv = `conv${dimensions}d` as const;
        const wanted = outcome(() => (reference[conv] as AnyConv)(input, kernel, options));
        const got = outcome(() => (fast[conv] as AnyConv)(input, kernel, options));
        if ("error" in wanted) {
          expect(got).toEqual(wanted);
          return;
        }
        if ("error" in got) throw new Error(got.error);
        expectClose(got.array, wanted.array, scale);
        computed++;
        const g = random(wanted.array.shape, 7);
        const name = `${conv}Gradient` as const;
        const slow = (reference[name] as AnyGradient)(input, kernel, g, options);
        const quick = (fast[name] as AnyGradient)(input, kernel, g, options);
        for (const part of ["input", "kernel", "bias"] as const) {
          expectClose(quick[part], slow[part], scale);
        }
      }),
      { numRuns: numRuns / 2 },
    );
    expect(computed).toBeGreaterThan(numRuns / 8);
  });
});

test("what comes back has the shapes of what went in", () => {
  const shapes = ({ input, kernel, bias }: ConvGradients): number[][] => [
    input.shape,
    kernel.shape,
    bias.shape,
  ];
  const grey = reference.conv2dGradient(random([5, 5]), random([3, 3]), random([3, 3]));
  expect(shapes(grey)).toEqual([[5, 5], [3, 3], [1]]);
  const empty = reference.conv2dGradient(
    random([0, 5, 5, 2]),
    random([3, 3, 2, 4]),
    random([0, 3, 3, 4]),
  );
  expect(shapes(empty)).toEqual([[0, 5, 5, 2], [3, 3, 2, 4], [4]]);
  expect(rowMajor(empty.kernel).every((value) => value === 0)).toBe(true);
});

onEachBackEnd((name) => {
  test.skipIf(name === "cpu")("a kernel's gradient over many places does not drift", () => {
    const [x, k] = [fromData(new Float32Array(300 * 300).fill(0.1), [300, 300]), random([3, 3], 1)];
    const wanted = reference.conv2dGradient(x, k, x, { padding: "same" }).kernel;
    const got = fast.conv2dGradient(x, k, x, { padding: "same" }).kernel;
    expectClose(got, wanted, 300 * 300 * 0.1 * 0.1 * 2); // 2e-5 of the largest
  });

  test("strips of rows and pictures of a batch add up to the kernel's gradient", () => {
    const cases: [number[], number[], ConvOptions][] = [
      [[1, 130, 90, 2], [3, 2, 2, 3], { padding: 1, stride: 1 }],
      [[5, 60, 50, 4], [3, 3, 2, 4], { groups: 2, dilation: [2, 1], stride: [1, 2] }],
      [[2, 1, 9000, 1], [1, 5, 1, 2], {}],
    ];
    for (const [xs, ks, options] of cases) {
      const [x, k] = [random(xs, 2), random(ks, 3)];
      const g = random(reference.conv2d(x, k, options).shape, 4);
      const wanted = reference.conv2dGradient(x, k, g, options).kernel;
      expectClose(fast.conv2dGradient(x, k, g, options).kernel, wanted);
    }
  });
});
