/** Figures of much, of little, and of what is no number: what they say, and what they leave out. */
import { describe, expect, test } from "vitest";
import { array, random } from "../../src/array.js";
import { Figure } from "../../src/plot/figure.js";
import * as plot from "../../src/plot/index.js";

const numbered = (figure: unknown): boolean =>
  figure instanceof Figure && figure.data.some(({ texttemplate }) => texttemplate !== undefined);

describe("numbers in cells", () => {
  test("are written where they can be read", () => {
    expect(numbered(plot.filters(random([5, 5, 1, 4])))).toBe(true);
    expect(numbered(plot.filters(random([3, 3, 1, 16])))).toBe(true);
  });

  test("are left out of cells that are too small for them, on the screen and in the still picture", () => {
    const many = plot.filters(random([5, 5, 1, 40]), { limit: 40 });
    expect(numbered(many)).toBe(false);
    expect(many.svg().match(/<text/g)!.length).toBeLessThan(60);
  });
});

test("a bank of many filters has at most six in a row: their headings fit beside each other on a phone", () => {
  const figure = plot.filters(random([3, 3, 1, 64]), { limit: 64 });
  const lefts = Object.entries(figure.layout).flatMap(([key, axis]) =>
    key.startsWith("xaxis") ? [(axis as { domain: readonly number[] }).domain[0]] : [],
  );
  expect(new Set(lefts).size).toBe(6);
});

test("what is no finite number is counted in the description", () => {
  const matrix = array([
    [1, Number.NaN],
    [Infinity, 4],
  ]);
  expect(plot.image(matrix).alt).toBe(
    "A grid of 2×2 values from 1 to 4; the largest is at row 1, column 1. Not finite numbers (NaN or ∞) among them: 2.",
  );
  expect(plot.image(array([[1, 2]])).alt).not.toContain("finite");
  expect(plot.image(array([[0, Number.NaN]]), { colours: "grey" }).alt).toContain("them: 1.");
});

test("a long name is broken in a legend, and keeps within the still picture", () => {
  const name =
    "The loss of a network that has seen every picture of the training set ten times over";
  const figure = plot.lines({ [name]: [1, 2], short: [2, 3] });
  expect(figure.data[0]!.name).toMatch(/^The loss .*<br>.* over$/);
  const [first, second] = [plot.lines({ a: [1], b: [2] }).layout, figure.layout] as {
    height: number;
  }[];
  expect(second!.height).toBeGreaterThan(first!.height + 30);
  expect(figure.data[1]!.name).toBe("short");
  const bars = plot.bars({ [name]: { a: 1 }, other: { a: 2 } });
  expect(bars.data[0]!.name).toContain("<br>");
  const longest = Math.max(
    ...[...bars.svg().matchAll(/>([^<]+)<\/text>/g)].map(([, t]) => t!.length),
  );
  expect(longest).toBeLessThan(75);
});

test("NaN is a grey cell that is named, infinity has the end of the scale, by the screen as in the still picture", () => {
  const figure = plot.image(
    array([
      [0, Number.NaN],
      [Number.POSITIVE_INFINITY, 8],
    ]),
  );
  const [numbers, gaps] = figure.data as unknown as {
    z: unknown;
    text: unknown;
  }[];
  expect(numbers!.z).toEqual([
    [0, null],
    [8, 8],
  ]);
  expect(numbers!.text).toEqual([
    ["0", ""],
    ["∞", "8"],
  ]);
  expect(gaps!.z).toEqual([
    [null, 0],
    [null, null],
  ]);
  expect(gaps!.text).toEqual([
    ["", "NaN"],
    ["", ""],
  ]);
  expect(plot.image(array([[0, 8]])).data).toHaveLength(1);
});

test("the short side of a thin picture names its first row, not all on one spot", () => {
  const axes = (figure: plot.Figure) => figure.layout as Record<string, Record<string, unknown>>;
  expect(axes(plot.image(random([3, 200]))).yaxis!.tickvals).toEqual([0]);
  expect(axes(plot.image(random([300, 4]))).xaxis!.tickvals).toEqual([0]);
  expect(axes(plot.image(random([5, 6]))).yaxis!.dtick).toBe(1);
});

test("long headings have all their lines between the title and the pictures", () => {
  const image = array([[0, 1]]);
  const title = "a heading that goes on for many short words";
  const { layout } = plot.images([image, image, image, { image, title }]);
  const { height, margin, annotations } = layout as unknown as {
    height: number;
    margin: { t: number; b: number };
    annotations: { text: string; yref: string }[];
  };
  const heading = annotations.find(({ text }) => text.startsWith("a heading"))!;
  const { domain } = layout[heading.yref.replace("y", "yaxis").replace(" domain", "")] as {
    domain: number[];
  };
  const above = (1 - domain[1]!) * (height - margin.t - margin.b);
  expect(above).toBeGreaterThanOrEqual(16 * heading.text.split("<br>").length);
});

test.each([
  [
    [2, 9],
    [0, 1],
    [0, 2, 4, 6, 8],
  ],
  [[3, 120], [0], [0, 50, 100]],
  [
    [31, 31],
    [0, 10, 20, 30],
    [0, 10, 20, 30],
  ],
] as const)(
  "a landscape of %j names whole rows and columns, no more than have room",
  (shape, rows, columns) => {
    const { yaxis, xaxis } = plot.surface(random(shape)).layout.scene as Record<
      string,
      { tickvals: number[] }
    >;
    expect([yaxis!.tickvals, xaxis!.tickvals]).toEqual([rows, columns]);
  },
);

test("a loss that is no number any more is said in a line's description", () => {
  const { alt } = plot.lines({ loss: [3, 2, Number.NaN], gone: [Number.NaN, Number.NaN] });
  expect(alt).toContain(
    "loss: from 3 to NaN, lowest 2, highest 3. Not finite numbers (NaN or ∞) among them: 1.",
  );
  expect(alt).toContain("gone: from NaN to NaN, lowest NaN, highest NaN.");
});
