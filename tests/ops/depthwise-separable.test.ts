/** Depthwise separable convolution: what it is, and the fast version and its halves like the loops. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FloatArray, fromData, random, zeros } from "../../src/array.js";
import {
  conv2d,
  depthwiseConv2d,
  fast,
  pointwiseConv2d,
  reference,
  separableConv2d,
  separableConv2dGradient,
} from "../../src/ops/index.js";
import { imageOf, padding, perAxis, rank, seed, sizes, small } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";
import { expectClose, expectSameOutcome, outcome } from "./close.js";
import { expectSameGradients, expectSlopes, paddingMode } from "./family-cases.js";

const walk = fc.record(
  { stride: perAxis(3), padding, dilation: perAxis(2), paddingMode },
  { requiredKeys: [] },
);

describe("separableConv2d", () => {
  test("is the depthwise and the pointwise convolution in turn, and one conv2d with the product of the kernels", () => {
    fc.assert(
      fc.property(
        rank,
        sizes,
        fc.tuple(small(3), small(3), small(2), small(3), small(3), seed),
        walk,
        (r, size, [kh, kw, q, c, m, s], options) => {
          const C = r === 2 ? 1 : c;
          const x = imageOf(r, size, C, s);
          const [k, mix] = [random([kh, kw, C, q], s + 1), random([C * q, m], s + 2)];
          const made = outcome(() => separableConv2d(x, k, mix, { ...options, bias: 0.5 }));
          const turns = outcome(() =>
            pointwiseConv2d(depthwiseConv2d(x, k, options), mix, { bias: 0.5 }),
          );
          if ("error" in made || "error" in turns) {
            expect("error" in made).toBe("error" in turns);
            return;
          }
          expectClose(made.array, turns.array);
          const whole = zeros([kh, kw, C, m]);
          for (let u = 0; u < kh; u++)
            for (let v = 0; v < kw; v++)
              for (let ch = 0; ch < C; ch++)
                for (let o = 0; o < m; o++)
                  for (let e = 0; e < q; e++)
                    whole.set(
                      u,
                      v,
                      ch,
                      o,
                      whole.get(u, v, ch, o) + k.get(u, v, ch, e) * mix.get(ch * q + e, o),
                    );
          expectClose(made.array, conv2d(x, whole, { ...options, bias: 0.5 }), 1);
        },
      ),
      { numRuns: 200 },
    );
  });

  test("gradients are slopes", () => {
    const arrays = {
      input: random([5, 4, 2], 1),
      depthwiseKernel: random([3, 2, 2, 2], 2),
      pointwiseKernel: random([1, 1, 4, 3], 3),
      bias: random([3], 4),
    };
    const options = { stride: 2, padding: 1, paddingMode: "reflect" } as const;
    const { input, depthwiseKernel: k, pointwiseKernel: mix } = arrays;
    expectSlopes(
      (at) =>
        separableConv2d(at.input!, at.depthwiseKernel!, at.pointwiseKernel!, {
          ...options,
          bias: at.bias!,
        }),
      arrays,
      (g) => ({ ...separableConv2dGradient(input, k, mix, g, options) }),
    );
  });

  test("errors name both halves", () => {
    const [x, k] = [zeros([4, 4, 3]), zeros([3, 3, 3, 2])];
    expect(() => separableConv2d(x, k, zeros([3, 8]))).toThrow(
      "separableConv2d: the pointwise kernel 3×8 reads 3 channels, but the depthwise half makes 6 (3 channels × multiplier 2). The two must be equal.",
    );
    expect(() => separableConv2d(x, k, zeros([2, 2, 6, 8]))).toThrow(/1×1×Cin×Cout; got 2×2×6×8/);
    expect(() => separableConv2d(x, k, zeros([6]))).toThrow(/1×1×Cin×Cout; got 6/);
    expect(() => separableConv2d(x, zeros([3, 3, 2, 2]), zeros([4, 8]))).toThrow(
      /separableConv2d: the input 4×4×3 has 3 channels/,
    );
    expect(() => separableConv2d(x, k, zeros([6, 8]), { bias: [1, 2] })).toThrow(
      /the bias has 2 numbers for 8 output channels/,
    );
    expect(() => separableConv2d(x, k, undefined as never)).toThrow(
      /pointwise kernel must be an array/,
    );
  });
});

onEachBackEnd((_name, numRuns) => {
  test("fast separable convolution gives what the loops give, and so do its gradients", () => {
    fc.assert(
      fc.property(
        rank,
        sizes,
        fc.tuple(small(3), small(3), small(2), small(3), small(3), seed),
        walk,
        (r, [n, h, w], [kh, kw, q, c, m, s], options) => {
          const C = r === 2 ? 1 : c;
          const x = imageOf(r, [n - 1, h, w], C, s);
          const [k, mix] = [random([kh, kw, C, q], s + 1), random([C * q, m], s + 2)];
          const all = { ...options, bias: 0.5 };
          const wanted = outcome(() => reference.separableConv2d(x, k, mix, all));
          expectSameOutcome(
            outcome(() => fast.separableConv2d(x, k, mix, all)),
            wanted,
            1,
          );
          if ("error" in wanted) return;
          const g = random(wanted.array.shape, s + 3);
          expectSameGradients(
            fast.separableConv2dGradient(x, k, mix, g, all),
            reference.separableConv2dGradient(x, k, mix, g, all),
          );
        },
      ),
      { numRuns: numRuns / 3 },
    );
  });

  test("sums over many pixels do not drift", () => {
    const tenth = (shape: number[]): FloatArray =>
      fromData(new Float32Array(shape.reduce((a, b) => a * b)).fill(0.1), shape);
    const [x, k, g] = [tenth([200, 200, 2]), tenth([2, 2]), tenth([200, 200, 2])];
    expectSameGradients(
      fast.pointwiseConv2dGradient(x, k, g),
      reference.pointwiseConv2dGradient(x, k, g),
      0,
    );
    const each = tenth([1, 1, 2, 1]);
    expectSameGradients(
      fast.depthwiseConv2dGradient(x, each, g),
      reference.depthwiseConv2dGradient(x, each, g),
      0,
    );
    expectSameGradients(
      fast.separableConv2dGradient(x, each, k, g),
      reference.separableConv2dGradient(x, each, k, g),
      0,
    );
  });
});
