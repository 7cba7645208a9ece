/** Pooling over the whole image on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import { compute, type Tensor } from "../../backend/compute.js";
import { allFinite } from "../finite.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import { imageLayout } from "../layout.js";
import { requireExactIndices } from "../pooling-plan.js";
import * as reference from "../reference/pooling-global.js";
import { pairwiseSum } from "./pairwise-sum.js";

/**
 * {@link reference.globalAvgPool} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.globalAvgPool(array([[1, 2], [3, 6]])) // → [3]
 */
export function globalAvgPool(x: FloatArray): FloatArray {
  const { rank, N, H, W, C } = imageLayout(x, "globalAvgPool");
  return compute(rank === 4 ? [N, C] : [C], (tf) =>
    tf.div(pairwiseSum(tf, tf.tensor3d(rowMajor(x), [N, H * W, C])), H * W),
  );
}

/**
 * {@link reference.globalMaxPool} on the back end that `await useBackend()` loaded. An image that holds NaN or an
 * infinity goes through the loops, since back ends disagree about them.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.globalMaxPool(array([[1, 2], [3, 6]])) // → [6]
 */
export function globalMaxPool(x: FloatArray): FloatArray {
  const { rank, N, H, W, C } = imageLayout(x, "globalMaxPool");
  const values = rowMajor(x);
  if (!allFinite(values)) return reference.globalMaxPool(x);
  return compute(rank === 4 ? [N, C] : [C], (tf) => tf.max(tf.tensor3d(values, [N, H * W, C]), 1));
}

/**
 * {@link reference.globalAvgPoolGradient} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.globalAvgPoolGradient(zeros([2, 2]), array([8])) // → [[2, 2], [2, 2]]
 */
export function globalAvgPoolGradient(x: FloatArray, outputGradient: FloatArray): FloatArray {
  const { rank, N, H, W, C } = imageLayout(x, "globalAvgPoolGradient");
  requireOutputGradient("globalAvgPoolGradient", outputGradient, rank === 4 ? [N, C] : [C]);
  return compute(x.shape, (tf) =>
    tf.tile(tf.div(tf.tensor3d(rowMajor(outputGradient), [N, 1, C]), H * W), [1, H * W, 1]),
  );
}

/**
 * {@link reference.globalMaxPoolGradient} on the back end that `await useBackend()` loaded. An image that holds NaN or
 * an infinity goes through the loops, since back ends disagree about them.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.globalMaxPoolGradient(array([[1, 2], [6, 3]]), array([8])) // → [[0, 0], [8, 0]]
 */
export function globalMaxPoolGradient(x: FloatArray, outputGradient: FloatArray): FloatArray {
  const layout = imageLayout(x, "globalMaxPoolGradient");
  const { rank, N, H, W, C } = layout;
  requireExactIndices("globalMaxPoolGradient", layout);
  requireOutputGradient("globalMaxPoolGradient", outputGradient, rank === 4 ? [N, C] : [C]);
  const values = rowMajor(x);
  if (!allFinite(values)) return reference.globalMaxPoolGradient(x, outputGradient);
  return compute(x.shape, (tf) => {
    const input = tf.tensor3d(values, [N, H * W, C]);
    const places: Tensor = tf.tensor3d(
      Float32Array.from({ length: H * W }, (_, p) => p),
      [1, H * W, 1],
    );
    const isLargest = tf.equal(input, tf.max(input, 1, true));
    const first = tf.min(tf.where(isLargest, places, tf.scalar(H * W)), 1, true);
    const slopes: Tensor = tf.tensor3d(rowMajor(outputGradient), [N, 1, C]);
    return tf.where(tf.equal(places, first), slopes, tf.scalar(0));
  });
}
