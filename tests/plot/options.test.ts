/** Options of figures: what does not exist, or is none, is named instead of left unseen or met with a TypeError. */
import { describe, expect, test } from "vitest";
import { array, random } from "../../src/array.js";
import { plot } from "../../src/index.js";

const wrong = (value: unknown): never => value as never;
const grid = random([5, 5]);
const rows = [{ name: "c", size: 3, jump: 1, start: 1 }];

const figures: readonly (readonly [string, (options: never) => unknown])[] = [
  ["plot.bars", (options) => plot.bars({ a: 1, b: 2 }, options)],
  ["plot.lines", (options) => plot.lines({ loss: [1, 2] }, options)],
  ["plot.image", (options) => plot.image(grid, options)],
  ["plot.images", (options) => plot.images([grid], options)],
  ["plot.filters", (options) => plot.filters([grid], options)],
  ["plot.activations", (options) => plot.activations(grid, options)],
  ["plot.kernel", (options) => plot.kernel(grid, options)],
  ["plot.surface", (options) => plot.surface(grid, options)],
  ["plot.classActivation", (options) => plot.classActivation(grid, grid, options)],
  ["plot.receptiveField", (options) => plot.receptiveField(grid, rows, options)],
  ["plot.explorer", (options) => plot.explorer(options)],
  ["plot.costs", (options) => plot.costs([{ name: "a", macs: 1 }], options)],
  ["plot.confusion", (options) => plot.confusion([0, 1], [1, 1], options)],
  ["plot.live", (options) => plot.live(options)],
  ["plot.slide", (options) => plot.slide(grid, grid, options)],
  ["plot.slideTransposed", (options) => plot.slideTransposed(grid, grid, options)],
  ["plot.pool", (options) => plot.pool(grid, 2, options)],
];

describe.each(figures)("%s", (name, draw) => {
  test("has no option of another name", () => {
    expect(() => draw(wrong({ titel: "x" }))).toThrow(`${name}: there is no option "titel"`);
  });

  test.each([null, "Loss", 3])("takes options, not %s", (options) => {
    expect(() => draw(wrong(options))).toThrow(`${name}: the options come as { name: value }`);
  });

  test.each([5, ["a"], null])("has no title that is %s", (title) => {
    expect(() => draw(wrong({ title }))).toThrow(`${name}: the option "title" is text`);
  });
});

test.each<[string, () => unknown, RegExp]>([
  ["colours", () => plot.image(grid, wrong({ colours: "red" })), /"auto", "grey".*; got "red"/],
  ["range", () => plot.image(grid, wrong({ range: 1 })), /two numbers.*; got 1/],
  ["range", () => plot.lines({ a: [1] }, wrong({ range: [1, 0] })), /two numbers.*; got \[1,0\]/],
  ["columns", () => plot.images([grid], { columns: 0 }), /a whole number from 1 to 64; got 0/],
  ["names", () => plot.filters([grid], wrong({ names: [1] })), /a list of texts.*; got \[1\]/],
  ["log", () => plot.bars({ a: 1 }, wrong({ log: "y" })), /true or false; got "y"/],
  ["x", () => plot.lines({ a: [1] }, wrong({ x: [1, 2] })), /text.*; got \[1,2\]/],
])('the option "%s"', (option, draw, message) => {
  expect(draw).toThrow(`the option "${option}" is`);
  expect(draw).toThrow(message);
});

test.each<[string, () => unknown, string]>([
  ["a bar of ∞", () => plot.bars({ a: Infinity }), "plot.bars wants finite numbers by name"],
  [
    "a line that is null",
    () => plot.lines(wrong({ a: null })),
    'the line "a" is a list of numbers',
  ],
  ["pictures of numbers", () => plot.images(wrong([1])), "A picture is an array"],
  ["filters of a number", () => plot.filters(wrong(3)), "plot.filters wants a layer's weights"],
  [
    "filters of nothing",
    () => plot.filters(wrong([null])),
    "plot.filters: the kernel must be an array",
  ],
  ["a field of numbers", () => plot.receptiveField(grid, wrong([1])), "wants at least one layer"],
  ["a field of 3", () => plot.receptiveField(grid, wrong(3)), "wants at least one layer"],
  ["a start of a slide", () => plot.slide(grid, array([[1]]), wrong({ at: 3 })), "start at 3"],
  [
    "confusion of labels alone",
    () => plot.confusion(wrong([0, 1])),
    "labels and predictions; got [0,1]",
  ],
  [
    "confusion of nothing",
    () => plot.confusion(wrong(undefined)),
    "labels and predictions; got und",
  ],
  ["costs of nothing", () => plot.costs(wrong(undefined)), "plot.costs wants at least one layer"],
  ["costs of null", () => plot.costs(wrong([null])), "plot.costs wants at least one layer"],
  ["the text of a list", () => plot.arrayText(wrong([1])), "plot.arrayText: the value must be"],
])("%s", (_, draw, message) => {
  expect(draw).toThrow(message);
});
