/** What a layer on tfjs can do. Batches are tensors N×H×W×C or N×inputs. */
import type { Tensor, Tf } from "../../backend/compute.js";

/** A matrix on the back end. */
export type Tensor2D = ReturnType<Tf["tensor2d"]>;

/**
 * `forward` remembers what `backward` needs, so the two are called in turn, inside one `tidy`. A gradient is written
 * down by hand, not recorded: on native TensorFlow a step of a small CNN takes half the time that it takes with a tape.
 */
export interface FastLayer {
  forward(tf: Tf, x: Tensor, training: boolean): Tensor;
  /**
   * Sets the gradients of the layer's parameters.
   *
   * @param needed whether the slope in front of the layer is asked for
   * @returns the slope for each input; undefined where it is not needed
   */
  backward(tf: Tf, slope: Tensor, needed: boolean): Tensor | undefined;
}

/** A layer with nothing to learn. */
export function fastWeightless(
  forward: FastLayer["forward"],
  backward: (tf: Tf, slope: Tensor) => Tensor,
): FastLayer {
  return {
    forward,
    backward: (tf, slope, needed) => (needed ? backward(tf, slope) : undefined),
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
  needed: boolean,
): Tensor | undefined {
  let value: Tensor | undefined = slope;
  for (let i = layers.length - 1; i >= 0; i--) {
    value = layers[i]!.backward(tf, value!, needed || i > 0);
  }
  return value;
}
