/** Several results of one computation, such as the gradients of an input and of a kernel. */
import { type FloatArray, fromData, zeros } from "../../array.js";
import { getRunning, type Tensor, type Tf, values, withTensors } from "../../backend/compute.js";

/**
 * `compute` for several results; those of an empty batch (N = 0) are zeros.
 *
 * @throws {Error} when no back end is loaded.
 */
export function computeEach(
  shapes: readonly (readonly number[])[],
  N: number,
  f: (tf: Tf) => Tensor[],
): FloatArray[] {
  const results = withTensors((tf) => (N === 0 ? [] : f(tf)));
  if (N === 0) return shapes.map((shape) => zeros(shape));
  const { tf } = getRunning()!;
  try {
    return results.map((tensor, which) => fromData(values(tf, tensor), shapes[which]!));
  } finally {
    tf.dispose(results);
  }
}
