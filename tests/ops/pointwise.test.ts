/** Pointwise and depthwise separable convolution: what they are, and the fast versions like the loops. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FloatArray, fromData, random, rowMajor, zeros } from "../../src/array.js";
import {
  conv2d,
  depthwiseConv2d,
  fast,
  pointwiseConv2d,
  pointwiseConv2dGradient,
  reference,
  separableConv2d,
  separableConv2dGradient,
} from "../../src/ops/index.js";
import { asView, padding, perAxis, seed, small } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";
import { expectClose, expectSameOutcome, outcome } from "./close.js";
import { expectSameGradients, expectSlopes, paddingMode } from "./family-cases.js";

/** An image of every rank, with the channels that are asked for when it has any. */
const imageOf = (
  rank: number,
  [n, h, w]: readonly [number, number, number],
  c: number,
  s: number,
): FloatArray => random(rank === 2 ? [h, w] : rank === 3 ? [h, w, c] : [n, h, w, c], s);
const sizes = fc.tuple(small(3), small(7), small(7));
const rank = fc.constantFrom(2, 3, 4);
const grouped = fc.tuple(small(3), small(3), small(3));
const walk = fc.record(
  { stride: perAxis(3), padding, dilation: perAxis(2), paddingMode },
  { requiredKeys: [] },
);

describe("pointwiseConv2d", () => {
  test("is conv2d with a kernel of 1×1", () => {
    fc.assert(
      fc.property(rank, sizes, grouped, fc.boolean(), seed, (r, size, [groups, a, b], flat, s) => {
        const [g, Cin] = r === 2 ? [1, 1] : [groups, a];
        const x = imageOf(r, size, Cin * g, s);
        const k = random([1, 1, Cin, b * g], s + 1);
        const kernel = flat ? fromData(rowMajor(k), [Cin, b * g]) : k;
        const options = { groups: g, bias: Array.from({ length: b * g }, (_, m) => m) };
        expectClose(pointwiseConv2d(x, kernel, options), conv2d(x, k, options), 1);
      }),
      { numRuns: 200 },
    );
  });

  test("gradients are slopes", () => {
    const arrays = {
      input: random([2, 2, 3, 4], 1),
      kernel: random([2, 6], 2),
      bias: random([6], 3),
    };
    expectSlopes(
      ({ input, kernel, bias }) => pointwiseConv2d(input!, kernel!, { groups: 2, bias: bias! }),
      arrays,
      (g) => ({ ...pointwiseConv2dGradient(arrays.input, arrays.kernel, g, { groups: 2 }) }),
    );
  });

  test.each<[string, () => unknown, string | RegExp]>([
    [
      "ShapeError",
      () => pointwiseConv2d(zeros([4, 4, 3]), zeros([3, 3, 3, 8])),
      "pointwiseConv2d: the kernel is Cin×Cout or 1×1×Cin×Cout; got 3×3×3×8. A larger kernel is for conv2d.",
    ],
    ["ShapeError", () => pointwiseConv2d(zeros([4, 4, 3]), zeros([3])), /got 3\./],
    ["ShapeError", () => pointwiseConv2d(zeros([4, 4, 3]), zeros([3, 0])), /empty along one axis/],
    [
      "ShapeError",
      () => pointwiseConv2d(zeros([5, 5, 3]), zeros([4, 8])),
      /3 channels.*reads 4 \(Cin\)/,
    ],
    [
      "ShapeError",
      () => pointwiseConv2d(zeros([5, 5, 3]), zeros([2, 8]), { groups: 2 }),
      /reads 4 \(2 groups of 2\)/,
    ],
    [
      "ShapeError",
      () => pointwiseConv2d(zeros([4, 9, 9]), zeros([4, 8])),
      "pointwiseConv2d: expected H×W×C with the 4 channels that the kernel 4×8 reads, got shape 4×9×9: is this C×H×W? Use toHWC(input).",
    ],
    ["ShapeError", () => pointwiseConv2d(zeros([3, 4, 4]), zeros([3, 8])), /toHWC\(input\)/],
    [
      "ShapeError",
      () => pointwiseConv2d(zeros([4, 4, 2]), zeros([1, 3]), { groups: 2 }),
      /2 groups cannot share 3 output channels/,
    ],
    [
      "ArgumentError",
      () => pointwiseConv2d(zeros([4, 4, 2]), zeros([2, 3]), { groups: 0 }),
      /number of groups.*got 0/,
    ],
    [
      "ShapeError",
      () => pointwiseConv2dGradient(zeros([4, 4, 2]), zeros([2, 3]), zeros([4, 4, 2])),
      /4×4×3; got 4×4×2/,
    ],
  ])("%s", (name, call, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(expect.objectContaining({ name }));
  });
});

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
  test("fast pointwise convolution gives what the loops give, and so do its gradients", () => {
    fc.assert(
      fc.property(
        rank,
        sizes,
        grouped,
        fc.boolean(),
        fc.boolean(),
        seed,
        (r, [n, h, w], [groups, a, b], flat, view, s) => {
          const [g, Cin] = r === 2 ? [1, 1] : [groups, a];
          const x = imageOf(r, [n - 1, h, w], Cin * g, s);
          const input = view ? asView(x) : x;
          const kernel = random(flat ? [Cin, b * g] : [1, 1, Cin, b * g], s + 1);
          const options = { groups: g, bias: 0.5 };
          const wanted = reference.pointwiseConv2d(input, kernel, options);
          expectClose(fast.pointwiseConv2d(input, kernel, options), wanted, 1);
          const slopes = random(wanted.shape, s + 2);
          expectSameGradients(
            fast.pointwiseConv2dGradient(input, kernel, slopes, options),
            reference.pointwiseConv2dGradient(input, kernel, slopes, options),
          );
        },
      ),
      { numRuns: numRuns / 3 },
    );
  });

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
