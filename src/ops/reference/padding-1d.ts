/** Padding of signals as loops. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import type { EndPadding } from "../options.js";
import { type PadMode, planPadding1d } from "../padding-plan.js";

/**
 * Adds a border before and after a signal: y[i, c] = x[i − before, c], and outside x what the mode says.
 *
 * @param x L, L×C or N×L×C; N may be 0.
 * @param padding values on both ends, `[before, after]`, or `{ before, after }`.
 * @param mode `"zero"` (default), `"reflect"`, `"replicate"` or `"circular"`, as for {@link pad}.
 * @returns the same rank, before + L + after.
 * @throws {ShapeError} when the signal is too short to be mirrored or repeated that far.
 * @throws {ArgumentError} when the padding is negative or not whole, or the mode does not exist.
 * @example pad1d(array([1, 2, 3]), [1, 2], "circular") // → [3, 1, 2, 3, 1, 2]
 */
export function pad1d(x: FloatArray, padding: EndPadding, mode: PadMode = "zero"): FloatArray {
  const { N, L, C, OL, stepOf, shape } = planPadding1d("pad1d", x, padding, mode);
  const values = rowMajor(x);
  const y = new Float32Array(N * OL * C);
  for (let n = 0; n < N; n++) {
    for (let i = 0; i < OL; i++) {
      const step = stepOf[i]!;
      if (step < 0) continue; // y is already zero
      for (let c = 0; c < C; c++) {
        y[(n * OL + i) * C + c] = values[(n * L + step) * C + c]!;
      }
    }
  }
  return fromData(y, shape);
}

/**
 * How a loss L changes with the input of {@link pad1d}, given g = ∂L/∂y: each value gets the sum of g over all places
 * where it stands.
 *
 * @param outputGradient ∂L/∂y, of the shape that `pad1d` gives.
 * @returns the shape of `x`.
 * @throws {ShapeError} and {ArgumentError} as {@link pad1d}, and when the output's gradient has another shape.
 * @example pad1dGradient(array([1, 2, 3]), 1, array([1, 1, 1, 1, 1]), "reflect") // → [1, 3, 1]
 */
export function pad1dGradient(
  x: FloatArray,
  padding: EndPadding,
  outputGradient: FloatArray,
  mode: PadMode = "zero",
): FloatArray {
  const { N, L, C, OL, stepOf, shape } = planPadding1d("pad1dGradient", x, padding, mode);
  requireOutputGradient("pad1dGradient", outputGradient, shape);
  const g = rowMajor(outputGradient);
  const gradient = new Float64Array(N * L * C);
  for (let n = 0; n < N; n++) {
    for (let i = 0; i < OL; i++) {
      const step = stepOf[i]!;
      if (step < 0) continue;
      for (let c = 0; c < C; c++) {
        gradient[(n * L + step) * C + c]! += g[(n * OL + i) * C + c]!;
      }
    }
  }
  return fromData(Float32Array.from(gradient), x.shape);
}
