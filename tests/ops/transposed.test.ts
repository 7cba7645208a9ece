/** Transposed convolution of images: the transpose of a convolution. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { array, type FloatArray, fromFunction, random, toNested, zeros } from "../../src/array.js";
import {
  conv2d,
  transposedConv2d,
  transposedConv2dGradient,
  zeroInsertion,
} from "../../src/ops/index.js";
import { seed, small } from "./arbitraries.js";
import { expectClose, outcome } from "./close.js";
import { dot, expectSlopes, grouped, transposedWalk } from "./family-cases.js";

describe("transposedConv2d", () => {
  test("is the adjoint of conv2d: ⟨conv2d(x, k), y⟩ = ⟨x, transposedConv2d(y, k)⟩", () => {
    let compared = 0;
    fc.assert(
      fc.property(
        fc.tuple(small(10), small(10), small(2)),
        fc.tuple(small(4), small(4), seed),
        grouped,
        transposedWalk,
        ([h, w, n], [kh, kw, s], [groups, cx, cy], options) => {
          const k = random([kh, kw, cx, cy * groups], s);
          const x = random([n, h, w, cx * groups], s + 1);
          const forward = outcome(() => conv2d(x, k, { ...options, groups }));
          if ("error" in forward) return;
          const y = random(forward.array.shape, s + 2);
          // What the stride left out of x, the output padding puts back.
          const short = outcome(() => transposedConv2d(y, k, { ...options, groups }));
          const [oh, ow] = "error" in short ? [0, 0] : short.array.shape.slice(1);
          const [sy, sx] = [options.stride ?? 1].flatMap((one) =>
            typeof one === "number" ? [one, one] : [...one],
          ) as [number, number];
          let back: FloatArray;
          if (options.padding === "same") {
            if (h % sy > 0 || w % sx > 0) return; // "same" makes n·stride, and nothing else
            back = transposedConv2d(y, k, { ...options, groups });
          } else if ("error" in short) {
            back = transposedConv2d(y, k, { ...options, groups, outputPadding: [sy - 1, sx - 1] });
            if (back.shape[1] !== h || back.shape[2] !== w) return;
          } else {
            back = transposedConv2d(y, k, {
              ...options,
              groups,
              outputPadding: [h - oh!, w - ow!],
            });
          }
          compared++;
          expect(Math.abs(dot(forward.array, y) - dot(x, back))).toBeLessThan(1e-4);
        },
      ),
      { numRuns: 500 },
    );
    expect(compared).toBeGreaterThan(200);
  });

  test("is a convolution of the pixels moved apart, with the kernel turned", () => {
    fc.assert(
      fc.property(
        small(5),
        small(5),
        small(3),
        small(3),
        small(3),
        seed,
        (h, w, k, stride, c, s) => {
          const x = random([h, w, c], s);
          const kernel = random([k, k, 2, c], s + 1);
          const exchanged = fromFunction([k, k, c, 2], (u, v, a, b) => kernel.get(u!, v!, b!, a!));
          expectClose(
            transposedConv2d(x, kernel, { stride }),
            conv2d(zeroInsertion(x, stride), exchanged, { padding: "full", flip: true }),
            1,
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  test("one value stamps the kernel", () => {
    expect(
      toNested(
        transposedConv2d(
          array([[2]]),
          array([
            [1, 2],
            [3, 4],
          ]),
        ),
      ),
    ).toEqual([
      [2, 4],
      [6, 8],
    ]);
    expect(
      toNested(
        transposedConv2d(
          array([[2]]),
          array([
            [1, 2],
            [3, 4],
          ]),
          { dilation: 2, bias: 1 },
        ),
      ),
    ).toEqual([
      [3, 1, 5],
      [1, 1, 1],
      [7, 1, 9],
    ]);
  });

  test("sizes", () => {
    const size = (n: number, k: number, options: object): number[] =>
      transposedConv2d(zeros([n, n]), zeros([k, k]), options).shape;
    expect(size(4, 3, { stride: 2 })).toEqual([9, 9]);
    expect(size(4, 3, { stride: 2, padding: 1, outputPadding: 1 })).toEqual([8, 8]);
    expect(size(4, 4, { stride: 2, padding: 1 })).toEqual([8, 8]);
    expect(size(4, 3, { stride: 2, padding: "same" })).toEqual([8, 8]);
    expect(size(4, 4, { stride: 2, padding: "same" })).toEqual([8, 8]);
    expect(size(4, 1, { stride: 3, padding: "same" })).toEqual([12, 12]); // the kernel is smaller than the stride
    expect(size(4, 2, { stride: 3 })).toEqual([11, 11]);
    expect(size(4, 3, { padding: "full" })).toEqual([2, 2]);
    expect(size(4, 3, { stride: [1, 3], padding: { top: 1, right: 2 }, dilation: [2, 1] })).toEqual(
      [7, 10],
    );
    expect(transposedConv2d(zeros([0, 2, 2, 3]), zeros([2, 2, 5, 3])).shape).toEqual([0, 3, 3, 5]);
    expect(transposedConv2d(zeros([2, 2]), zeros([2, 2, 5, 1])).shape).toEqual([3, 3, 5]);
  });

  test("'same' cuts as a convolution of the result would pad", () => {
    const x = array([[1, 0, 0]]);
    expect(
      toNested(transposedConv2d(x, array([[1, 2, 3]]), { stride: [1, 2], padding: "same" })),
    ).toEqual([[1, 2, 3, 0, 0, 0]]);
    expect(
      toNested(transposedConv2d(x, array([[1, 2, 3, 4]]), { stride: [1, 2], padding: "same" })),
    ).toEqual([[2, 3, 4, 0, 0, 0]]);
  });

  test("rows of the output padding that no stamp reaches hold the bias", () => {
    const y = transposedConv2d(array([[1]]), array([[5]]), {
      stride: 2,
      outputPadding: 1,
      bias: 0.5,
    });
    expect(toNested(y)).toEqual([
      [5.5, 0.5],
      [0.5, 0.5],
    ]);
  });

  test.each([
    { stride: 2, padding: 1, outputPadding: 1 },
    { stride: [1, 3], dilation: [2, 1], padding: { top: 1, right: 2 } },
    { stride: 2, padding: "same" },
    { stride: 3, outputPadding: [2, 1], groups: 2 },
  ] as const)("gradients are slopes: %o", (options) => {
    const groups = ("groups" in options && options.groups) || 1;
    const arrays = {
      input: random([2, 3, 4, 2], 1),
      kernel: random([3, 2, 3, 2], 2),
      bias: random([3 * groups], 3),
    };
    expectSlopes(
      ({ input, kernel, bias }) => transposedConv2d(input!, kernel!, { ...options, bias: bias! }),
      arrays,
      (g) => ({ ...transposedConv2dGradient(arrays.input, arrays.kernel, g, options) }),
    );
  });

  test.each<[string, () => unknown, string | RegExp]>([
    [
      "three axes",
      () => transposedConv2d(zeros([4, 4, 3]), zeros([3, 3, 3])),
      "transposedConv2d: the kernel is that of the convolution, Kh×Kw×(result's channels)×(input's channels), or Kh×Kw; got 3×3×3.",
    ],
    [
      "an empty kernel",
      () => transposedConv2d(zeros([4, 4]), zeros([0, 3])),
      /empty along one axis/,
    ],
    [
      "channels exchanged",
      () => transposedConv2d(zeros([4, 4, 3]), zeros([3, 3, 3, 5])),
      /has 3 channels.*reads 5 \(its last axis\)/,
    ],
    [
      "groups",
      () => transposedConv2d(zeros([4, 4, 3]), zeros([3, 3, 1, 3]), { groups: 2 }),
      /2 groups cannot share the input's 3 channels/,
    ],
    [
      "nothing left",
      () => transposedConv2d(zeros([1, 1]), zeros([3, 3]), { padding: 2 }),
      "transposedConv2d: the stamps cover 3 rows, and a padding of 2 and 2 leaves none of them. Take less padding.",
    ],
    [
      "biases",
      () => transposedConv2d(zeros([4, 4, 3]), zeros([3, 3, 2, 3]), { bias: [1, 2, 3] }),
      /the bias has 3 numbers for 2 output channels/,
    ],
    [
      "a gradient of another shape",
      () => transposedConv2dGradient(zeros([2, 2]), zeros([2, 2]), zeros([2, 2])),
      /3×3; got 2×2/,
    ],
  ])("ShapeError: %s", (_, call, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(expect.objectContaining({ name: "ShapeError" }));
  });

  test.each<[string, () => unknown, string | RegExp]>([
    [
      "output padding as large as the stride",
      () => transposedConv2d(zeros([2, 2]), zeros([2, 2]), { stride: 2, outputPadding: 2 }),
      /output padding must be smaller than the stride, 2; got 2/,
    ],
    [
      "output padding with same",
      () =>
        transposedConv2d(zeros([2, 2]), zeros([3, 3]), {
          stride: 2,
          padding: "same",
          outputPadding: 1,
        }),
      /"same" makes n·stride rows/,
    ],
    [
      "stride 0",
      () => transposedConv2d(zeros([2, 2]), zeros([2, 2]), { stride: 0 }),
      /stride.*got 0/,
    ],
    [
      "padding in words",
      () => transposedConv2d(zeros([2, 2]), zeros([2, 2]), { padding: "all" as never }),
      /padding.*got "all"/,
    ],
    [
      "half a group",
      () => transposedConv2d(zeros([2, 2]), zeros([2, 2]), { groups: 0.5 }),
      /number of groups.*got 0\.5/,
    ],
  ])("ArgumentError: %s", (_, call, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(expect.objectContaining({ name: "ArgumentError" }));
  });
});
