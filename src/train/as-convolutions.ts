/** A network's fully connected layers as convolutions, so that it slides over a larger picture. */
import { ArgumentError } from "../errors.js";
import type { LayerSpec } from "../network/layers.js";
import type { Engine } from "./engine.js";

/**
 * The layers of a network with every fully connected layer that reads a map as a `valid` convolution as large as that
 * map, and those behind it as 1×1. Their weights are the same numbers in the same order: a dense layer reads a map row
 * by row, channels last, which is how a kernel lies in memory.
 *
 * @throws {ArgumentError} when a layer was written as a function.
 */
export function convolutionSpecs({ specs, shapes, inputShape }: Engine): LayerSpec[] {
  let map = inputShape; // the last shape with rows and columns
  let slides = true; // whether the values still have rows and columns in the new network
  return specs.flatMap((spec, i): LayerSpec[] => {
    if (spec.kind === "own") {
      throw new ArgumentError(
        "A layer of your own can't be read, so it can't be rewritten either.",
      );
    }
    const before = i === 0 ? inputShape : shapes[i - 1]!;
    if (before.length === 3) map = before;
    if (spec.kind === "globalAvgPool" || spec.kind === "globalMaxPool") slides = false;
    if (spec.kind === "flatten" && slides) return [];
    if (spec.kind !== "dense" || !slides) return [spec];
    const [height, width] = map as [number, number];
    map = [1, 1, spec.units];
    const { kind: _, units, ...rest } = spec;
    return [{ ...rest, kind: "conv", filters: units, kernel: [height, width] }];
  });
}
