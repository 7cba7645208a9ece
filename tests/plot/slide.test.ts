import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { array, type FloatArray, fromFunction, maxAbsDifference } from "../../src/array.js";
import { ArgumentError, ShapeError } from "../../src/errors.js";
import * as filters from "../../src/filters/index.js";
import { digit } from "../../src/image/index.js";
import { avgPool, type ConvOptions, conv2d, maxPool, outputSize } from "../../src/ops/index.js";
import * as plot from "../../src/plot/index.js";
import { toy } from "./samples.js";

interface Frame {
  name: string;
  traces: number[];
  data: [{ x: number[]; y: number[] }, { x: number[]; y: number[] }, { text: [string] }];
}

const framesOf = (figure: plot.Figure): Frame[] => figure.frames as unknown as Frame[];

/** The written sum without colours, with plain signs. */
function plain(text: string): string {
  return text
    .replace(/<br>/g, " ")
    .replace(/<[^>]*>/g, "")
    .replaceAll("\u00a0", " ")
    .replaceAll("−", "-")
    .replaceAll("×", "*");
}

/** Works out what is written on the left and reads what is claimed on the right. */
function workOut(text: string): { left: number; right: number } {
  const [sum = "", claimed = ""] = plain(text).replace("(bias)", "").split(/[=≈]/);
  const left = sum.split(" + ").reduce((total, term) => {
    const factors = term
      .replace(/[()\s+]/g, "")
      .split("*")
      .map(Number);
    return total + factors.reduce((a, b) => a * b, 1);
  }, 0);
  return { left, right: Number(claimed) };
}

const whole = (seed: number) => (y: number | undefined, x: number | undefined) =>
  ((y! * 7 + x! * 5 + seed) % 9) - 4;

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
          padding: fc.constantFrom<ConvOptions["padding"]>("valid", 1, 2, [0, 1], {
            top: 1,
            left: 2,
          }),
          dilation: fc.integer({ min: 1, max: 2 }),
          bias: fc.constantFrom(0, 1.5, -2),
          flip: fc.boolean(),
        }),
        fc.nat(50),
        (h, w, kh, kw, options, seed) => {
          fc.pre(1 + (kh - 1) * options.dilation <= h && 1 + (kw - 1) * options.dilation <= w);
          const input = fromFunction([h, w], whole(seed));
          const kernel = fromFunction([kh, kw], whole(seed + 3));
          const wanted = conv2d(input, kernel, options);
          const frames = framesOf(plot.slide(input, kernel, options));
          expect(frames.length).toBe(wanted.data.length);
          frames.forEach((frame, place) => {
            const { left, right } = workOut(frame.data[2].text[0]);
            expect(right).toBeCloseTo(wanted.data[place]!, 5);
            expect(left).toBeCloseTo(right, 5);
          });
        },
      ),
      { numRuns: 60 },
    );
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
      framesOf(plot.slide(input, kernel, options)).forEach((frame, place) => {
        const at = 4 * (3 * u + v);
        const [x, y] = [frame.data[0].x[at]! + 0.5, frame.data[0].y[at]! + 0.5];
        expect(frame.data[0].x[at + 1]! - frame.data[0].x[at]!).toBe(1);
        const inside = y >= 0 && y < 6 && x >= 0 && x < 7;
        expect(output.data[place]).toBe(inside ? input.get(y, x) : 0);
      });
    }
  });

  test("the outline of the output visits every place once, in reading order", () => {
    const frames = framesOf(plot.slide(toy, filters.box(3), { stride: [1, 2] }));
    expect(frames.map((frame) => [frame.data[1].y[0], frame.data[1].x[0]])).toEqual(
      [0, 1, 2, 3].flatMap((y) => [0, 1].map((x) => [y - 0.5, x - 0.5])),
    );
    expect(frames.map(({ name }) => name)).toEqual(frames.map((_, i) => String(i)));
  });

  test("the pictures are sent once, the frames move outlines and text only", () => {
    const figure = plot.slide(toy, filters.sobelX());
    expect(figure.data.map(({ type }) => type)).toEqual([
      "heatmap",
      "heatmap",
      "heatmap",
      "scatter",
      "scatter",
      "scatter",
    ]);
    for (const { traces } of framesOf(figure)) expect(traces).toEqual([3, 4, 5]);
    expect(figure.data[0]!.z).toHaveLength(6);
    expect(figure.data[2]!.z).toEqual(
      [
        [8, 5, -3, -6],
        [9, 5, -3, -7],
        [9, 5, -3, -7],
        [8, 5, -3, -6],
      ].map((row) => row.map((v) => expect.closeTo(v - (v > 0 ? 1 : 1), 5))),
    );
  });

  test("the slider has a step for each frame, named by its place", () => {
    const figure = plot.slide(toy, filters.sobelX(), { at: [1, 2] });
    const [slider] = figure.layout.sliders as [
      {
        active: number;
        steps: { label: string; args: [[string], object] }[];
      },
    ];
    expect(slider.active).toBe(6);
    expect(slider.steps[6]!.label).toBe("1, 2");
    slider.steps.forEach((step, i) => {
      expect(step.args[0]).toEqual([String(i)]);
    });
  });

  test("a digit stays under 300 kB, with or without padding", () => {
    for (const options of [{}, { padding: "same" } as const]) {
      const figure = plot.slide(digit(7), filters.sobelX(), options);
      const { data, layout, frames, config } = figure;
      expect(frames.length).toBe(outputSize(28, 3, options) ** 2);
      expect(JSON.stringify({ data, layout, frames, config }).length).toBeLessThan(300_000);
    }
  });

  test("a digit starts where the answer is strongest, a toy at the first place", () => {
    const active = (figure: plot.Figure): number =>
      (figure.layout.sliders as [{ active: number }])[0].active;
    const output = conv2d(digit(7), filters.sobelY());
    const strongest = output.data.reduce(
      (best, v, i) => (Math.abs(v) > Math.abs(output.data[best]!) ? i : best),
      0,
    );
    expect(active(plot.slide(digit(7), filters.sobelY()))).toBe(strongest);
    expect(active(plot.slide(toy, filters.sobelY()))).toBe(0);
  });

  test("rounded sums say ≈, exact ones =", () => {
    const third = fromFunction([3, 3], () => 1 / 3);
    expect(framesOf(plot.slide(toy, third))[0]!.data[2].text[0]).toContain("≈");
    expect(framesOf(plot.slide(toy, filters.sobelX()))[0]!.data[2].text[0]).not.toContain("≈");
  });

  test("long lines are written as products, large kernels as rows or a total", () => {
    const text = (side: number): string =>
      plain(framesOf(plot.slide(digit(7), filters.gaussian(side / 4, side)))[0]!.data[2].text[0]);
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
    expect(figure.data[1]!.z).toEqual([
      [4, 3],
      [2, 1],
    ]);
    expect(JSON.stringify(figure.layout.annotations)).toContain("turned");
  });

  test("padding is drawn around the input, in the input's own numbering", () => {
    const figure = plot.slide(toy, filters.box(3), { padding: "same" });
    expect(figure.data[0]).toMatchObject({ x0: -1, y0: -1 });
    expect(figure.data[0]!.z).toHaveLength(8);
    expect(figure.layout.shapes).toHaveLength(4);
    expect(plot.slide(toy, filters.box(3)).layout.shapes).toEqual([]);
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
    expect(() =>
      plot.slide(
        fromFunction([40, 40], () => 1),
        filters.box(3),
      ),
    ).toThrow(/at most 1024 places.*1444/);
    expect(() => plot.slide(toy, filters.box(3), { stride: -1 })).toThrow(ArgumentError);
    expect(() => plot.slide(toy, filters.box(2), { padding: "same" })).toThrow(/even/);
    expect(() => plot.slide(toy, filters.box(7))).toThrow(ShapeError);
    expect(() => plot.slide(toy, filters.box(3), { at: [4, 0] })).toThrow("rows 0 to 3");
  });
});

describe("the moving window of a pooling", () => {
  const last = (frame: Frame): number => Number(plain(frame.data[2].text[0]).split(/[=≈]/)[1]);

  test("every written maximum and mean is the value that pooling gives", () => {
    const input = fromFunction([6, 5], whole(2));
    for (const [kind, operation] of [
      ["max", maxPool],
      ["average", avgPool],
    ] as const) {
      for (const options of [{}, { stride: 1 }, { stride: 2, padding: 1 }] as const) {
        const wanted: FloatArray = operation(input, { size: 2, ...options });
        const figure = plot.pool(input, 2, { kind, ...options });
        const frames = framesOf(figure);
        const written = fromFunction(wanted.shape, (y, x) =>
          last(frames[y! * wanted.shape[1]! + x!]!),
        );
        expect(maxAbsDifference(written, wanted)).toBeLessThan(0.006);
      }
    }
  });

  test("pixels outside the picture take no part", () => {
    const [corner] = framesOf(plot.pool(toy, 2, { padding: 1, kind: "average" }));
    expect(plain(corner!.data[2].text[0]).trim()).toBe("(0) / 1 = 0");
    expect(() => plot.pool(toy, 2, { kind: "min" as never })).toThrow('"max" or "average"');
    expect(() => plot.pool(toy, 9)).toThrow(ShapeError);
  });
});

test("the row reads as the operation that it shows: ⋆ for correlation, ∗ for convolution", () => {
  const kernel = filters.sobelX();
  const signsOf = (figure: plot.Figure): string[] =>
    (figure.layout.annotations as { text: string }[])
      .map(({ text }) => text)
      .filter((text) => /^[⋆∗=→]$/.test(text));
  expect(signsOf(plot.slide(toy, kernel))).toEqual(["⋆", "="]);
  expect(signsOf(plot.slide(toy, kernel, { flip: true }))).toEqual(["∗", "="]);
  expect(signsOf(plot.pool(toy, 2))).toEqual(["→"]);
});
