/** Padding as loops. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import type { SidePadding } from "../options.js";
import { type PadMode, planPadding } from "../padding-plan.js";

/**
 * Adds a border around an image.
 *
 * @param x H×W, H×W×C or N×H×W×C.
 * @param padding pixels on every side, `[vertical, horizontal]`, or `{ top, bottom, left, right }`.
 * @param mode `"zero"`, `"reflect"` (mirrored at the edge pixel, which is not repeated) or `"replicate"` (the edge
 *   pixel again and again).
 * @returns the same rank, (top + H + bottom)×(left + W + right).
 * @throws {ShapeError} when the image is too small to be mirrored that far.
 * @throws {ArgumentError} when the padding is negative or not whole, or the mode does not exist.
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
