/** Depthwise convolution: what it is, and the fast version like the loops. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { array, type FloatArray, fromFunction, random, toNested, zeros } from "../../src/array.js";
import * as fastDepthwise from "../../src/ops/fast/depthwise.js";
import { conv2d } from "../../src/ops/reference/convolution.js";
import { depthwiseConv2d, depthwiseConv2dGradient } from "../../src/ops/reference/depthwise.js";
import { asView, image, padding, perAxis, seed, small } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";
import { expectClose, expectSameOutcome, outcome } from "./close.js";
import { expectSameGradients, expectSlopes, paddingMode } from "./family-cases.js";

const channelsOf = (x: FloatArray): number => (x.shape.length === 2 ? 1 : x.shape.at(-1)!);
const walk = fc.record(
  {
    stride: perAxis(3),
    padding: fc.oneof(padding, fc.constant("full" as const)),
    dilation: perAxis(3),
    paddingMode,
  },
  { requiredKeys: [] },
);

describe("depthwiseConv2d", () => {
  test("is a convolution in as many groups as there are channels", () => {
    fc.assert(
      fc.property(
        image,
        fc.tuple(small(4), small(4), small(3), seed),
        walk,
        (x, [kh, kw, q, s], options) => {
          const C = channelsOf(x);
          const k = random([kh, kw, C, q], s);
          // C·q filters of one channel each: the same numbers in the order that groups have them.
          const grouped = fromFunction([kh, kw, 1, C * q], (u, v, _, o) =>
            k.get(u!, v!, Math.floor(o! / q), o! % q),
          );
          expectSameOutcome(
            stripName(outcome(() => depthwiseConv2d(x, k, { ...options, bias: 0.5 }))),
            stripName(outcome(() => conv2d(x, grouped, { ...options, bias: 0.5, groups: C }))),
            1,
          );
        },
      ),
      { numRuns: 300 },
    );
  });

  test("mixes no channels", () => {
    const x = array([
      [
        [1, 10],
        [2, 20],
      ],
    ]);
    expect(
      toNested(
        depthwiseConv2d(
          x,
          array([
            [
              [
                [1, 2],
                [1, 3],
              ],
              [
                [1, 0],
                [-1, 0],
              ],
            ],
          ]),
          { bias: [0, 0, 0, 1] },
        ),
      ),
    ).toEqual([[[3, 2, -10, 31]]]);
  });

  test("shapes: H×W, one pixel, an empty batch", () => {
    expect(depthwiseConv2d(zeros([5, 6]), zeros([2, 3])).shape).toEqual([4, 4]);
    expect(depthwiseConv2d(zeros([5, 6]), zeros([2, 3, 1, 2])).shape).toEqual([4, 4, 2]);
    expect(depthwiseConv2d(zeros([1, 1, 1]), array([[2]]), { bias: 3 }).shape).toEqual([1, 1, 1]);
    expect(depthwiseConv2d(zeros([0, 4, 4, 2]), zeros([3, 3, 2, 1])).shape).toEqual([0, 2, 2, 2]);
    const { kernel, bias } = depthwiseConv2dGradient(
      zeros([0, 4, 4, 2]),
      zeros([3, 3, 2, 1]),
      zeros([0, 2, 2, 2]),
    );
    expect([kernel.shape, bias.shape]).toEqual([[3, 3, 2, 1], [2]]);
  });

  test.each(["zero", "reflect", "replicate", "circular"] as const)(
    "gradients are slopes: %s",
    (mode) => {
      const options = {
        stride: [2, 1],
        padding: { top: 2, left: 1, right: 2 },
        dilation: [1, 2],
        paddingMode: mode,
      } as const;
      const arrays = {
        input: random([2, 5, 6, 2], 1),
        kernel: random([3, 2, 2, 3], 2),
        bias: random([6], 3),
      };
      expectSlopes(
        ({ input, kernel, bias }) => depthwiseConv2d(input!, kernel!, { ...options, bias: bias! }),
        arrays,
        (g) => ({ ...depthwiseConv2dGradient(arrays.input, arrays.kernel, g, options) }),
      );
    },
  );

  test("what it is given stays as it was", () => {
    const [x, k, g] = [random([4, 4, 2], 1), random([2, 2, 2, 2], 2), random([3, 3, 4], 3)];
    const before = [x, k, g].map((a) => toNested(a));
    depthwiseConv2d(x, k);
    depthwiseConv2dGradient(x, k, g);
    expect([x, k, g].map((a) => toNested(a))).toEqual(before);
  });

  test.each<[string, () => unknown, string | RegExp]>([
    [
      "too few axes",
      () => depthwiseConv2d(zeros([4, 4, 3]), zeros([3, 3, 3])),
      "depthwiseConv2d: the kernel is Kh×Kw×C×multiplier, or Kh×Kw for one channel; got 3×3×3. One filter for each channel is 3×3×3×1.",
    ],
    [
      "an empty kernel",
      () => depthwiseConv2d(zeros([4, 4, 3]), zeros([3, 0, 3, 1])),
      /empty along one axis/,
    ],
    [
      "other channels",
      () => depthwiseConv2d(zeros([4, 4, 3]), zeros([3, 3, 2, 1])),
      "depthwiseConv2d: the input 4×4×3 has 3 channels (its last axis), but the kernel 3×3×2×1 reads 2 (its third axis). The two must be equal.",
    ],
    [
      "channels first",
      () => depthwiseConv2d(zeros([3, 8, 8]), zeros([3, 3, 3, 1])),
      /C×H×W.*toHWC\(input\)/,
    ],
    [
      "a batch, channels first",
      () => depthwiseConv2d(zeros([2, 3, 8, 8]), zeros([3, 3, 3, 1])),
      /N×C×H×W/,
    ],
    [
      "biases",
      () => depthwiseConv2d(zeros([4, 4]), zeros([3, 3]), { bias: [1, 2] }),
      /the bias has 2 numbers for 1 output channels/,
    ],
    [
      "a kernel too large",
      () => depthwiseConv2d(zeros([4, 4]), zeros([5, 3])),
      /spans 5 rows, but the input has 4/,
    ],
    [
      "a gradient of another shape",
      () => depthwiseConv2dGradient(zeros([4, 4]), zeros([3, 3]), zeros([4, 4])),
      /2×2; got 4×4/,
    ],
    [
      "no mirror",
      () => depthwiseConv2d(zeros([2, 4]), zeros([3, 3]), { padding: 2, paddingMode: "reflect" }),
      /mirrored by at most 1/,
    ],
  ])("ShapeError: %s", (_, call, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(expect.objectContaining({ name: "ShapeError" }));
  });

  test.each<[string, () => unknown, string | RegExp]>([
    [
      "a bias in words",
      () => depthwiseConv2d(zeros([4, 4]), zeros([3, 3]), { bias: ["1"] as never }),
      /bias is a number, or one number for each/,
    ],
    [
      "an unknown mode",
      () => depthwiseConv2d(zeros([4, 4]), zeros([3, 3]), { paddingMode: "wrap" as never }),
      /"circular"; got "wrap"/,
    ],
    [
      "stride 0",
      () => depthwiseConv2d(zeros([4, 4]), zeros([3, 3]), { stride: 0 }),
      /stride.*got 0/,
    ],
  ])("ArgumentError: %s", (_, call, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(expect.objectContaining({ name: "ArgumentError" }));
  });
});

/** Errors of two operations differ in the operation's name, in how a kernel is described, and in nothing else. */
function stripName<T extends object>(result: T): T | { error: string } {
  return "error" in result ? { error: String(result.error).split(":")[0]! } : result;
}

onEachBackEnd((_name, numRuns) => {
  test("fast depthwise convolution gives what the loops give, and so do its gradients", () => {
    let computed = 0;
    fc.assert(
      fc.property(
        image,
        fc.tuple(small(4), small(4), small(3), fc.boolean(), seed),
        walk,
        fc.boolean(),
        (x, [kh, kw, q, flat, s], options, view) => {
          const C = channelsOf(x);
          const k = random(flat && C === 1 ? [kh, kw] : [kh, kw, C, q], s);
          const input = view ? asView(x) : x;
          const all = { ...options, bias: 0.25 };
          const wanted = outcome(() => depthwiseConv2d(input, k, all));
          expectSameOutcome(
            outcome(() => fastDepthwise.depthwiseConv2d(input, k, all)),
            wanted,
            1,
          );
          if ("error" in wanted) return;
          computed++;
          const g = random(wanted.array.shape, s + 1);
          expectSameGradients(
            fastDepthwise.depthwiseConv2dGradient(input, k, g, options),
            depthwiseConv2dGradient(input, k, g, options),
          );
        },
      ),
      { numRuns },
    );
    expect(computed).toBeGreaterThan(numRuns / 4);
  });

  test("an empty batch", () => {
    const [x, k, g] = [zeros([0, 4, 4, 2]), zeros([3, 3, 2, 1]), zeros([0, 2, 2, 2])];
    expectClose(fastDepthwise.depthwiseConv2d(x, k), depthwiseConv2d(x, k));
    expectSameGradients(
      fastDepthwise.depthwiseConv2dGradient(x, k, g),
      depthwiseConv2dGradient(x, k, g),
    );
  });
});
