/** Pooling on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { compute, type Tensor, type Tensor4D, type Tf } from "../../backend/compute.js";
import { allFinite } from "../finite.js";
import type { Walk } from "../geometry.js";
import type { PerAxis } from "../options.js";
import {
  type AvgPoolOptions,
  type PoolingPlan,
  type PoolOptions,
  planPooling,
  requireExactIndices,
  windowCounts,
} from "../pooling-plan.js";
import * as reference from "../reference/pooling.js";
import { windowMeans } from "./window-means.js";

function border({ rows, columns }: PoolingPlan): [number, number][] {
  return [
    [0, 0],
    [rows.before, rows.after],
    [columns.before, columns.after],
    [0, 0],
  ];
}

/**
 * {@link reference.maxPool} on the back end that `await useBackend()` loaded. An image that holds NaN or an infinity
 * goes through the loops, since back ends disagree about them.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.maxPool(array([[1, 3, 2, 0], [5, 2, 1, 1]]), 2) // → [[5, 2]]
 */
export function maxPool(x: FloatArray, size: PerAxis | PoolOptions): FloatArray {
  const plan = planPooling("maxPool", x, size);
  const { N, H, W, C, Kh, Kw, rows, columns } = plan;
  const values = rowMajor(x);
  if (!allFinite(values)) return reference.largest("maxPool", x, size).values;
  return compute(plan.shape, (tf) => {
    const padded = tf.pad(tf.tensor4d(values, [N, H, W, C]), border(plan), -Infinity) as Tensor4D;
    return tf.maxPool(padded, [Kh, Kw], [rows.stride, columns.stride], "valid");
  });
}

/**
 * {@link reference.maxPoolWithIndices} on the back end that `await useBackend()` loaded. An image that holds NaN or an
 * infinity goes through the loops, since back ends disagree about them.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.maxPoolWithIndices(array([[1, 3, 2, 0], [5, 2, 1, 1]]), 2).indices // → [[4, 2]]
 */
export function maxPoolWithIndices(
  x: FloatArray,
  size: PerAxis | PoolOptions,
): reference.MaxPooled {
  return winners("maxPoolWithIndices", x, size);
}

/** The largest value of each window and its place, under the name of the operation that asked. */
export function winners(
  operation: string,
  x: FloatArray,
  size: PerAxis | PoolOptions,
): reference.MaxPooled {
  const plan = planPooling(operation, x, size);
  requireExactIndices(operation, plan);
  const input = rowMajor(x);
  if (!allFinite(input)) return reference.largest(operation, x, size);
  const both = compute([2, ...plan.shape], (tf) => tf.stack(winningPlaces(tf, input, plan)));
  const { data } = both;
  return {
    values: fromData(data.slice(0, data.length / 2), plan.shape),
    indices: fromData(data.slice(data.length / 2), plan.shape),
  };
}

/**
 * The first of the largest values of each window, N×OH×OW×C, and its place. The best column of each row of the window
 * comes first, then the best row: Kh + Kw comparisons of whole maps. (tfjs's own argmax pooling is missing on native
 * and wrong on wasm.)
 */
function winningPlaces(tf: Tf, input: Float32Array, plan: PoolingPlan): [Tensor, Tensor] {
  const { N, H, W, C, Kh, Kw, OH, OW, rows, columns } = plan;
  const padded = tf.pad(tf.tensor4d(input, [N, H, W, C]), border(plan), -Infinity);
  const tall = padded.shape[1]!;
  const numbers = (walk: Walk, u: number, times: number): Float32Array =>
    Float32Array.from({ length: walk.out }, (_, i) => (i * walk.stride + u - walk.before) * times);

  const columnsFrom = everyNth(tf, tf.reshape(padded, [N * tall, -1, C]), columns);
  const [best, column] = firstBest(tf, Kw, (v) => {
    const values = columnsFrom(v);
    const places = tf.tensor3d(numbers(columns, v, 1), [1, OW, 1]);
    return [values, tf.add(tf.zerosLike(values), places)];
  });
  const rowsFrom = everyNth(tf, tf.reshape(best, [N, tall, OW * C]), rows);
  const besideRowsFrom = everyNth(tf, tf.reshape(column, [N, tall, OW * C]), rows);
  return firstBest(tf, Kh, (u) => [
    rowsFrom(u),
    tf.add(besideRowsFrom(u), tf.tensor3d(numbers(rows, u, W), [1, OH, 1])),
  ]);
}

/**
 * From B×n×D the entries u, u + stride, u + 2·stride … of the middle axis, one for each place of the window. (A strided
 * slice says the same and takes ten times as long on wasm.)
 */
function everyNth(tf: Tf, map: Tensor, { stride, out }: Walk): (u: number) => Tensor {
  const [B, n, D] = map.shape as [number, number, number];
  // A single place takes no step; a stride far beyond the map would be filled up with a map as long as itself.
  const step = out === 1 ? n : stride;
  const groups = Math.ceil(n / step);
  const even = tf.pad(map, [
    [0, 0],
    [0, groups * step - n],
    [0, 0],
  ]);
  const grouped = tf.reshape(even, [B, groups, step, D]);
  return (u) => {
    const first = Math.floor(u / step);
    return tf.reshape(tf.slice(grouped, [0, first, u % step, 0], [B, out, 1, D]), [B, out, D]);
  };
}

/** Of `count` maps the largest value at each place, and what stands beside the first map that has it. */
function firstBest(
  tf: Tf,
  count: number,
  candidate: (k: number) => [value: Tensor, beside: Tensor],
): [Tensor, Tensor] {
  let [best, chosen] = candidate(0);
  for (let k = 1; k < count; k++) {
    const [value, beside] = candidate(k);
    chosen = tf.where(tf.greater(value, best), beside, chosen);
    best = tf.maximum(best, value);
  }
  return [best, chosen];
}

/**
 * {@link reference.avgPool} on the back end that `await useBackend()` loaded. An image that holds NaN or an infinity
 * goes through the loops, since back ends disagree about them.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.avgPool(array([[1, 3, 2, 0], [5, 3, 1, 1]]), 2) // → [[3, 1]]
 */
export function avgPool(x: FloatArray, size: PerAxis | AvgPoolOptions): FloatArray {
  const plan = planPooling("avgPool", x, size);
  const { N, H, W, C, Kh, Kw, OH, OW, rows, columns } = plan;
  const values = rowMajor(x);
  if (!allFinite(values)) return reference.avgPool(x, size);
  return compute(plan.shape, (tf) => {
    const padded = tf.pad(tf.tensor4d(values, [N, H, W, C]), border(plan)) as Tensor4D;
    const means = windowMeans(tf, padded, plan, [rows.stride, columns.stride]);
    // tfjs divides by the whole window, of which only a part may count.
    const counts = windowCounts(plan);
    return tf.mul(
      means,
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
  });
}
