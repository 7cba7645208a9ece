/** Transposed convolution along a line, and how often its stamps overlap. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  type FloatArray,
  fromData,
  fromFunction,
  random,
  rowMajor,
  zeros,
} from "../../src/array.js";
import {
  conv1d,
  overlapCounts,
  transposedConv1d,
  transposedConv1dGradient,
  transposedConv2d,
} from "../../src/ops/index.js";
import { seed, small } from "./arbitraries.js";
import { expectClose } from "./close.js";
import { dot, expectSlopes, grouped } from "./family-cases.js";

describe("transposedConv1d", () => {
  test("is transposedConv2d of one row", () => {
    fc.assert(
      fc.property(
        small(7),
        small(4),
        small(3),
        small(2),
        grouped,
        seed,
        (length, k, stride, dilation, [groups, a, b], s) => {
          const x = random([2, length, b * groups], s);
          const kernel = random([k, a, b * groups], s + 1);
          const options = { stride, dilation, groups, outputPadding: stride - 1, bias: 0.5 };
          const wide = transposedConv2d(
            fromData(rowMajor(x), [2, 1, length, b * groups]),
            fromData(rowMajor(kernel), [1, k, a, b * groups]),
            {
              ...options,
              stride: [1, stride],
              dilation: [1, dilation],
              outputPadding: [0, stride - 1],
            },
          );
          const line = transposedConv1d(x, kernel, options);
          expectClose(line, fromData(rowMajor(wide), line.shape), 1);
        },
      ),
      { numRuns: 100 },
    );
  });

  test("is the adjoint of conv1d", () => {
    const [x, k] = [random([9, 2], 1), random([3, 2, 4], 2)];
    const options = { stride: 2, padding: [1, 0] as const, dilation: 2 };
    const y = random(conv1d(x, k, options).shape, 3);
    const back = transposedConv1d(y, k, { ...options, outputPadding: 1 });
    expect(dot(conv1d(x, k, options), y)).toBeCloseTo(dot(x, back), 5);
  });

  test("gradients are slopes, a signal may have no channels", () => {
    const arrays = { input: random([5], 1), kernel: random([3], 2), bias: random([1], 3) };
    const options = { stride: 2, padding: { before: 1 }, outputPadding: 1 } as const;
    expectSlopes(
      ({ input, kernel, bias }) => transposedConv1d(input!, kernel!, { ...options, bias: bias! }),
      arrays,
      (g) => ({ ...transposedConv1dGradient(arrays.input, arrays.kernel, g, options) }),
    );
    expect(() => transposedConv1d(zeros([2, 2, 2, 2]), zeros([2]))).toThrow(
      "transposedConv1d: the input is L, L×C or N×L×C; got 2×2×2×2.",
    );
    expect(() => transposedConv1d(zeros([3, 8]), zeros([2, 1, 3]))).toThrow(
      /expected L×C with the 3 channels .* is this C×L\? Use input.transpose\(1, 0\)\./,
    );
    expect(() => transposedConv1d(zeros([4, 8]), zeros([2, 1, 3]))).toThrow(
      /has 8 channels.*The two must be equal/,
    );
  });
});

describe("overlapCounts", () => {
  test("is a transposed convolution of ones", () => {
    fc.assert(
      fc.property(small(9), small(6), small(6), (n, k, stride) => {
        const ones = (length: number): FloatArray => fromFunction([length], () => 1);
        expectClose(overlapCounts(n, k, stride), transposedConv1d(ones(n), ones(k), { stride }));
      }),
    );
    expect(() => overlapCounts(0, 3, 1)).toThrow(/stamps.*got 0/);
    expect(() => overlapCounts(3, 1.5, 1)).toThrow(/kernel size.*got 1.5/);
    expect(() => overlapCounts(3, 3, 0)).toThrow(/stride.*got 0/);
  });
});
