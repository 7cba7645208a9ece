/** Numbers that say something of whole arrays: how far two are apart, the sum, the mean, where the largest is. */
import { type FloatArray, rowMajor } from "./array.js";
import { requireArray } from "./array-required.js";
import { shapeText } from "./array-size.js";
import { ShapeError } from "./errors.js";

/**
 * Whether two arrays have the same shape.
 *
 * @throws {ShapeError} when what came is no array.
 * @example sameShape(zeros([2, 3]), zeros([3, 2])) // → false
 */
export function sameShape(a: FloatArray, b: FloatArray): boolean {
  requireArray(a, "sameShape", "first value");
  requireArray(b, "sameShape", "second value");
  return a.shape.length === b.shape.length && a.shape.every((size, axis) => size === b.shape[axis]);
}

/**
 * The largest absolute difference between two arrays of the same shape: 0 when they are equal, NaN when either
 * holds a NaN that the other lacks.
 *
 * @throws {ShapeError} when the shapes differ.
 * @example maxAbsDifference(array([1, 2]), array([1, 2.5])) // → 0.5
 */
export function maxAbsDifference(a: FloatArray, b: FloatArray): number {
  requireArray(a, "maxAbsDifference", "first value");
  requireArray(b, "maxAbsDifference", "second value");
  if (!sameShape(a, b)) {
    throw new ShapeError(
      `Only arrays of the same shape can be compared; got ${shapeText(a.shape)} and ${shapeText(b.shape)}.`,
    );
  }
  const x = rowMajor(a);
  const y = rowMajor(b);
  let largest = 0;
  for (let i = 0; i < x.length; i++) {
    if (Object.is(x[i], y[i])) continue;
    const difference = Math.abs(x[i]! - y[i]!);
    if (!(difference <= largest)) largest = difference;
    if (Number.isNaN(largest)) return largest;
  }
  return largest;
}

/**
 * The sum of all numbers, added up in double precision. An empty array gives 0.
 *
 * @throws {ShapeError} when what came is no array.
 * @example sum(array([[1, 2], [3, 4]])) // → 10
 */
export function sum(a: FloatArray): number {
  requireArray(a, "sum", "value");
  let total = 0;
  for (const value of rowMajor(a)) total += value;
  return total;
}

/**
 * The mean of all numbers. An empty array gives NaN.
 *
 * @throws {ShapeError} when what came is no array.
 * @example mean(array([[1, 2], [3, 4]])) // → 2.5
 */
export function mean(a: FloatArray): number {
  requireArray(a, "mean", "value");
  return sum(a) / rowMajor(a).length;
}

/**
 * The position of the largest number, counted in row-major order; of equal ones the first. For a vector of class
 * scores this is the predicted class.
 *
 * @throws {ShapeError} when the array is empty.
 * @example argmax(array([0.1, 0.7, 0.2])) // → 1
 */
export function argmax(a: FloatArray): number {
  requireArray(a, "argmax", "value");
  const data = rowMajor(a);
  if (data.length === 0) throw new ShapeError("An empty array has no largest number.");
  let best = 0;
  for (let i = 1; i < data.length; i++) if (data[i]! > data[best]!) best = i;
  return best;
}
