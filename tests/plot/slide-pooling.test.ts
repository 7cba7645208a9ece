import { describe, expect, test } from "vitest";
import { array, type FloatArray, fromFunction } from "../../src/array.js";
import { maxAbsDifference } from "../../src/array-measures.js";
import { ShapeError } from "../../src/errors.js";
import { avgPool, maxPool } from "../../src/ops/index.js";
import { slideScene, sumAt } from "../../src/plot/slide/figure.js";
import * as plot from "../../src/plot/slide/index.js";
import { poolingMoves } from "../../src/plot/slide/moves.js";
import { sceneOf, sumText, toy, whole } from "./slide-scenes.js";

describe("the moving window of a pooling", () => {
  test("every written maximum and mean is the value that pooling gives", () => {
    const input = fromFunction([6, 5], whole(2));
    for (const [kind, operation] of [
      ["max", maxPool],
      ["mean", avgPool],
    ] as const) {
      for (const options of [{}, { stride: 1 }, { stride: 2, padding: 1 }] as const) {
        const wanted: FloatArray = operation(input, { size: 2, ...options });
        const scene = slideScene(poolingMoves(input, kind, { size: 2, ...options }));
        const written = fromFunction(wanted.shape, (y, x) =>
          Number(sumText(scene, y! * wanted.shape[1]! + x!).split(/[=≈]/)[1]),
        );
        expect(maxAbsDifference(written, wanted)).toBeLessThan(0.006);
      }
    }
  });

  test("pixels outside the picture take no part", () => {
    const scene = sceneOf(plot.pool(toy, 2, { padding: 1, kind: "average" }));
    expect(sumText(scene, 0).trim()).toBe("(0) / 1 = 0");
    expect(() => plot.pool(toy, 2, { kind: "min" as never })).toThrow('"max" or "average"');
    expect(() => plot.pool(toy, 9)).toThrow(ShapeError);
    expect(() => plot.pool(array([1, 2]), 2)).toThrow(/draws a picture of H×W; got 2/);
  });

  test("a sum that a phone would cut off has a line for each row of the window", () => {
    const long = fromFunction([4, 6], (y, x) => (y - x) / 7);
    const lines = (size: [number, number], kind: "max" | "average"): string[] =>
      sumAt(sceneOf(plot.pool(long, size, { kind, at: [0, 0] })), 0).map((line) =>
        line
          .map(([text]) => text)
          .join("")
          .replaceAll("\u00a0", " ")
          .trimEnd(),
      );
    expect(lines([2, 3], "average")).toEqual([
      "(0 + (−0.14) + (−0.29) +",
      " 0.14 + 0 + (−0.14)) / 6",
      "≈ −0.07",
    ]);
    expect(lines([3, 3], "max")).toEqual([
      "max(0, −0.14, −0.29,",
      "    0.14, 0, −0.14,",
      "    0.29, 0.14, 0)",
      "≈ 0.29",
    ]);
    expect(lines([2, 2], "max")).toEqual(["max(0, −0.14, 0.14, 0) ≈ 0.14"]);
  });
});
