/** Reading what a moving window sends to the page. */
import { array, type FloatArray } from "../../src/array.js";
import { numberText } from "../../src/plot/numbers.js";
import { sumAt } from "../../src/plot/slide/figure.js";
import { gridCells } from "../../src/plot/slide/grid-cells.js";
import { movingPart } from "../../src/plot/slide/moving-part.js";
import type { Scene } from "../../src/plot/slide/scene.js";

export const toy: FloatArray = array([
  [0, 0, 1, 1, 0, 0],
  [0, 1, 2, 2, 1, 0],
  [1, 2, 3, 3, 2, 1],
  [1, 2, 3, 3, 2, 1],
  [0, 1, 2, 2, 1, 0],
  [0, 0, 1, 1, 0, 0],
]);

/** The scene that a figure sends to the page. */
export function sceneOf(figure: { html(): string }): Scene {
  const [, json] = /previousElementSibling, (\{.*?\}), function/s.exec(figure.html())!;
  return JSON.parse(json!) as Scene;
}

/** The written sum of a place on one line, with plain signs. */
export function sumText(scene: Scene, place: number): string {
  return sumAt(scene, place)
    .map((line) => line.map(([text]) => text).join(""))
    .join(" ")
    .replaceAll("\u00a0", " ")
    .replaceAll("−", "-")
    .replaceAll("×", "*");
}

/** Small whole numbers of both signs, others for another seed. */
export const whole =
  (seed: number) =>
  (y: number | undefined, x: number | undefined): number =>
    ((y! * 7 + (x ?? 0) * 5 + seed) % 9) - 4;

/** The outlines at a place, in cells of the grid that they lie on. */
export function outlines(scene: Scene, place: number): { wide: number[][]; narrow: number[] } {
  const rects = Array.from(
    movingPart(scene, place, gridCells, numberText).matchAll(
      /<rect x="([^"]*)" y="([^"]*)" width="([^"]*)" height="([^"]*)" fill="none"/g,
    ),
    (match) => match.slice(1).map(Number),
  );
  const [wide, narrow] =
    scene.direction === "gather" ? [scene.input, scene.output] : [scene.output, scene.input];
  const cells = ([x = 0, y = 0, width = 0, height = 0]: number[], grid: typeof wide): number[] => [
    Math.round((y - grid.y) / grid.tall) + grid.firstRow,
    Math.round((x - grid.x) / grid.step) + grid.firstColumn,
    Math.round(height / grid.tall),
    Math.round((width - grid.cell) / grid.step) + 1,
  ];
  return {
    wide: rects.slice(0, -1).map((rect) => cells(rect, wide)),
    narrow: cells(rects.at(-1)!, narrow),
  };
}

/** Every place of the window, in reading order. */
export const places = ({ places: [rows, columns] }: Scene): number[] =>
  Array.from({ length: rows * columns }, (_, place) => place);
