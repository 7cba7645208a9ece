/** What every layer of a network in loops can do. Plain loops over 32-bit floats. */
import { countOf } from "../array-size.js";
import type { LayerSpec } from "../network/layers.js";
import { fillFirst, parametersOf, type Start } from "./parameters.js";
import type { RandomSource } from "./random-source.js";

export { countOf } from "../array-size.js";
export type { RandomSource } from "./random-source.js";

/** One array of a layer: its kernel, its biases. */
export interface Parameter {
  readonly name: string;
  readonly shape: readonly number[];
  readonly values: Float32Array;
  /** The loss's slope for each value, added up over a batch; missing where nothing is learned. */
  readonly gradient?: Float32Array;
}

/**
 * A layer with its weights. Values lie in row-major order, H×W×C, the pictures of a batch one after another.
 * `forward` remembers what `backward` needs, so the two are called in turn.
 */
export interface Layer {
  readonly outputShape: readonly number[];
  /** All weights and biases of the layer, side by side; empty for a layer that learns nothing. */
  readonly weights: Float32Array;
  /** The loss's slope for each weight, added up over the pictures of a batch. */
  readonly gradient: Float32Array;
  /** The arrays in `weights`, each with its name and shape, and what else the layer keeps. */
  readonly parameters: readonly Parameter[];
  /** @param training whether batch norm and dropout behave as while training (default false) */
  forward(input: Float32Array, training?: boolean): Float32Array;
  /**
   * From the loss's slope for each output to its slope for each input; adds to `gradient`.
   *
   * @param needed whether anything in front of the layer asks for the slope (default true; else it may be empty)
   */
  backward(outputGradient: Float32Array, needed?: boolean): Float32Array;
}

/** A layer that waits for the shape of its input. */
export type LayerPlan = (
  inputShape: readonly number[],
  random: RandomSource,
  start?: Start,
) => Layer;

/** No numbers at all. */
export const none: Float32Array = new Float32Array(0);

/** A layer with nothing to learn. */
export function weightless(
  outputShape: readonly number[],
  forward: Layer["forward"],
  backward: Layer["backward"],
): Layer {
  return { outputShape, weights: none, gradient: none, parameters: [], forward, backward };
}

/** The arrays of a new layer: those that learn lie side by side in `weights`, their slopes in `gradient`. */
export function freshWeights(
  spec: LayerSpec,
  inputShape: readonly number[],
  random: RandomSource,
  start: Start,
): Pick<Layer, "weights" | "gradient" | "parameters"> {
  const plans = parametersOf(spec, inputShape);
  const sizes = plans.map(({ learned, shape }) => (learned ? countOf(shape) : 0));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const weights = new Float32Array(total);
  const gradient = new Float32Array(total);
  let at = 0;
  const parameters = plans.map((plan, i): Parameter => {
    const { name, shape, learned } = plan;
    const from = at;
    at += sizes[i]!;
    const values = learned ? weights.subarray(from, at) : new Float32Array(countOf(shape));
    fillFirst(values, plan, start, random);
    return learned
      ? { name, shape, values, gradient: gradient.subarray(from, at) }
      : { name, shape, values };
  });
  return { weights, gradient, parameters };
}
