/** Padding of volumes as loops. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import type { VolumePadding } from "../options.js";
import { type PadMode, planPadding3d } from "../padding-plan.js";

/**
 * Adds a border around a volume: y[h, i, j, c] = x[h − front, i − top, j − left, c], and outside x what the mode says.
 *
 * @param x D×H×W, D×H×W×C or N×D×H×W×C; N may be 0.
 * @param padding voxels on every side, `[depth, vertical, horizontal]`, or
 *   `{ front, back, top, bottom, left, right }`.
 * @param mode `"zero"` (default), `"reflect"`, `"replicate"` or `"circular"`, as for {@link pad}.
 * @returns the same rank, (front + D + back)×(top + H + bottom)×(left + W + right).
 * @throws {ShapeError} when the volume is too small to be mirrored or repeated that far.
 * @throws {ArgumentError} when the padding is negative or not whole, or the mode does not exist.
 * @example pad3d(array([[[7]]]), { front: 1, right: 2 }) // → [[[0, 0, 0]], [[7, 0, 0]]]
 */
export function pad3d(x: FloatArray, padding: VolumePadding, mode: PadMode = "zero"): FloatArray {
  const plan = planPadding3d("pad3d", x, padding, mode);
  const { N, D, H, W, C, OD, OH, OW, sliceOf, rowOf, columnOf } = plan;
  const values = rowMajor(x);
  const y = new Float32Array(N * OD * OH * OW * C);
  for (let n = 0; n < N; n++) {
    for (let h = 0; h < OD; h++) {
      const slice = sliceOf[h]!;
      if (slice < 0) continue; // y is already zero
      for (let i = 0; i < OH; i++) {
        const row = rowOf[i]!;
        if (row < 0) continue;
        for (let j = 0; j < OW; j++) {
          const column = columnOf[j]!;
          if (column < 0) continue;
          const to = (((n * OD + h) * OH + i) * OW + j) * C;
          const from = (((n * D + slice) * H + row) * W + column) * C;
          for (let c = 0; c < C; c++) {
            y[to + c] = values[from + c]!;
          }
        }
      }
    }
  }
  return fromData(y, plan.shape);
}

/**
 * How a loss L changes with the input of {@link pad3d}, given g = ∂L/∂y: each voxel gets the sum of g over all places
 * where it stands.
 *
 * @param outputGradient ∂L/∂y, of the shape that `pad3d` gives.
 * @returns the shape of `x`.
 * @throws {ShapeError} and {ArgumentError} as {@link pad3d}, and when the output's gradient has another shape.
 * @example pad3dGradient(array([[[7]]]), { back: 1 }, array([[[2]], [[3]]]), "replicate") // → [[[5]]]
 */
export function pad3dGradient(
  x: FloatArray,
  padding: VolumePadding,
  outputGradient: FloatArray,
  mode: PadMode = "zero",
): FloatArray {
  const plan = planPadding3d("pad3dGradient", x, padding, mode);
  requireOutputGradient("pad3dGradient", outputGradient, plan.shape);
  const { N, D, H, W, C, OD, OH, OW, sliceOf, rowOf, columnOf } = plan;
  const g = rowMajor(outputGradient);
  const gradient = new Float64Array(N * D * H * W * C);
  for (let n = 0; n < N; n++) {
    for (let h = 0; h < OD; h++) {
      const slice = sliceOf[h]!;
      if (slice < 0) continue;
      for (let i = 0; i < OH; i++) {
        const row = rowOf[i]!;
        if (row < 0) continue;
        for (let j = 0; j < OW; j++) {
          const column = columnOf[j]!;
          if (column < 0) continue;
          const from = (((n * OD + h) * OH + i) * OW + j) * C;
          const to = (((n * D + slice) * H + row) * W + column) * C;
          for (let c = 0; c < C; c++) {
            gradient[to + c]! += g[from + c]!;
          }
        }
      }
    }
  }
  return fromData(Float32Array.from(gradient), x.shape);
}
