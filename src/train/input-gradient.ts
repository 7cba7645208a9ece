/** What a network's answer owes to each pixel. */

import { inspect } from "node:util";
import { type FloatArray, shapeText, zeros } from "../array.js";
import { ArgumentError } from "../errors.js";
import { requireOptions } from "../ops/known-options.js";
import type { Answers } from "./answers.js";
import { requireNetwork } from "./network-required.js";
import { isArray } from "./pictures.js";

/** Options of {@link inputGradient}. */
export interface InputGradientOptions {
  /** The unit stands behind the first `layers` layers (default: all). */
  readonly layers?: number;
}

/**
 * The slope of one unit at each value of the picture: where it is not 0 is what the unit sees, and its size says how
 * much a pixel counts (Simonyan et al. 2013, "Deep inside convolutional networks", section 3).
 *
 * @param net a network in loops or on tfjs.
 * @param picture H×W×C of the network.
 * @param unit its index behind the layers, `[row, column, channel]` or `[class]`; or a whole output gradient.
 * @returns H×W×C.
 * @throws {ArgumentError} when there is no such unit, layer or option.
 * @throws {ShapeError} when the picture or the output gradient has another shape.
 * @example const net = train.network([3, 3, 1], [train.conv(1, 2)], { start: "zeros" });
 * net.layers[0].weights.set([1, 2, 3, 4]);
 * train.inputGradient(net, zeros([3, 3, 1]), [1, 1, 0]) // → [[[0], [0], [0]], [[0], [1], [2]], [[0], [3], [4]]]
 */
export function inputGradient(
  net: Pick<Answers, "gradientAt" | "shapeBehind" | "specs">,
  picture: FloatArray,
  unit: readonly number[] | FloatArray,
  options: InputGradientOptions = {},
): FloatArray {
  requireNetwork(net, "inputGradient");
  requireOptions("inputGradient", options, { layers: true });
  const { layers = net.specs.length } = options;
  const gradient = isArray(unit) ? unit : oneUnit(net.shapeBehind(layers), unit);
  return net.gradientAt(picture, gradient, { to: layers });
}

/**
 * 1 at one unit, 0 elsewhere.
 *
 * @throws {ArgumentError} when there is no such unit.
 */
export function oneUnit(shape: readonly number[], unit: readonly number[]): FloatArray {
  const inside =
    Array.isArray(unit) &&
    unit.length === shape.length &&
    unit.every((place, axis) => Number.isInteger(place) && place >= 0 && place < shape[axis]!);
  if (!inside) {
    throw new ArgumentError(
      `The values there are ${shapeText(shape)}, so a unit is a list of ${shape.length === 1 ? "one whole number" : `${shape.length} whole numbers`} below ${shape.length === 1 ? "it" : "these"}, from 0; got ${Array.isArray(unit) ? `[${unit.join(", ")}]` : inspect(unit)}.`,
    );
  }
  const one = zeros(shape);
  one.set(...unit, 1);
  return one;
}
