/** A residual block (He et al. 2016): what some layers make of the input, plus the input. */

import { backwardThrough, forwardThrough } from "../chain.js";
import { type Layer, none, type Parameter } from "../layer.js";

/**
 * y = layers(x) + shortcut(x); an empty shortcut is x itself. Its `weights` are empty: the arrays of the layers inside
 * are its `parameters`.
 *
 * @param names of the layers in each branch, such as conv1.
 */
export function residualLayer(
  outputShape: readonly number[],
  layers: readonly Layer[],
  shortcut: readonly Layer[],
  parameters: readonly Parameter[],
): Layer {
  return {
    outputShape,
    weights: none,
    gradient: none,
    parameters,
    forward(x, training) {
      const own = forwardThrough(layers, x, training);
      const straight = forwardThrough(shortcut, x, training);
      return own.map((value, i) => value + straight[i]!);
    },
    backward(slopes) {
      const own = backwardThrough(layers, slopes);
      const straight = backwardThrough(shortcut, slopes);
      return own.map((slope, i) => slope + straight[i]!);
    },
  };
}
