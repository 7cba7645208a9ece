/** Pointwise convolution: what it is, and the fast version like the loops. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromData, random, rowMajor, zeros } from "../../src/array.js";
import {
  conv2d,
  fast,
  pointwiseConv2d,
  pointwiseConv2dGradient,
  reference,
} from "../../src/ops/index.js";
import { asView, imageOf, rank, seed, sizes, small } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";
import { expectClose } from "./close.js";
import { expectSameGradients, expectSlopes } from "./family-cases.js";

const grouped = fc.tuple(small(3), small(3), small(3));

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
});
