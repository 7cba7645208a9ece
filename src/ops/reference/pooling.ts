/** Pooling as loops that read like the definition. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import type { PerAxis } from "../options.js";
import {
  type AvgPoolOptions,
  type PoolOptions,
  planPooling,
  requireExactIndices,
} from "../pooling-plan.js";

/** What {@link maxPoolWithIndices} gives. */
export interface MaxPooled {
  /** The largest value in each window. */
  readonly values: FloatArray;
  /** Where it stood: row·W + column in the picture of its channel. The shape of `values`. */
  readonly indices: FloatArray;
}

/**
 * The largest value in each window, channel by channel. A window that holds NaN gives NaN.
 *
 * @param x H×W, H×W×C or N×H×W×C.
 * @param size the window's side, `[rows, columns]`, or `{ size, stride, padding, ceil }`; the stride is the size
 *   unless said.
 * @returns the same rank: OH×OW, OH×OW×C or N×OH×OW×C. With `"valid"` rows that fill no window are left out, unless
 *   `ceil` lets a last window hang over the edge.
 * @throws {ShapeError} when the window does not fit.
 * @throws {ArgumentError} when an option is out of range.
 * @example maxPool(array([[1, 3, 2, 0], [5, 2, 1, 1]]), 2) // → [[5, 2]]
 * @example maxPool(array([[1, 3, 2]]), { size: [1, 2], ceil: true }) // → [[3, 2]]
 */
export function maxPool(x: FloatArray, size: PerAxis | PoolOptions): FloatArray {
  return largest("maxPool", x, size).values;
}

/**
 * {@link maxPool} that also says where each value stood, for {@link unpoolMax}. Of equal values the first wins (row
 * by row), of several NaNs the last.
 *
 * @param x H×W, H×W×C or N×H×W×C.
 * @param size as for {@link maxPool}.
 * @returns `values` as {@link maxPool} gives them, and `indices` of the same shape: row·W + column in the picture of
 *   the same channel (PyTorch's numbering).
 * @throws {ShapeError} when the window does not fit, or the picture has more than 2²⁴ pixels.
 * @throws {ArgumentError} when an option is out of range.
 * @example maxPoolWithIndices(array([[1, 3, 2, 0], [5, 2, 1, 1]]), 2).indices // → [[4, 2]]
 */
export function maxPoolWithIndices(x: FloatArray, size: PerAxis | PoolOptions): MaxPooled {
  return largest("maxPoolWithIndices", x, size);
}

/** The largest value of each window and its place, under the name of the operation that asked. */
export function largest(
  operation: string,
  input: FloatArray,
  size: PerAxis | PoolOptions,
): MaxPooled {
  const plan = planPooling(operation, input, size);
  if (operation !== "maxPool") requireExactIndices(operation, plan);
  const { N, H, W, C, Kh, Kw, OH, OW, rows, columns } = plan;
  const { stride: sy, before: top } = rows;
  const { stride: sx, before: left } = columns;
  const x = rowMajor(input);
  const values = new Float32Array(N * OH * OW * C);
  const indices = new Float32Array(N * OH * OW * C);

  for (let n = 0; n < N; n++) {
    for (let i = 0; i < OH; i++) {
      for (let j = 0; j < OW; j++) {
        for (let c = 0; c < C; c++) {
          let best = -Infinity;
          let place = -1;
          for (let u = 0; u < Kh; u++) {
            const row = i * sy + u - top;
            if (row < 0 || row >= H) continue; // in the padding: no value
            for (let v = 0; v < Kw; v++) {
              const column = j * sx + v - left;
              if (column < 0 || column >= W) continue;
              const value = x[((n * H + row) * W + column) * C + c]!;
              if (value > best || place < 0 || Number.isNaN(value)) {
                best = value;
                place = row * W + column;
              }
            }
          }
          const window = ((n * OH + i) * OW + j) * C + c;
          values[window] = best;
          indices[window] = place;
        }
      }
    }
  }
  return { values: fromData(values, plan.shape), indices: fromData(indices, plan.shape) };
}

/**
 * The mean of each window, channel by channel. A window that hangs over the edge takes the mean of the pixels that
 * it does cover, as in TensorFlow, unless `countPadding` counts the padding as zeros, as in PyTorch. NaN and
 * infinities pass into every window that holds them.
 *
 * @param x H×W, H×W×C or N×H×W×C.
 * @param size the window's side, `[rows, columns]`, or `{ size, stride, padding, ceil, countPadding }`; the stride is
 *   the size unless said.
 * @returns the same rank: OH×OW, OH×OW×C or N×OH×OW×C.
 * @throws {ShapeError} when the window does not fit.
 * @throws {ArgumentError} when an option is out of range.
 * @example avgPool(array([[1, 3, 2, 0], [5, 3, 1, 1]]), 2) // → [[3, 1]]
 * @example avgPool(array([[4, 8]]), { size: [1, 2], stride: 1, padding: [0, 1] }) // → [[4, 6, 8]]
 */
export function avgPool(x: FloatArray, size: PerAxis | AvgPoolOptions): FloatArray {
  const plan = planPooling("avgPool", x, size);
  const { N, H, W, C, Kh, Kw, OH, OW, rows, columns, countedRows, countedColumns } = plan;
  const { stride: sy, before: top } = rows;
  const { stride: sx, before: left } = columns;
  const values = rowMajor(x);
  const y = new Float32Array(N * OH * OW * C);

  for (let n = 0; n < N; n++) {
    for (let i = 0; i < OH; i++) {
      for (let j = 0; j < OW; j++) {
        for (let c = 0; c < C; c++) {
          let sum = 0;
          let count = 0;
          for (let u = 0; u < Kh; u++) {
            const row = i * sy + u - top;
            if (row < countedRows.first || row >= countedRows.end) continue;
            for (let v = 0; v < Kw; v++) {
              const column = j * sx + v - left;
              if (column < countedColumns.first || column >= countedColumns.end) continue;
              count++;
              if (row < 0 || row >= H || column < 0 || column >= W) continue; // a zero of the padding
              sum += values[((n * H + row) * W + column) * C + c]!;
            }
          }
          y[((n * OH + i) * OW + j) * C + c] = sum / count;
        }
      }
    }
  }
  return fromData(y, plan.shape);
}
