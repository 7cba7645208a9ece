/** Borders: on paper, their gradients, and the fast ones against the loops on every back end that loads here. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { array, type FloatArray, fromData, random, rowMajor, toNested } from "../../src/array.js";
import { fast, type PadMode, pad, pad1d, pad3d, reference } from "../../src/ops/index.js";
import { asView, seed, small } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";
import { expectClose, expectSameOutcome, outcome } from "./close.js";

type Pad = (x: FloatArray, padding: unknown, mode: PadMode) => FloatArray;
type PadGradient = (x: FloatArray, padding: unknown, g: FloatArray, mode: PadMode) => FloatArray;

const names = ["pad1d", "pad", "pad3d"] as const;
const mode = fc.constantFrom<PadMode>("zero", "reflect", "replicate", "circular");
const sideNames = [
  ["before", "after"],
  ["top", "bottom", "left", "right"],
  ["front", "back", "top", "bottom", "left", "right"],
] as const;

/** A random padding over so many spatial axes. */
const anyPadding = (
  dimensions: number,
): fc.Arbitrary<{ x: FloatArray; padding: unknown; mode: PadMode }> => {
  const list = fc.array(small(3, 0), {
    minLength: Math.max(2, dimensions),
    maxLength: Math.max(2, dimensions),
  });
  const sides = Object.fromEntries(sideNames[dimensions - 1]!.map((side) => [side, small(4, 0)]));
  return fc
    .record({
      N: small(2, 0),
      extra: fc.constantFrom(0, 1, 2),
      size: fc.array(small(5), { minLength: dimensions, maxLength: dimensions }),
      C: small(3),
      padding: fc.oneof(small(3, 0), list, fc.record(sides, { requiredKeys: [] })),
      mode,
      seed,
      view: fc.boolean(),
    })
    .map(({ N, extra, size, C, view, ...rest }) => {
      const shape = extra === 0 ? size : extra === 1 ? [...size, C] : [N, ...size, C];
      const x = random(shape, rest.seed);
      return { x: view && x.size > 0 ? asView(x) : x, padding: rest.padding, mode: rest.mode };
    });
};

describe("on paper", () => {
  const x = array([1, 2, 3]);
  test.each<[PadMode, number[]]>([
    ["zero", [0, 0, 1, 2, 3, 0]],
    ["reflect", [3, 2, 1, 2, 3, 2]],
    ["replicate", [1, 1, 1, 2, 3, 3]],
    ["circular", [2, 3, 1, 2, 3, 1]],
  ])("%s", (border, wanted) => {
    expect(toNested(pad1d(x, [2, 1], border))).toEqual(wanted);
    expect(toNested(pad(array([[1, 2, 3]]), { left: 2, right: 1 }, border))).toEqual([wanted]);
    expect(toNested(pad3d(array([[[1, 2, 3]]]), { left: 2, right: 1 }, border))).toEqual([
      [wanted],
    ]);
  });

  test("down and deep", () => {
    expect(toNested(pad(array([[1], [2]]), [1, 0], "circular"))).toEqual([[2], [1], [2], [1]]);
    expect(toNested(pad3d(array([[[1]], [[2]]]), { front: 1 }, "replicate"))).toEqual([
      [[1]],
      [[1]],
      [[2]],
    ]);
  });

  test("NaN and infinities are copied, and stay where they are in a gradient", () => {
    const strange = array([Number.NaN, 1, Number.POSITIVE_INFINITY]);
    expect(toNested(pad1d(strange, 1, "replicate"))).toEqual([
      Number.NaN,
      Number.NaN,
      1,
      Number.POSITIVE_INFINITY,
      Number.POSITIVE_INFINITY,
    ]);
    const g = array([Number.NaN, 1, 2, 3, Number.NEGATIVE_INFINITY]);
    expect(toNested(reference.pad1dGradient(strange, 1, g, "circular"))).toEqual([
      Number.NEGATIVE_INFINITY,
      2,
      Number.NaN,
    ]);
  });
});

describe.each(names)("%s", (name) => {
  const dimensions = names.indexOf(name) + 1;
  const put = reference[name] as Pad;
  const back = reference[`${name}Gradient`] as PadGradient;

  test("its gradient is its finite differences", () => {
    let computed = 0;
    fc.assert(
      fc.property(anyPadding(dimensions), (call) => {
        const y = outcome(() => put(call.x, call.padding, call.mode));
        if ("error" in y) return;
        computed++;
        const g = random(y.array.shape, 3);
        const slopes = rowMajor(call.x).map((_, i) => {
          const one = new Float32Array(call.x.size);
          one[i] = 1; // padding is linear: what a single 1 makes is its slope
          const made = rowMajor(put(fromData(one, call.x.shape), call.padding, call.mode));
          return made.reduce((total, value, place) => total + value * rowMajor(g)[place]!, 0);
        });
        const wanted = fromData(slopes, call.x.shape);
        expectClose(back(call.x, call.padding, g, call.mode), wanted, 1);
      }),
      { numRuns: 200 },
    );
    expect(computed).toBeGreaterThan(60);
  });

  onEachBackEnd((_name, numRuns) => {
    test("fast is the loops", () => {
      let computed = 0;
      fc.assert(
        fc.property(anyPadding(dimensions), (call) => {
          const wanted = outcome(() => put(call.x, call.padding, call.mode));
          const got = outcome(() => (fast[name] as Pad)(call.x, call.padding, call.mode));
          expectSameOutcome(got, wanted);
          if ("error" in wanted) return;
          computed++;
          const g = random(wanted.array.shape, 3);
          const quick = fast[`${name}Gradient`] as PadGradient;
          expectClose(
            quick(call.x, call.padding, g, call.mode),
            back(call.x, call.padding, g, call.mode),
            1,
          );
        }),
        { numRuns: numRuns / 2 },
      );
      expect(computed).toBeGreaterThan(numRuns / 8);
    });

    test("NaN and infinities are copied", () => {
      const shape = [2, 3, 2].slice(3 - dimensions);
      const x = random(shape, 1);
      x.data[0] = Number.NaN;
      x.data[1] = Number.POSITIVE_INFINITY;
      for (const border of ["zero", "reflect", "replicate", "circular"] as const) {
        const wanted = put(x, 1, border);
        expect(Array.from((fast[name] as Pad)(x, 1, border).data)).toEqual(Array.from(wanted.data));
        const g = random(wanted.shape, 2);
        g.data[0] = Number.NaN;
        g.data[g.size >> 1] = Number.NEGATIVE_INFINITY;
        const quick = (fast[`${name}Gradient`] as PadGradient)(x, 1, g, border);
        const slow = back(x, 1, g, border);
        const kinds = (a: FloatArray): string[] =>
          Array.from(rowMajor(a), (value) => (Number.isFinite(value) ? "finite" : `${value}`));
        expect(kinds(quick)).toEqual(kinds(slow));
      }
    });
  });
});

describe.each([
  ["reference", reference],
  ["fast", fast],
])("mistakes in %s", (_, ops) => {
  const signal = random([3], 1);
  const image = random([3, 4], 1);
  test.each<[string, () => unknown, string, string]>([
    [
      "mirrored too far",
      () => ops.pad(image, [3, 0], "reflect"),
      "ShapeError",
      "pad: 3 rows can be mirrored by at most 2, since the edge itself is not repeated; got 3.",
    ],
    [
      "wound around twice",
      () => ops.pad1d(signal, 4, "circular"),
      "ShapeError",
      "pad1d: 3 steps can be repeated around by at most 3, once on each side; got 4.",
    ],
    [
      "an unknown mode",
      () => ops.pad3d(random([2, 2, 2], 1), 1, "mirror" as never),
      "ArgumentError",
      'pad3d: the mode of a padding is "zero", "reflect", "replicate" or "circular"; got "mirror".',
    ],
    [
      "an unknown side",
      () => ops.pad1d(signal, { left: 1 } as never),
      "ArgumentError",
      'Padding has the sides before and after; there is no "left".',
    ],
    [
      "three numbers for two ends",
      () => ops.pad1d(signal, [1, 2, 3] as never),
      "ArgumentError",
      "The padding is one number, or two as [before, after]; got [1,2,3].",
    ],
    [
      "two numbers for three axes",
      () => ops.pad3d(random([2, 2, 2], 1), [1, 2] as never),
      "ArgumentError",
      "The padding is one number, or three as [depth, vertical, horizontal]; got [1,2].",
    ],
    [
      "padding in words",
      () => ops.pad(image, "same" as never),
      "ArgumentError",
      'The padding is a number, [vertical, horizontal] or { top, bottom, left, right }; got "same".',
    ],
    [
      "a gradient of another shape",
      () => ops.padGradient(image, 1, image),
      "ShapeError",
      "padGradient: the output's gradient has one number for each number of the output, 5×6; got 3×4.",
    ],
    [
      "an image for a signal",
      () => ops.pad1d(random([2, 3, 4, 5], 1), 1),
      "ShapeError",
      "pad1d: the input is L, L×C or N×L×C; got 2×3×4×5.",
    ],
  ])("%s", (_what, call, name, message) => {
    expect(call).toThrow(expect.objectContaining({ name, message }));
  });
});
