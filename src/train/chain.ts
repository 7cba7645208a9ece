/** Layers one after another. */
import type { Layer } from "./layer.js";

/** What the layers make of a batch, in order. */
export function forwardThrough(
  layers: readonly Layer[],
  input: Float32Array,
  training = false,
): Float32Array {
  return layers.reduce((value, layer) => layer.forward(value, training), input);
}

/**
 * The loss's slope for each input of the layers, from its slope for each output, last layer first.
 *
 * @param needed whether the slope in front of the first layer is asked for
 */
export function backwardThrough(
  layers: readonly Layer[],
  outputGradient: Float32Array,
  needed = true,
): Float32Array {
  return layers.reduceRight(
    (slope, layer, i) => layer.backward(slope, needed || i > 0),
    outputGradient,
  );
}
