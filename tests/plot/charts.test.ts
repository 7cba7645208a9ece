/** Confusion matrices, cost bars, kernels, colour filters: what they count, say and refuse. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { array, type FloatArray, fromFunction, random } from "../../src/array.js";
import { language } from "../../src/check/index.js";
import { ArgumentError, ShapeError } from "../../src/errors.js";
import { gaussian, sobelX } from "../../src/filters/index.js";
import { percent } from "../../src/plot/confusion.js";
import { bytesText, countText } from "../../src/plot/costs.js";
import * as plot from "../../src/plot/index.js";

describe("a confusion matrix", () => {
  const trace = (figure: plot.Figure) =>
    figure.data[0] as { z: number[][]; text: string[][]; customdata: unknown[][][] };

  test("of labels and predictions counts every pair, and its rows are shares", () => {
    const label = fc.integer({ min: 0, max: 6 });
    fc.assert(
      fc.property(fc.array(fc.tuple(label, label), { minLength: 1, maxLength: 60 }), (pairs) => {
        const [labels, answers] = [pairs.map(([one]) => one), pairs.map(([, two]) => two)];
        const { z, customdata } = trace(plot.confusion(labels, answers));
        const counts = customdata.map((row) => row.map((cell) => Number(cell[2])));
        pairs.forEach(([truth, answer]) => {
          counts[truth]![answer]! -= 1;
        });
        expect(counts.flat().every((count) => count === 0)).toBe(true);
        z.forEach((row, truth) => {
          const total = row.reduce((a, b) => a + b, 0);
          expect(total).toBeCloseTo(labels.includes(truth) ? 1 : 0, 2);
        });
      }),
    );
  });

  test("takes nested lists, an array and typed labels alike", () => {
    const counts = [
      [3, 1],
      [0, 4],
    ];
    const one = plot.confusion(counts);
    expect(plot.confusion(array(counts)).data).toEqual(one.data);
    const labels = Float32Array.of(0, 0, 0, 0, 1, 1, 1, 1);
    expect(plot.confusion(labels, Int32Array.of(0, 0, 0, 1, 1, 1, 1, 1)).data).toEqual(one.data);
    expect(trace(one).text[0]).toEqual(["3<br>75\u00a0%", "1<br>25\u00a0%"]);
    expect(one.alt).toBe(
      "8 examples of 2 classes, rows the truth, columns the answers; 88 % on the diagonal are right. Most often confused: 0 taken for 1.",
    );
  });

  test("many classes leave their numbers to the pointer", () => {
    const texts = (counts: FloatArray): string =>
      (trace(plot.confusion(counts)).text as string[][]).flat().join("");
    const counts = (size: number, right: number): FloatArray =>
      fromFunction([size, size], (y, x) => (y === x ? right : 0));
    expect(texts(counts(10, 1135))).toContain("1,135");
    expect(texts(counts(20, 1_000_000))).toBe("");
    expect(plot.confusion(counts(20, 1_000_000)).svg()).toContain("100\u00a0%");
    const many = plot.confusion(fromFunction([30, 30], (y, x) => (y === x ? 5 : 0)));
    expect(trace(many).text.flat().join("")).toBe("");
    expect(many.layout.annotations).toEqual([]);
    expect(many.alt).toContain("100 % on the diagonal are right.");
    expect(many.svg().match(/<rect/g)).toHaveLength(900);
  });

  test("names that are too long or too many for the page are cut or left out; hovering says them", () => {
    const classes = Array.from({ length: 40 }, (_, i) => `a class of a very long name ${i}`);
    const figure = plot.confusion(
      fromFunction([40, 40], (y, x) => (y === x ? 5 : 0)),
      { classes },
    );
    const { xaxis, yaxis, margin } = figure.layout as unknown as {
      xaxis: { ticktext: string[] };
      yaxis: { ticktext: string[] };
      margin: { l: number };
    };
    expect(yaxis.ticktext).toEqual(xaxis.ticktext);
    expect(xaxis.ticktext.length).toBeLessThanOrEqual(20);
    expect(xaxis.ticktext[0]).toBe("a class of a…");
    // Plotly, which would make room for the names, is told how wide the cells are.
    expect(margin.l).toBeGreaterThan(6 * "a class of a…".length);
    expect(trace(figure).customdata[0]![39]![1]).toBe(classes[39]);
    expectInside(figure);
  });

  test("long names stand upright below their column", () => {
    const classes = ["airplane", "automobile", "bird", "cat", "deer"];
    const figure = plot.confusion(
      fromFunction([5, 5], (y, x) => y! + x!),
      { classes },
    );
    expect((figure.layout.xaxis as { tickangle: number }).tickangle).toBe(-90);
    expect(figure.svg()).toContain("automobile");
  });

  test.each<[string, () => unknown, new (...a: never[]) => Error, RegExp]>([
    ["not square", () => plot.confusion([[1, 2]]), ShapeError, /square matrix.*1×2/],
    ["three axes", () => plot.confusion(random([2, 2, 2])), ShapeError, /got 2×2×2/],
    ["nothing", () => plot.confusion([]), ShapeError, /got 0×0/],
    ["negative", () => plot.confusion([[-1]]), ArgumentError, /at least 0; got -1/],
    ["too few names", () => plot.confusion([[1]], { classes: [] }), ArgumentError, /0 names/],
    ["odd lists", () => plot.confusion([1], [1, 0]), ShapeError, /1 labels and 2 predictions/],
    ["half a class", () => plot.confusion([0.5], [1]), ArgumentError, /argmax/],
    [
      "a class without a name",
      () => plot.confusion([2], [1], { classes: ["a", "b"] }),
      ArgumentError,
      /0 to 1, one for each name; got 2/,
    ],
  ])("refuses what is %s", (_what, act, kind, message) => {
    expect(act).toThrow(kind);
    expect(act).toThrow(message);
  });

  test("shares are rounded, but never to all or nothing", () => {
    expect([0, 0.001, 0.5, 0.996, 1].map(percent)).toEqual(
      ["0 %", "<\u20091 %", "50 %", "99 %", "100 %"].map((text) => text.replace(/ %/, "\u00a0%")),
    );
  });
});

/** No name of a still picture that ends at a place begins left of the picture's edge. */
function expectInside(figure: plot.Figure): void {
  const names = [
    ...figure.svg().matchAll(/<text x="([\d.]+)" y="[\d.]+" text-anchor="end">([^<]*)/g),
  ];
  expect(names.length).toBeGreaterThan(0);
  for (const [, x, name] of names) expect(Number(x)).toBeGreaterThan(7 * name!.length);
}

describe("the costs of a network", () => {
  test("a long name is cut, and said by the pointer", () => {
    const name = "a bottleneck of a residual network, with its shortcut";
    const figure = plot.costs([{ name, macs: 5 }]);
    expect((figure.layout.yaxis as { ticktext: string[] }).ticktext).toEqual([
      "a bottleneck of a r…",
    ]);
    expect(JSON.stringify(figure.data)).toContain(name);
    expectInside(figure);
  });

  const rows = [
    { name: "conv", parameters: 100, macs: 9e9, memoryBytes: 3000 },
    { name: "pool", memoryBytes: 1000 },
    { name: "fc", parameters: 300, macs: 1e9 },
  ];

  test("are shares of each sum, with the numbers at hand", () => {
    const figure = plot.costs(rows);
    const columns = figure.data as unknown as { x: number[]; customdata: string[][] }[];
    expect(columns.map(({ x }) => x)).toEqual([
      [0.25, 0, 0.75],
      [0.9, 0, 0.1],
      [0.75, 0.25, 0],
    ]);
    expect(columns[1]!.customdata[0]).toEqual(["conv", "9 billion"]);
    expect(figure.alt).toContain("memory, 4.00 kB in all: conv 75 %, pool 25 %.");
    expect(plot.costs({ rows }).data).toEqual(figure.data);
  });

  test("what nobody has is left out", () => {
    expect(plot.costs([{ name: "a", macs: 5 }]).data).toHaveLength(1);
    expect(() => plot.costs([{ name: "a" }])).toThrow(/no layer has/);
    expect(() => plot.costs([])).toThrow(ArgumentError);
    expect(() => plot.costs([{ name: "a", macs: -1 }])).toThrow(/macs of "a".*got -1/);
  });

  test("large numbers are read in the reader's units", () => {
    const values = [0, 1792, 9_999_999, 138_357_544, 15_470_264_320];
    expect(values.map(countText)).toEqual([
      "0",
      "1,792",
      "9,999,999",
      "138 million",
      "15.5 billion",
    ]);
    language("ko");
    expect(values.slice(2).map(countText)).toEqual(["9,999,999", "1.38억", "155억"]);
    language("en");
    expect([12, 1500, 553_430_176, 2.5e9].map(bytesText)).toEqual(
      ["12 B", "1.50 kB", "553 MB", "2.50 GB"].map((text) => text.replace(" ", "\u00a0")),
    );
  });
});

describe("a kernel", () => {
  test("has its numbers and its heights", () => {
    const figure = plot.kernel(sobelX());
    const [grid, hills] = figure.data as unknown as { z: number[][]; text?: string[][] }[];
    expect(grid!.z).toEqual(hills!.z);
    expect(grid!.text![1]).toEqual(["−2", "0", "2"]);
    expect(figure.alt).toBe(
      "A kernel of 3×3 numbers from −2 to 2, which sum to 0: as a grid of colours and as heights.",
    );
    expect(figure.svg().match(/<polygon/g)).toHaveLength(4);
  });

  test("of a layer with one channel is one; larger ones are refused with a way out", () => {
    const one = fromFunction([3, 3, 1, 1], (y, x) => y! + x!);
    expect((plot.kernel(one).data[0] as { z: number[][] }).z[2]).toEqual([2, 3, 4]);
    expect(() => plot.kernel(random([3, 3, 3, 8]))).toThrow(/plot\.filters\(weights\)/);
    expect(() => plot.kernel(random([1, 5]))).toThrow(ShapeError);
    expect(() => plot.kernel(undefined as unknown as FloatArray)).toThrow(/got undefined/);
    const large = plot.kernel(gaussian(3, 15));
    expect((large.data[0] as { text?: unknown }).text).toBeUndefined();
  });
});

describe("filters over colours", () => {
  const weights = fromFunction([2, 2, 3, 2], (y, x, c, m) =>
    y === 0 && x === 0 ? (m === 0 ? c! - 1 : (c! - 1) / 2) : 0,
  );
  const source = (figure: plot.Figure, m: number): string => String(figure.data[m]!.source);

  test("are drawn in their own colours, zero is grey", () => {
    const figure = plot.filters(weights);
    expect(figure.data.map(({ type }) => type)).toEqual(["image", "image"]);
    expect(figure.alt).toContain("grey is zero");
    // Both on one scale: the weak filter is paler; on its own, it is the same as the strong one.
    expect(source(figure, 0)).not.toBe(source(figure, 1));
    const own = plot.filters(weights, { scale: "own" });
    expect(source(own, 0)).toBe(source(own, 1));
    expect(source(own, 0)).toBe(source(figure, 0));
  });

  test("or channel by channel, when one is asked for", () => {
    const slices = plot.filters(weights, { inputChannel: 2 });
    expect((slices.data[1] as { z: number[][] }).z).toEqual([
      [0.5, 0],
      [0, 0],
    ]);
    expect(() => plot.filters(weights, { scale: "all" as never })).toThrow(/"same" or "own"/);
    expect(() => plot.filters(random([0, 3, 3, 2]))).toThrow(ShapeError);
  });
});
