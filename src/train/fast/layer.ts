/** What a layer on tfjs can do. Batches are tensors N×H×W×C or N×inputs. */
import type { Tensor, Tf } from "../../backend/compute.js";

/** Which slopes a backward pass is run for. */
export interface Wants {
  /** Those in front of the layer. */
  readonly input: boolean;
  /** Those of its parameters. */
  readonly weights: boolean;
}

/** A matrix on the back end. */
export type Tensor2D = ReturnType<Tf["tensor2d"]>;

/**
 * `forward` remembers what `backward` needs, so the two are called in turn, inside one `tidy`. A gradient is written
 * down by hand, not recorded: on native TensorFlow a step of a small CNN takes half the time that it takes with a tape.
 */
export interface FastLayer {
  forward(tf: Tf, x: Tensor, training: boolean): Tensor;
  /**
   * Sets the gradients of the layer's parameters, where they are wanted.
   *
   * @returns the slope for each input; undefined where it is not wanted
   */
  backward(tf: Tf, slope: Tensor, wants: Wants): Tensor | undefined;
}

/** A layer with nothing to learn. */
export function fastWeightless(
  forward: FastLayer["forward"],
  backward: (tf: Tf, slope: Tensor) => Tensor,
): FastLayer {
  return {
    forward,
    backward: (tf, slope, wants) => (wants.input ? backward(tf, slope) : undefined),
  };
}

/** Runs layers in order; what only the next layer reads is freed at once, so that its memory is used again. */
export function fastForward(
  tf: Tf,
  layers: readonly FastLayer[],
  x: Tensor,
  training: boolean,
  backwardFollows: boolean,
): Tensor {
  let value = x;
  for (const layer of layers) {
    const next = layer.forward(tf, value, training);
    if (!backwardFollows && value !== x && next !== value) value.dispose();
    value = next;
  }
  return value;
}

/** The slope in front of the first layer, last layer first. */
export function fastBackward(
  tf: Tf,
  layers: readonly FastLayer[],
  slope: Tensor,
  { input, weights }: Wants,
): Tensor | undefined {
  let value: Tensor | undefined = slope;
  for (let i = layers.length - 1; i >= 0; i--) {
    value = layers[i]!.backward(tf, value!, { input: input || i > 0, weights });
  }
  return value;
}
