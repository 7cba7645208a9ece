/** The walking figure and the sums of the blocks. */
import { expect, test } from "vitest";
import { language, vgg } from "../../src/index.js";
import { arithmetic } from "../../src/vgg/walk/arithmetic.js";
import { box } from "../../src/vgg/walk/box.js";

/** The text of one line of the arithmetic of one layer. */
function lineOf(network: vgg.Summary, layer: string, name: string): string {
  const index = network.rows.findIndex((row) => row.name === layer);
  return arithmetic(network, index).find((line) => line.name === name)!.text;
}

/** Carries out a written formula such as "3·3·64·64 = 36,864" or "24 + 2·4 = 32". */
function holds(formula: string): boolean {
  const [left, right] = formula.replace(/,/g, "").replace(" B", "").split(" = ");
  if (right === undefined) return Number.isInteger(Number(left));
  const value = left!
    .split(" + ")
    .map((term) => term.split("·").reduce((product, factor) => product * Number(factor), 1))
    .reduce((sum, term) => sum + term, 0);
  return value === Number(right);
}

test.each(Object.keys(vgg.lines) as vgg.ConfigName[])(
  "every written formula of %s holds",
  (name) => {
    const network = vgg.summary(name);
    network.rows.forEach((row, index) => {
      for (const line of arithmetic(network, index).slice(3)) {
        expect(holds(line.text), `${row.name}, ${line.name}: ${line.text}`).toBe(true);
      }
    });
  },
);

test("formulas name the factors that they should", () => {
  const network = vgg.summary("C");
  expect(lineOf(network, "conv3_3", "weights")).toBe("1·1·256·256 = 65,536");
  expect(lineOf(network, "conv3_3", "work")).toBe("56·56·65,536 = 205,520,896");
  expect(lineOf(network, "fc1", "weights")).toBe("7·7·512·4,096 = 102,760,448");
  expect(lineOf(network, "pool2", "window")).toBe("14 + 1·2 = 16");
  expect(lineOf(vgg.summary("D"), "fc1", "window")).toBe("212 + 6·32 = 404");
});

test("a box has true proportions, and a vector is cut where the drawing ends", () => {
  const drawn = box([7, 7, 512], 600);
  expect(drawn.front[2]![0] - drawn.front[0]![0]).toBe(512);
  expect(drawn.front[1]![1] - drawn.front[0]![1]).toBe(7);
  expect(drawn.cut).toBe(false);
  const vector = box([4096], 600);
  expect(vector.cut).toBe(true);
  expect(vector.front[2]![0]).toBe(600);
  expect(vector.labels).toMatchObject([{ text: "4096 →" }]);
});

test("the walk has one frame a layer, and begins where it is told", () => {
  const figure = vgg.walk("D", { at: "pool5" });
  expect(figure.frames).toHaveLength(vgg.summary("D").rows.length);
  expect(figure.alt).toContain("7×7×512");
  expect(figure.alt).toContain("196 + 1·16 = 212");
  for (const frame of figure.frames) {
    expect((frame.data as unknown[]).length).toBe(figure.data.length);
  }
  expect(figure.svg()).toContain("<svg");
  expect(() => vgg.walk("D", { at: "conv9_9" })).toThrow(/no layer "conv9_9".*pool5/);
});

test("the walk takes any network, also one without a head or not square", () => {
  for (const line of ["4", "4 M 8", "4 M GAP FC-10 softmax"]) {
    const figure = vgg.walk(vgg.parse(line, { input: [16, 24, 1] }));
    expect(figure.svg()).not.toMatch(/NaN|undefined/);
    expect(JSON.stringify(figure.frames)).not.toMatch(/undefined/);
  }
});

test("the walk speaks the notebook's language", () => {
  language("ko");
  try {
    expect(vgg.walk("A").alt).toContain("가중치");
  } finally {
    language("en");
  }
});

test("blocks add up to the totals", () => {
  for (const name of Object.keys(vgg.lines) as vgg.ConfigName[]) {
    const { totals, rows } = vgg.summary(name);
    const parts = vgg.blocks(name);
    expect(parts.map((part) => part.name)).toEqual([
      "block 1",
      "block 2",
      "block 3",
      "block 4",
      "block 5",
      "head",
    ]);
    const total = (value: (part: vgg.BlockTotals) => number): number =>
      parts.reduce((sum, part) => sum + value(part), 0);
    expect(total((part) => part.parameters)).toBe(totals.parameters);
    expect(total((part) => part.macs)).toBe(totals.macs);
    expect(total((part) => part.values)).toBe(totals.values - rows[0]!.values);
    expect(parts[5]!.parameters).toBe(123_642_856);
  }
});

test("a network without pooling or head is one block", () => {
  expect(vgg.blocks(vgg.parse("4 4", { input: [8, 8, 1] })).map((part) => part.name)).toEqual([
    "block 1",
  ]);
});
