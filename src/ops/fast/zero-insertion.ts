/** Zeros between pixels, on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import type { PerAxis } from "../options.js";
import { planZeroInsertion } from "../zero-insertion-plan.js";
import { computeEach } from "./results.js";
import { everyStride, spreadPixels } from "./zero-insertion-tensors.js";

/**
 * {@link reference.zeroInsertion} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.zeroInsertion(array([[1, 2], [3, 4]]), 2) // → [[1, 0, 2], [0, 0, 0], [3, 0, 4]]
 */
export function zeroInsertion(x: FloatArray, factor: PerAxis): FloatArray {
  const { N, H, W, C, sy, sx, shape } = planZeroInsertion("zeroInsertion", x, factor);
  return computeEach([shape], N, (tf) => [
    spreadPixels(tf, tf.tensor4d(rowMajor(x), [N, H, W, C]), [sy, sx]),
  ])[0]!;
}

/**
 * {@link reference.zeroInsertionGradient} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.zeroInsertionGradient(zeros([1, 2]), 2, array([[5, 6, 7]])) // → [[5, 7]]
 */
export function zeroInsertionGradient(
  x: FloatArray,
  factor: PerAxis,
  outputGradient: FloatArray,
): FloatArray {
  const plan = planZeroInsertion("zeroInsertionGradient", x, factor);
  requireOutputGradient("zeroInsertionGradient", outputGradient, plan.shape);
  const { N, H, W, C, sy, sx, OH, OW } = plan;
  return computeEach([x.shape], N, (tf) => {
    const gy = tf.tensor4d(rowMajor(outputGradient), [N, OH, OW, C]);
    return [everyStride(tf, gy, [0, 0], [sy, sx], [H, W])];
  })[0]!;
}
