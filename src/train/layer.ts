/** What every layer of a small network can do. Plain loops over 32-bit floats, one picture at a time. */

/** Picks numbers between −1 and 1; seeded, so that a run can be repeated. */
export type RandomSource = () => number;

/**
 * A layer with its weights. `forward` remembers what `backward` needs, so the two are called in turn for each
 * picture. Values between layers lie in row-major order, H×W×C.
 */
export interface Layer {
  readonly outputShape: readonly number[];
  /** All weights and biases of the layer; empty for a layer that learns nothing. */
  readonly weights: Float32Array;
  /** The loss's slope for each weight, added up over the pictures of a batch. */
  readonly gradient: Float32Array;
  forward(input: Float32Array): Float32Array;
  /** From the loss's slope for each output to its slope for each input; adds to `gradient`. */
  backward(outputGradient: Float32Array): Float32Array;
}

/** A layer that waits for the shape of its input. */
export type LayerPlan = (inputShape: readonly number[], random: RandomSource) => Layer;

const none = new Float32Array(0);

/** A layer with nothing to learn. */
export function weightless(
  outputShape: readonly number[],
  forward: (input: Float32Array) => Float32Array,
  backward: (outputGradient: Float32Array) => Float32Array,
): Layer {
  return { outputShape, weights: none, gradient: none, forward, backward };
}

/** How many numbers a shape holds. */
export function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** Uniform weights with variance 2/inputs, for layers with ReLU behind them (He et al. 2015, section 2.2). */
export function heWeights(count: number, inputs: number, random: RandomSource): Float32Array {
  const limit = Math.sqrt(6 / inputs);
  return Float32Array.from({ length: count }, () => limit * random());
}
