/** Padding of images as loops. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import type { SidePadding } from "../options.js";
import { type PadMode, planPadding } from "../padding-plan.js";

/**
 * Adds a border around an image: y[i, j, c] = x[i − top, j − left, c], and outside x what the mode says.
 *
 * @param x H×W, H×W×C or N×H×W×C; N may be 0. Values are copied as they are, NaN and infinities too.
 * @param padding pixels on every side, `[vertical, horizontal]`, or `{ top, bottom, left, right }`.
 * @param mode `"zero"` (default), `"reflect"` (mirrored at the edge pixel, which is not repeated), `"replicate"` (the
 *   edge pixel again and again) or `"circular"` (the opposite side, as if the image were wound around a ring).
 * @returns the same rank, (top + H + bottom)×(left + W + right).
 * @throws {ShapeError} when the image is too small to be mirrored or repeated that far.
 * @throws {ArgumentError} when the padding is negative or not whole, or the mode does not exist.
 * @example pad(array([[1, 2, 3]]), [0, 2], "reflect") // → [[3, 2, 1, 2, 3, 2, 1]]
 */
export function pad(x: FloatArray, padding: SidePadding, mode: PadMode = "zero"): FloatArray {
  const { N, H, W, C, OH, OW, rowOf, columnOf, shape } = planPadding(x, padding, mode);
  const values = rowMajor(x);
  const y = new Float32Array(N * OH * OW * C);
  for (let n = 0; n < N; n++) {
    for (let i = 0; i < OH; i++) {
      const row = rowOf[i]!;
      if (row < 0) continue; // y is already zero
      for (let j = 0; j < OW; j++) {
        const column = columnOf[j]!;
        if (column < 0) continue;
        for (let c = 0; c < C; c++) {
          y[((n * OH + i) * OW + j) * C + c] = values[((n * H + row) * W + column) * C + c]!;
        }
      }
    }
  }
  return fromData(y, shape);
}

/**
 * How a loss L changes with the input of {@link pad}, given g = ∂L/∂y: each pixel gets the sum of g over all places
 * where it stands; what stands on zeros of the border is dropped.
 *
 * @param x as for {@link pad}.
 * @param outputGradient ∂L/∂y, of the shape that `pad` gives.
 * @returns the shape of `x`.
 * @throws {ShapeError} and {ArgumentError} as {@link pad}, and when the output's gradient has another shape.
 * @example padGradient(array([[1, 2]]), [0, 1], array([[1, 10, 100, 1000]]), "replicate") // → [[11, 1100]]
 */
export function padGradient(
  x: FloatArray,
  padding: SidePadding,
  outputGradient: FloatArray,
  mode: PadMode = "zero",
): FloatArray {
  const plan = planPadding(x, padding, mode, "padGradient");
  requireOutputGradient("padGradient", outputGradient, plan.shape);
  const { N, H, W, C, OH, OW, rowOf, columnOf } = plan;
  const g = rowMajor(outputGradient);
  const gradient = new Float64Array(N * H * W * C);
  for (let n = 0; n < N; n++) {
    for (let i = 0; i < OH; i++) {
      const row = rowOf[i]!;
      if (row < 0) continue;
      for (let j = 0; j < OW; j++) {
        const column = columnOf[j]!;
        if (column < 0) continue;
        for (let c = 0; c < C; c++) {
          gradient[((n * H + row) * W + column) * C + c]! += g[((n * OH + i) * OW + j) * C + c]!;
        }
      }
    }
  }
  return fromData(Float32Array.from(gradient), x.shape);
}
