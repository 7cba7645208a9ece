/** Unpooling with remembered places, as loops. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import { lastInPlace, planMaxUnpooling } from "../unpooling-plan.js";

/**
 * Puts each maximum back where {@link maxPoolWithIndices} found it, zeros elsewhere (Zeiler and Fergus 2014; SegNet).
 * Where two windows found the same place, the last value stands there; both are the same unless they were changed.
 *
 * @param values OH×OW, OH×OW×C or N×OH×OW×C.
 * @param indices of the same shape: row·W + column in the picture to fill.
 * @param shape `[H, W]` of that picture, or the shape of the whole array, such as `x.shape`.
 * @returns the rank of the values, H×W.
 * @throws {ShapeError} when values, indices and shape do not go together.
 * @throws {ArgumentError} when an index is no place of the picture.
 * @example
 * unpoolMax(array([[7, 8]]), array([[5, 2]]), [2, 4]) // → [[0, 0, 8, 0], [0, 7, 0, 0]]
 */
export function unpoolMax(
  values: FloatArray,
  indices: FloatArray,
  shape: readonly number[],
): FloatArray {
  const plan = planMaxUnpooling("unpoolMax", values, indices, shape);
  const { N, C, OH, OW, places } = plan;
  const x = rowMajor(values);
  const y = new Float32Array(N * OH * OW * C);
  for (let i = 0; i < x.length; i++) y[places[i]!] = x[i]!;
  return fromData(y, plan.shape);
}

/**
 * The gradient of {@link unpoolMax} with respect to the values: each takes it from its place. A value that another
 * one replaced reached nothing and gets 0.
 *
 * @param outputGradient ∂L/∂y, of the result's shape.
 * @returns ∂L/∂values.
 * @throws {ShapeError} and {ArgumentError} as {@link unpoolMax}.
 * @example
 * unpoolMaxGradient(zeros([1, 1]), array([[2]]), [2, 2], array([[1, 2], [3, 4]])) // → [[3]]
 */
export function unpoolMaxGradient(
  values: FloatArray,
  indices: FloatArray,
  shape: readonly number[],
  outputGradient: FloatArray,
): FloatArray {
  const plan = planMaxUnpooling("unpoolMaxGradient", values, indices, shape);
  requireOutputGradient("unpoolMaxGradient", outputGradient, plan.shape);
  const { places } = plan;
  const last = lastInPlace(plan);
  const gy = rowMajor(outputGradient);
  const gx = new Float32Array(places.length);
  for (let i = 0; i < gx.length; i++) gx[i] = last[i] === 1 ? gy[places[i]!]! : 0;
  return fromData(gx, values.shape);
}
