/** The gradients of pooling on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { compute, type Tensor, type Tensor4D } from "../../backend/compute.js";
import { allFinite } from "../finite.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import type { PerAxis } from "../options.js";
import {
  type AvgPoolOptions,
  type PoolOptions,
  planPooling,
  windowCounts,
} from "../pooling-plan.js";
import * as reference from "../reference/pooling-gradient.js";
import { winners } from "./pooling.js";
import { windowMeans } from "./window-means.js";

/**
 * {@link reference.maxPoolGradient} on the back end that `await useBackend()` loaded. It finds the winners itself:
 * tfjs's own gradient is wrong on wasm where a window holds no positive value, and gives ties to the last.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.maxPoolGradient(array([[1, 3, 2, 0], [5, 2, 1, 1]]), 2, array([[10, 20]])) // → [[0, 0, 20, 0], [10, 0, 0, 0]]
 */
export function maxPoolGradient(
  x: FloatArray,
  size: PerAxis | PoolOptions,
  outputGradient: FloatArray,
): FloatArray {
  const plan = planPooling("maxPoolGradient", x, size);
  requireOutputGradient("maxPoolGradient", outputGradient, plan.shape);
  const { indices } = winners("maxPoolGradient", x, size);
  return fromData(reference.atPlaces(plan, rowMajor(indices), rowMajor(outputGradient)), x.shape);
}

/**
 * {@link reference.avgPoolGradient} on the back end that `await useBackend()` loaded. A gradient that holds NaN or an
 * infinity goes through the loops, since back ends disagree about them.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.avgPoolGradient(zeros([2, 4]), 2, array([[4, 8]])) // → [[1, 1, 2, 2], [1, 1, 2, 2]]
 */
export function avgPoolGradient(
  x: FloatArray,
  size: PerAxis | AvgPoolOptions,
  outputGradient: FloatArray,
): FloatArray {
  const plan = planPooling("avgPoolGradient", x, size);
  requireOutputGradient("avgPoolGradient", outputGradient, plan.shape);
  const slopes = rowMajor(outputGradient);
  if (!allFinite(slopes)) return reference.avgPoolGradient(x, size, outputGradient);
  const { N, H, W, C, Kh, Kw, OH, OW, rows, columns } = plan;
  const { stride: sy, before: top, after: bottom } = rows;
  const { stride: sx, before: left, after: right } = columns;
  const counts = windowCounts(plan);
  return compute(x.shape, (tf) => {
    const shares = tf.mul(
      tf.tensor4d(slopes, [N, OH, OW, C]),
      tf.mul(
        tf.tensor4d(
          counts.rows.map((count) => Kh / count),
          [1, OH, 1, 1],
        ),
        tf.tensor4d(
          counts.columns.map((count) => Kw / count),
          [1, 1, OW, 1],
        ),
      ),
    );
    // stride − 1 zeros after each share put it where its window begins: (OH, sy, OW, sx) is one row, one column each.
    let begins: Tensor = tf.pad(tf.reshape(shares, [N * OH, 1, OW, C]), [
      [0, 0],
      [0, sy - 1],
      [0, 0],
      [0, 0],
    ]);
    begins = tf.pad(tf.reshape(begins, [N * OH * sy, OW, 1, C]), [
      [0, 0],
      [0, 0],
      [0, sx - 1],
      [0, 0],
    ]);
    // A pixel lies in the windows that begin up to K − 1 before it: their mean, K² of which are taken, K² times.
    const tall = Math.max(H + top + bottom, OH * sy);
    const wide = Math.max(W + left + right, OW * sx);
    const around = tf.pad(tf.reshape(begins, [N, OH * sy, OW * sx, C]), [
      [0, 0],
      [Kh - 1, tall - OH * sy],
      [Kw - 1, wide - OW * sx],
      [0, 0],
    ]) as Tensor4D;
    const sums = windowMeans(tf, around, plan, [1, 1]);
    return tf.slice(sums, [0, top, left, 0], [N, H, W, C]);
  });
}
