/** Dropout as loops. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { type DropoutOptions, dropoutMask } from "../dropout-mask.js";
import { requireOutputGradient } from "../gradient-arguments.js";

/**
 * Sets each value to 0 with probability `rate` and multiplies the others by 1 / (1 − rate), so that the expected sum
 * stays ("inverted dropout"; Srivastava et al. 2014). For training only: a network in use leaves it out. A dropped NaN
 * or infinity becomes 0.
 *
 * @param x an array of any shape.
 * @param rate the share of values that go, from 0 to below 1.
 * @param options `seed`: the same one drops the same places, here and in `fast.dropout`. Take another for each step.
 * @returns an array of x's shape.
 * @throws {ShapeError} when x is no array.
 * @throws {ArgumentError} when the rate or the seed is out of range.
 * @example dropout(array([1, 2, 3, 4]), 0) // → [1, 2, 3, 4]
 * @example mean(dropout(fromFunction([100, 100], () => 1), 0.5, { seed: 3 })) > 0.97 // → true
 */
export function dropout(x: FloatArray, rate: number, options: DropoutOptions = {}): FloatArray {
  const mask = dropoutMask("dropout", x, rate, options);
  return fromData(masked(rowMajor(x), mask), x.shape);
}

/**
 * The gradient of {@link dropout}: what was dropped had no say, the rest passes on times 1 / (1 − rate).
 *
 * @param x the input of the dropout, of which only the shape matters.
 * @param rate as it was there.
 * @param outputGradient dL/dy, of x's shape.
 * @param options the same seed as there.
 * @returns dL/dx, of x's shape.
 * @throws {ShapeError} when the two shapes differ.
 * @throws {ArgumentError} when the rate or the seed is out of range.
 * @example dropoutGradient(zeros([3]), 0, array([1, 2, 3])) // → [1, 2, 3]
 */
export function dropoutGradient(
  x: FloatArray,
  rate: number,
  outputGradient: FloatArray,
  options: DropoutOptions = {},
): FloatArray {
  const mask = dropoutMask("dropoutGradient", x, rate, options);
  requireOutputGradient("dropoutGradient", outputGradient, x.shape);
  return fromData(masked(rowMajor(outputGradient), mask), x.shape);
}

function masked(values: Float32Array, mask: Float32Array): Float32Array {
  return values.map((value, i) => (mask[i] === 0 ? 0 : value * mask[i]!));
}
