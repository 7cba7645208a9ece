/** Reading what a moving window sends to the page. */
import { array, type FloatArray } from "../../src/array.js";
import { sumAt } from "../../src/plot/slide/figure.js";
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
