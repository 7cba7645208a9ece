import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { array, fromFunction } from "../../src/array.js";
import { ArgumentError, ShapeError } from "../../src/errors.js";
import * as filters from "../../src/filters/index.js";
import { digit } from "../../src/image/index.js";
import { type ConvOptions, conv1d, conv2d } from "../../src/ops/index.js";
import { numberText } from "../../src/plot/numbers.js";
import { slideScene } from "../../src/plot/slide/figure.js";
import { gridCells } from "../../src/plot/slide/grid-cells.js";
import * as plot from "../../src/plot/slide/index.js";
import { convolutionMoves } from "../../src/plot/slide/moves.js";
import { movingPart } from "../../src/plot/slide/moving-part.js";
import { outlines, places, sceneOf, sumText, toy, whole } from "./slide-scenes.js";

/** Works out what is written on the left and reads what is claimed on the right. */
function workOut(text: string): { left: number; right: number } {
  const [sum = "", claimed = ""] = text.replace("(bias)", "").split(/[=≈]/);
  const left = sum.split(" + ").reduce((total, term) => {
    const factors = term
      .replace(/[()\s+]/g, "")
      .split("*")
      .map(Number);
    return total + factors.reduce((a, b) => a * b, 1);
  }, 0);
  return { left, right: Number(claimed) };
}

describe("the moving window of a convolution", () => {
  test("every written sum, worked out, is the value that conv2d gives", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 4, max: 7 }),
        fc.integer({ min: 4, max: 7 }),
        fc.integer({ min: 1, max: 3 }),
        fc.integer({ min: 1, max: 3 }),
        fc.record({
          stride: fc.integer({ min: 1, max: 3 }),
          padding: fc.constantFrom<NonNullable<ConvOptions["padding"]>>("valid", 1, 2, [0, 1], {
            top: 1,
            left: 2,
          }),
          dilation: fc.integer({ min: 1, max: 2 }),
          paddingMode: fc.constantFrom<NonNullable<ConvOptions["paddingMode"]>>(
            "zero",
            "reflect",
            "replicate",
            "circular",
          ),
          bias: fc.constantFrom(0, 1.5, -2),
          flip: fc.boolean(),
        }),
        fc.nat(50),
        (h, w, kh, kw, options, seed) => {
          fc.pre(1 + (kh - 1) * options.dilation <= h && 1 + (kw - 1) * options.dilation <= w);
          const input = fromFunction([h, w], whole(seed));
          const kernel = fromFunction([kh, kw], whole(seed + 3));
          const wanted = conv2d(input, kernel, options);
          const scene = slideScene(convolutionMoves(input, kernel, options));
          expect(places(scene)).toHaveLength(wanted.data.length);
          for (const place of places(scene)) {
            const { left, right } = workOut(sumText(scene, place));
            expect(right).toBeCloseTo(wanted.data[place]!, 5);
            expect(left).toBeCloseTo(right, 5);
          }
        },
      ),
      { numRuns: 60 },
    );
  });

  test("a row of numbers: every written sum is the value that conv1d gives", () => {
    const input = fromFunction([9], whole(1));
    const kernel = fromFunction([3], whole(5));
    for (const options of [
      {},
      { padding: 1 },
      { padding: [2, 0] as [number, number], dilation: 2 },
    ]) {
      const wanted = conv1d(input, kernel, options);
      const scene = sceneOf(plot.slide(input, kernel, options));
      expect(scene.flat).toBe(true);
      expect(scene.places).toEqual([1, wanted.data.length]);
      for (const place of places(scene)) {
        const { left, right } = workOut(sumText(scene, place));
        expect(right).toBeCloseTo(wanted.data[place]!, 5);
        expect(left).toBeCloseTo(right, 5);
      }
    }
  });

  test("the outline lies on the pixels that are multiplied", () => {
    // A kernel of one 1 reads one pixel: its cell of the outline must be that pixel's, in the input's own numbering.
    const input = fromFunction([6, 7], (y, x) => 10 * y! + x! + 1);
    const options = { stride: 2, padding: 1, dilation: 2 };
    for (const [u, v] of [
      [0, 0],
      [1, 2],
      [2, 1],
    ] as const) {
      const kernel = fromFunction([3, 3], (y, x) => (y === u && x === v ? 1 : 0));
      const output = conv2d(input, kernel, options);
      const scene = sceneOf(plot.slide(input, kernel, options));
      for (const place of places(scene)) {
        const [y = 0, x = 0, height, width] = outlines(scene, place).wide[3 * u + v]!;
        expect([height, width]).toEqual([1, 1]);
        const inside = y >= 0 && y < 6 && x >= 0 && x < 7;
        expect(output.data[place]).toBe(inside ? input.get(y, x) : 0);
      }
    }
  });

  test("the outline of the output visits every place once, in reading order", () => {
    const scene = sceneOf(plot.slide(toy, filters.box(3), { stride: [1, 2] }));
    expect(places(scene).map((place) => outlines(scene, place).narrow)).toEqual(
      [0, 1, 2, 3].flatMap((y) => [0, 1].map((x) => [y, x, 1, 1])),
    );
    expect(outlines(scene, 3).wide).toEqual([[1, 2, 3, 3]]);
  });

  test("the kernel of a row stands below the numbers that it is multiplied with", () => {
    const scene = sceneOf(plot.slide(array([1, 2, 3, 4, 5, 6]), array([1, -1]), { stride: 2 }));
    const part = movingPart(scene, 2, gridCells, numberText);
    const [, x] = /<rect x="([\d.]+)"/.exec(part)!;
    expect(Number(x)).toBeCloseTo(scene.input.x + 4 * scene.input.cell, 1);
  });

  test("a digit stays far under 300 kB, with or without padding", () => {
    for (const options of [{}, { padding: "same" } as const]) {
      const figure = plot.slide(digit(7), filters.sobelX(), options);
      expect(figure.html().length).toBeLessThan(60_000);
      expect(figure.svg().length).toBeLessThan(60_000);
    }
  });

  const startOf = (figure: { html(): string }): number =>
    Number(/type="range" [^>]*value="(\d+)"/.exec(figure.html())![1]);

  test("a digit starts where the answer is strongest, a toy at the first place", () => {
    const output = conv2d(digit(7), filters.sobelY());
    const strongest = output.data.reduce(
      (best, v, i) => (Math.abs(v) > Math.abs(output.data[best]!) ? i : best),
      0,
    );
    expect(startOf(plot.slide(digit(7), filters.sobelY()))).toBe(strongest);
    expect(startOf(plot.slide(toy, filters.sobelY()))).toBe(0);
    expect(startOf(plot.slide(toy, filters.sobelX(), { at: [1, 2] }))).toBe(6);
  });

  test("rounded sums say ≈, exact ones =", () => {
    const third = fromFunction([3, 3], () => 1 / 3);
    expect(sumText(sceneOf(plot.slide(toy, third)), 0)).toContain("≈");
    expect(sumText(sceneOf(plot.slide(toy, filters.sobelX())), 0)).not.toContain("≈");
  });

  test("long lines are written as products, large kernels as rows or a total", () => {
    const text = (side: number): string =>
      sumText(sceneOf(plot.slide(digit(7), filters.gaussian(side / 4, side))), 0);
    expect(text(5)).not.toContain("*");
    expect(text(5).split(" + ")).toHaveLength(25);
    expect(text(7).split(" + ")).toHaveLength(7);
    expect(text(11)).toContain("(121)");
  });

  test("convolution shows the kernel as it is laid: turned by half a turn", () => {
    const kernel = array([
      [1, 2],
      [3, 4],
    ]);
    const figure = plot.slide(toy, kernel, { flip: true });
    expect(sceneOf(figure).kernel!.values).toEqual([4, 3, 2, 1]);
    expect(figure.html()).toContain("turned");
  });

  test("padding is drawn around the input, in the input's own numbering", () => {
    const { input } = sceneOf(plot.slide(toy, filters.box(3), { padding: "same" }));
    expect(input).toMatchObject({ firstRow: -1, firstColumn: -1, rows: 8, columns: 8 });
  });

  test("the text for who cannot see it says shapes, place and sum", () => {
    const { alt } = plot.slide(toy, filters.sobelX(), { at: [0, 1], alt: "Look." });
    expect(alt).toMatch(
      /^Look\. A kernel of 3×3 moves over an input of 6×6 and makes an output of 4×4\./,
    );
    expect(alt).toContain("output row, column: 0, 1: ");
    expect(plot.slide(array([1, 2, 3]), array([1, 1])).alt).toContain(
      "A kernel of 2 moves over an input of 3 ",
    );
  });

  test("refuses what it cannot draw", () => {
    expect(() =>
      plot.slide(
        digit(7),
        fromFunction([3, 3, 1, 1], () => 1),
      ),
    ).toThrow(/one channel: the kernel/);
    expect(() =>
      plot.slide(
        fromFunction([4, 4, 3], () => 1),
        filters.box(3),
      ),
    ).toThrow(ShapeError);
    expect(() => plot.slide(undefined as never, filters.box(3))).toThrow(/got undefined/);
    expect(() => plot.slide(toy, array([1, 2]))).toThrow(/a row of numbers goes with/);
    for (const odd of [Number.NaN, Number.POSITIVE_INFINITY]) {
      const broken = array([1, odd, 3]);
      expect(() => plot.slide(broken, array([1, 1]))).toThrow(`there is ${odd} in it`);
      expect(() => plot.slide(array([1, 2, 3]), broken)).toThrow(/the kernel must hold numbers/);
      expect(() => plot.slideTransposed(broken, array([1]))).toThrow(ArgumentError);
      expect(() => plot.pool(array([[1, odd]]), 1)).toThrow(ArgumentError);
    }
    expect(() =>
      plot.slide(
        fromFunction([120, 120], () => 1),
        filters.box(3),
      ),
    ).toThrow(/at most 10000 places.*13924/);
    expect(() => plot.slide(toy, filters.box(3), { stride: -1 })).toThrow(ArgumentError);
    expect(() => plot.slide(toy, filters.box(2), { padding: "same" })).toThrow(/even/);
    expect(() => plot.slide(toy, filters.box(7))).toThrow(ShapeError);
    expect(() => plot.slide(toy, filters.box(3), { at: [4, 0] })).toThrow("rows 0 to 3");
  });
});

test("the row reads as the operation that it shows: ⋆ for correlation, ∗ for convolution", () => {
  const kernel = filters.sobelX();
  const signsOf = (figure: { html(): string }): string[] =>
    Array.from(figure.html().matchAll(/>([⋆∗=→])</g), ([, sign]) => sign!);
  expect(signsOf(plot.slide(toy, kernel))).toEqual(["⋆", "="]);
  expect(signsOf(plot.slide(toy, kernel, { flip: true }))).toEqual(["∗", "="]);
  expect(signsOf(plot.pool(toy, 2))).toEqual(["→"]);
});
