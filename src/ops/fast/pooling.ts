/** Pooling on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import { compute, type Tensor4D } from "../../backend/compute.js";
import { imageLayout } from "../layout.js";
import type { PerAxis } from "../options.js";
import { type PoolingPlan, type PoolOptions, planPooling } from "../pooling-plan.js";

function border({ rows, columns }: PoolingPlan): [number, number][] {
  return [
    [0, 0],
    [rows.before, rows.after],
    [columns.before, columns.after],
    [0, 0],
  ];
}

/**
 * {@link reference.maxPool} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 */
export function maxPool(x: FloatArray, size: PerAxis | PoolOptions): FloatArray {
  const plan = planPooling("maxPool", x, size);
  const { N, H, W, C, Kh, Kw, rows, columns } = plan;
  return compute(plan.shape, (tf) => {
    const input = tf.tensor4d(rowMajor(x), [N, H, W, C]);
    const padded = tf.pad(input, border(plan), -Infinity) as Tensor4D;
    return tf.maxPool(padded, [Kh, Kw], [rows.stride, columns.stride], "valid");
  });
}

/**
 * {@link reference.avgPool} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 */
export function avgPool(x: FloatArray, size: PerAxis | PoolOptions): FloatArray {
  const plan = planPooling("avgPool", x, size);
  const { N, H, W, C, Kh, Kw, rows, columns } = plan;
  return compute(plan.shape, (tf) => {
    const input = tf.tensor4d(rowMajor(x), [N, H, W, C]);
    const means = (values: Tensor4D): Tensor4D =>
      tf.avgPool(
        tf.pad(values, border(plan)) as Tensor4D,
        [Kh, Kw],
        [rows.stride, columns.stride],
        "valid",
      );
    if (rows.before + rows.after + columns.before + columns.after === 0) return means(input);
    // The padded mean divides by the whole window; the share of it that lies on the image puts that right.
    return tf.div(means(input), means(tf.ones([1, H, W, 1])));
  });
}

/**
 * {@link reference.globalAvgPool} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 */
export function globalAvgPool(x: FloatArray): FloatArray {
  const { rank, N, H, W, C } = imageLayout(x, "globalAvgPool");
  // Rows first, then columns: one long float32 sum drifts (4 million times 0.1 gave 384,524 on wasm).
  return compute(rank === 4 ? [N, C] : [C], (tf) =>
    tf.mean(tf.mean(tf.tensor4d(rowMajor(x), [N, H, W, C]), 2), 1),
  );
}

/**
 * {@link reference.globalMaxPool} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 */
export function globalMaxPool(x: FloatArray): FloatArray {
  const { rank, N, H, W, C } = imageLayout(x, "globalMaxPool");
  return compute(rank === 4 ? [N, C] : [C], (tf) =>
    tf.max(tf.tensor4d(rowMajor(x), [N, H, W, C]), [1, 2]),
  );
}
