/** What cannot be drawn, and what is left out. */
import { describe, expect, test } from "vitest";
import { random } from "../../src/array.js";
import { ArgumentError, ShapeError } from "../../src/errors.js";
import * as plot from "../../src/plot/index.js";

describe("what cannot be drawn is refused in words", () => {
  const bad = random([2, 3, 4, 5]);
  test.each<[string, () => unknown, new (...a: never[]) => Error, RegExp]>([
    ["image of four axes", () => plot.image(bad), ShapeError, /H×W \(grey\) or H×W×3/],
    ["image of nothing", () => plot.image(undefined as never), ShapeError, /got undefined/],
    ["empty image", () => plot.image(random([0, 3])), ShapeError, /at least one pixel/],
    ["no images", () => plot.images([]), ArgumentError, /at least one picture/],
    ["no filters", () => plot.filters([]), ArgumentError, /at least one kernel/],
    ["filters of three axes", () => plot.filters(random([3, 3, 2])), ShapeError, /Kh×Kw×Cin×Cout/],
    [
      "a channel too far",
      () => plot.filters(random([3, 3, 2, 4]), { inputChannel: 2 }),
      ArgumentError,
      /0 to 1; got 2/,
    ],
    ["a batch", () => plot.activations(bad), ShapeError, /one image of the batch/],
    [
      "a strange scale",
      () => plot.activations(random([3, 3]), { scale: "mine" as never }),
      ArgumentError,
      /"same" or "own"/,
    ],
    [
      "a strange limit",
      () => plot.activations(random([3, 3]), { limit: 0 }),
      ArgumentError,
      /1 to 64; got 0/,
    ],
    ["no lines", () => plot.lines({}), ArgumentError, /1 to 6 lines/],
    ["an empty line", () => plot.lines({ a: [] }), ArgumentError, /"a" has no values/],
    [
      "too few places",
      () => plot.lines({ a: [1, 2] }, { xs: [1] }),
      ArgumentError,
      /2 values for 1 places/,
    ],
    ["log of zero", () => plot.lines({ a: [0, 2] }, { log: true }), ArgumentError, /0 or less/],
    ["text in a line", () => plot.lines({ a: ["x"] as never }), ArgumentError, /not a number/],
    ["no bars", () => plot.bars({}), ArgumentError, /at least one bar/],
    ["text in bars", () => plot.bars({ a: "x" as never }), ArgumentError, /numbers by name/],
    ["log of a negative", () => plot.bars({ a: -1 }, { log: true }), ArgumentError, /0 or less/],
    ["a surface of colours", () => plot.surface(random([3, 3, 3])), ShapeError, /image\.toGrey/],
    ["a surface of a row", () => plot.surface(random([1, 9])), ShapeError, /at least 2×2/],
  ])("%s", (_name, act, kind, message) => {
    expect(act).toThrow(kind);
    expect(act).toThrow(message);
  });

  test("more maps than the limit are counted in the title", () => {
    const figure = plot.activations(random([4, 4, 40]), { title: "Maps" });
    expect(figure.title).toBe("Maps (16 of 40)");
    expect(figure.html().match(/data-map=/g)).toHaveLength(16);
    const more = plot.activations(random([4, 4, 40]), { limit: 40 });
    expect(more.title).toBe("Feature maps");
    expect(more.html().match(/data-map=/g)).toHaveLength(40);
  });
});
