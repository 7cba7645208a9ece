/** The gradients of pooling as loops: what a small change of each pixel does to the loss. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import type { PerAxis } from "../options.js";
import {
  type AvgPoolOptions,
  type PoolingPlan,
  type PoolOptions,
  planPooling,
  windowCounts,
} from "../pooling-plan.js";
import { largest } from "./pooling.js";

/**
 * The gradient of {@link maxPool} with respect to its input. Only the pixel that won its window had a say, so it gets
 * the window's slope and the others get 0: dL/dx[p] = Σ dL/dy[w] over the windows w that p won. Of equal values the
 * first won, of several NaNs the last.
 *
 * @param x H×W, H×W×C or N×H×W×C: the input of the pooling.
 * @param size as for {@link maxPool}.
 * @param outputGradient dL/dy, of the shape of `maxPool(x, size)`.
 * @returns dL/dx, of the shape of `x`.
 * @throws {ShapeError} when the window does not fit, or the gradient has another shape than the output.
 * @throws {ArgumentError} when an option is out of range.
 * @example maxPoolGradient(array([[1, 3, 2, 0], [5, 2, 1, 1]]), 2, array([[10, 20]])) // → [[0, 0, 20, 0], [10, 0, 0, 0]]
 */
export function maxPoolGradient(
  x: FloatArray,
  size: PerAxis | PoolOptions,
  outputGradient: FloatArray,
): FloatArray {
  const plan = planPooling("maxPoolGradient", x, size);
  requireOutputGradient("maxPoolGradient", outputGradient, plan.shape);
  const { indices } = largest("maxPoolGradient", x, size);
  return fromData(atPlaces(plan, rowMajor(indices), rowMajor(outputGradient)), x.shape);
}

/** Adds up each window's number at the pixel that its index names. */
export function atPlaces(
  { N, H, W, C, OH, OW }: PoolingPlan,
  indices: Float32Array,
  numbers: Float32Array,
): Float32Array {
  const sums = new Float64Array(N * H * W * C);
  for (let n = 0; n < N; n++) {
    for (let window = 0; window < OH * OW; window++) {
      for (let c = 0; c < C; c++) {
        const from = (n * OH * OW + window) * C + c;
        sums[(n * H * W + indices[from]!) * C + c]! += numbers[from]!;
      }
    }
  }
  return Float32Array.from(sums);
}

/**
 * The gradient of {@link avgPool} with respect to its input: every pixel that a window counts gets an equal share of
 * its slope, dL/dx[p] = Σ dL/dy[w] / count(w) over the windows w that hold p.
 *
 * @param x H×W, H×W×C or N×H×W×C: the input of the pooling, of which only the shape matters.
 * @param size as for {@link avgPool}.
 * @param outputGradient dL/dy, of the shape of `avgPool(x, size)`.
 * @returns dL/dx, of the shape of `x`.
 * @throws {ShapeError} when the window does not fit, or the gradient has another shape than the output.
 * @throws {ArgumentError} when an option is out of range.
 * @example avgPoolGradient(zeros([2, 4]), 2, array([[4, 8]])) // → [[1, 1, 2, 2], [1, 1, 2, 2]]
 */
export function avgPoolGradient(
  x: FloatArray,
  size: PerAxis | AvgPoolOptions,
  outputGradient: FloatArray,
): FloatArray {
  const plan = planPooling("avgPoolGradient", x, size);
  requireOutputGradient("avgPoolGradient", outputGradient, plan.shape);
  const { N, H, W, C, Kh, Kw, OH, OW, rows, columns } = plan;
  const { stride: sy, before: top } = rows;
  const { stride: sx, before: left } = columns;
  const counts = windowCounts(plan);
  const slopes = rowMajor(outputGradient);
  const gradient = new Float64Array(N * H * W * C);

  for (let n = 0; n < N; n++) {
    for (let i = 0; i < OH; i++) {
      for (let j = 0; j < OW; j++) {
        const count = counts.rows[i]! * counts.columns[j]!;
        for (let u = 0; u < Kh; u++) {
          const row = i * sy + u - top;
          if (row < 0 || row >= H) continue;
          for (let v = 0; v < Kw; v++) {
            const column = j * sx + v - left;
            if (column < 0 || column >= W) continue;
            for (let c = 0; c < C; c++) {
              gradient[((n * H + row) * W + column) * C + c]! +=
                slopes[((n * OH + i) * OW + j) * C + c]! / count;
            }
          }
        }
      }
    }
  }
  return fromData(Float32Array.from(gradient), x.shape);
}
