/** Pooling over the whole image on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import { compute } from "../../backend/compute.js";
import { allFinite } from "../finite.js";
import { imageLayout } from "../layout.js";
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
