/** Kernels as a column times a row: convolved with one after the other. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FloatArray, fromFunction, random, rowMajor, zeros } from "../../src/array.js";
import * as filters from "../../src/filters/index.js";
import {
  conv2d,
  depthwiseConv2d,
  fast,
  reference,
  separate,
  spatiallySeparableConv2d,
  spatiallySeparableConv2dGradient,
} from "../../src/ops/index.js";
import { asView, image, padding, perAxis, seed, small } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";
import { expectClose, expectSameOutcome, outcome } from "./close.js";
import { expectSameGradients, expectSlopes, paddingMode } from "./family-cases.js";

const product = (column: FloatArray, row: FloatArray): FloatArray =>
  fromFunction([column.size, row.size], (u, v) => rowMajor(column)[u!]! * rowMajor(row)[v!]!);
const walk = fc.record(
  { stride: perAxis(3), padding, dilation: perAxis(2), paddingMode },
  { requiredKeys: [] },
);

describe("spatiallySeparableConv2d", () => {
  test("is the convolution of every channel with the product of column and row", () => {
    fc.assert(
      fc.property(
        image,
        fc.tuple(small(4), small(4), fc.boolean(), seed),
        walk,
        (x, [kh, kw, flat, s], options) => {
          const column = random(flat ? [kh] : [kh, 1], s);
          const row = random(flat ? [kw] : [1, kw], s + 1);
          const C = x.shape.length === 2 ? 1 : x.shape.at(-1)!;
          const whole = product(column, row);
          const forEach = fromFunction([kh, kw, C, 1], (u, v) => whole.get(u!, v!));
          const kernel = x.shape.length === 2 ? whole : forEach;
          const made = outcome(() =>
            spatiallySeparableConv2d(x, column, row, { ...options, bias: 0.5 }),
          );
          const wanted = outcome(() => depthwiseConv2d(x, kernel, { ...options, bias: 0.5 }));
          if ("error" in made || "error" in wanted) expect("error" in made).toBe("error" in wanted);
          else expectClose(made.array, wanted.array, 1);
        },
      ),
      { numRuns: 300 },
    );
    const [picture, kernel] = [random([9, 8], 1), filters.sobelY()];
    const { column, row } = separate(kernel);
    expectClose(spatiallySeparableConv2d(picture, column, row), conv2d(picture, kernel));
  });

  test("gradients are slopes", () => {
    const arrays = {
      input: random([6, 5, 2], 1),
      column: random([3, 1], 2),
      row: random([1, 2], 3),
      bias: random([2], 4),
    };
    const options = {
      stride: [2, 1],
      padding: { top: 1, right: 2 },
      dilation: [1, 2],
      paddingMode: "circular",
    } as const;
    expectSlopes(
      ({ input, column, row, bias }) =>
        spatiallySeparableConv2d(input!, column!, row!, { ...options, bias: bias! }),
      arrays,
      (g) => ({
        ...spatiallySeparableConv2dGradient(arrays.input, arrays.column, arrays.row, g, options),
      }),
    );
  });

  test.each<[string, () => unknown, string | RegExp]>([
    [
      "a row as column",
      () => spatiallySeparableConv2d(zeros([5, 5]), zeros([1, 3]), zeros([1, 3])),
      "spatiallySeparableConv2d: the column is Kh×1 or Kh, as separate() gives it; got 1×3.",
    ],
    [
      "a column as row",
      () => spatiallySeparableConv2d(zeros([5, 5]), zeros([3, 1]), zeros([3, 1])),
      /the row is 1×Kw or Kw.*got 3×1/,
    ],
    [
      "nothing as row",
      () => spatiallySeparableConv2d(zeros([5, 5]), zeros([3, 1]), zeros([0])),
      /got 0/,
    ],
    [
      "too large",
      () => spatiallySeparableConv2d(zeros([5, 5]), zeros([6]), zeros([3])),
      /spans 6 rows/,
    ],
    [
      "another gradient",
      () => spatiallySeparableConv2dGradient(zeros([5, 5]), zeros([3]), zeros([3]), zeros([5, 5])),
      /3×3; got 5×5/,
    ],
  ])("ShapeError: %s", (_, call, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(expect.objectContaining({ name: "ShapeError" }));
  });
});

onEachBackEnd((_name, numRuns) => {
  test("fast spatially separable convolution gives what the loops give, and so do its gradients", () => {
    let computed = 0;
    fc.assert(
      fc.property(
        image,
        fc.tuple(small(4), small(4), fc.boolean(), seed),
        walk,
        (x, [kh, kw, view, s], options) => {
          const input = view ? asView(x) : x;
          const [column, row] = [random([kh, 1], s), random([kw], s + 1)];
          const all = { ...options, bias: 0.5 };
          const wanted = outcome(() => reference.spatiallySeparableConv2d(input, column, row, all));
          expectSameOutcome(
            outcome(() => fast.spatiallySeparableConv2d(input, column, row, all)),
            wanted,
            1,
          );
          if ("error" in wanted) return;
          computed++;
          const g = random(wanted.array.shape, s + 2);
          expectSameGradients(
            fast.spatiallySeparableConv2dGradient(input, column, row, g, all),
            reference.spatiallySeparableConv2dGradient(input, column, row, g, all),
          );
        },
      ),
      { numRuns: numRuns / 3 },
    );
    expect(computed).toBeGreaterThan(numRuns / 12);
    const [x, k, g] = [zeros([0, 4, 4, 2]), zeros([3]), zeros([0, 2, 2, 2])];
    expectClose(fast.spatiallySeparableConv2d(x, k, k), spatiallySeparableConv2d(x, k, k));
    expectSameGradients(
      fast.spatiallySeparableConv2dGradient(x, k, k, g),
      spatiallySeparableConv2dGradient(x, k, k, g),
    );
  });
});
