/** Channels first to channels last and back: other libraries keep images as C×H×W, this one as H×W×C. */
import { type FloatArray, fromData, rowMajor, shapeText } from "./array.js";
import { ShapeError } from "./errors.js";

/**
 * Puts the channels last: C×H×W becomes H×W×C, N×C×H×W becomes N×H×W×C. Images of PyTorch and of ONNX models come
 * with the channels first; everything here wants them last.
 *
 * @param x three or four axes, the channels before the rows.
 * @returns a new array of the same numbers.
 * @throws {ShapeError} when the array has other than 3 or 4 axes.
 * @example toHWC(zeros([3, 224, 200])).shape // → [224, 200, 3]
 */
export function toHWC(x: FloatArray): FloatArray {
  requireImageAxes(x, "toHWC", "C×H×W or N×C×H×W");
  return packed(x.shape.length === 3 ? x.transpose(1, 2, 0) : x.transpose(0, 2, 3, 1));
}

/**
 * Puts the channels first: H×W×C becomes C×H×W, N×H×W×C becomes N×C×H×W, as PyTorch wants them. The inverse of
 * {@link toHWC}.
 *
 * @param x three or four axes, the channels last.
 * @returns a new array of the same numbers.
 * @throws {ShapeError} when the array has other than 3 or 4 axes.
 * @example toCHW(array([[[1, 2, 3], [4, 5, 6]]])) // → [[[1, 4]], [[2, 5]], [[3, 6]]]
 */
export function toCHW(x: FloatArray): FloatArray {
  requireImageAxes(x, "toCHW", "H×W×C or N×H×W×C");
  return packed(x.shape.length === 3 ? x.transpose(2, 0, 1) : x.transpose(0, 3, 1, 2));
}

/** The numbers of a view in an array of their own. */
function packed(view: FloatArray): FloatArray {
  return fromData(rowMajor(view).slice(), view.shape);
}

function requireImageAxes(x: FloatArray, operation: string, wanted: string): void {
  const shape: unknown = (x as Partial<FloatArray> | null | undefined)?.shape;
  if (Array.isArray(shape) && (shape.length === 3 || shape.length === 4)) return;
  const came = Array.isArray(shape) ? `shape ${shapeText(shape)}` : `${typeof x}, not an array`;
  throw new ShapeError(
    `${operation}: expected ${wanted}, got ${came}. A grey image of H×W has no channel axis to move.`,
  );
}
