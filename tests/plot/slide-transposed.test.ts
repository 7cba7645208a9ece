/** A transposed convolution as it moves: its output fills up, stamp by stamp. */
import { describe, expect, test } from "vitest";
import { array, fromFunction } from "../../src/array.js";
import { ArgumentError } from "../../src/errors.js";
import { transposedConv2d } from "../../src/ops/index.js";
import { numberText } from "../../src/plot/numbers.js";
import { gridCells } from "../../src/plot/slide/grid-cells.js";
import * as plot from "../../src/plot/slide/index.js";
import { movingPart } from "../../src/plot/slide/moving-part.js";
import type { Scene } from "../../src/plot/slide/scene.js";
import { outlines, places, sceneOf, sumText, toy, whole } from "./slide-scenes.js";

describe("the stamps of a transposed convolution", () => {
  /** The output as it is drawn at a place: the values written into its cells. */
  const drawn = (scene: Scene, place: number): number[] =>
    Array.from(
      movingPart(scene, place, gridCells, numberText)
        .split("</rect>")
        .join("")
        .matchAll(/>(−?[\d.]+)<\/text>/g),
      ([, text]) => Number(text!.replace("−", "-")),
    ).slice(0, scene.output.values.length);

  test("after the last place the output is that of transposedConv2d, with the border around it", () => {
    const input = fromFunction([3, 2], whole(4));
    const kernel = fromFunction([3, 2], whole(1));
    for (const options of [
      {},
      { stride: 2 },
      { stride: 2, padding: 1, outputPadding: 1, bias: 2 },
    ]) {
      const scene = sceneOf(plot.slideTransposed(input, kernel, options));
      const { output } = scene;
      const wanted = transposedConv2d(input, kernel, options);
      const last = places(scene).at(-1)!;
      const values = drawn(scene, last);
      expect(values).toHaveLength(output.rows * output.columns);
      for (let y = 0; y < wanted.shape[0]!; y++) {
        for (let x = 0; x < wanted.shape[1]!; x++) {
          const at = (y - output.firstRow) * output.columns + x - output.firstColumn;
          expect(values[at]).toBe(wanted.get(y, x));
        }
      }
    }
  });

  test("the output fills up place by place, and the line says where the stamp lands", () => {
    const scene = sceneOf(plot.slideTransposed(array([1, 2, 3]), array([1, 1, 1]), { stride: 2 }));
    expect(drawn(scene, 0)).toEqual([1, 1, 1, 0, 0, 0, 0]);
    expect(drawn(scene, 1)).toEqual([1, 1, 3, 2, 2, 0, 0]);
    expect(drawn(scene, 2)).toEqual([1, 1, 3, 2, 5, 3, 3]);
    expect(sumText(scene, 1).replace(/ +/g, " ").trim()).toBe(
      "2 * [1, 1, 1] = [2, 2, 2] added to outputs 2…4",
    );
    expect(outlines(scene, 1)).toEqual({ wide: [[0, 2, 1, 3]], narrow: [0, 1, 1, 1] });
  });

  test("refuses what it cannot draw", () => {
    expect(() => plot.slideTransposed(toy, array([1, 2]))).toThrow(/a row of numbers goes with/);
    expect(() => plot.slideTransposed(toy, toy, { stride: 0 })).toThrow(ArgumentError);
    expect(() => plot.slideTransposed(toy, toy, { outputPadding: 3 })).toThrow(ArgumentError);
  });
});
