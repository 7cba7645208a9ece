/** Kernels as a column times a row: whether they are, and what comes nearest when they are not. */

import { type FloatArray, fromData, rowMajor, shapeText } from "../array.js";
import { cameText } from "../came.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { requireArray } from "./layout.js";
import { isCross } from "./separate-cross.js";
import { type SingularValues, singularValues } from "./separate-svd.js";

/** What {@link separate} gives. */
export interface SeparableFactors {
  /** Kh×1. */
  readonly column: FloatArray;
  /** 1×Kw. */
  readonly row: FloatArray;
  /** ‖kernel − column·row‖ / ‖kernel‖ in the Frobenius norm: 0 for a separable kernel, below 1 always. */
  readonly error: number;
  /** All singular values of the kernel, falling: a separable kernel has one that is not 0. */
  readonly singularValues: readonly number[];
}

/** How much smaller than the first the second singular value of a separable kernel of 32-bit floats is. */
const TOLERANCE = 1e-6;

/**
 * Whether a kernel is a column times a row (has rank 1), so that two small passes do what it does: k[u, v] = a[u]·b[v].
 * It is when the second singular value is 0, as far as 32-bit floats can tell.
 *
 * @param kernel Kh×Kw.
 * @param tolerance the largest share that the second singular value may have of the first.
 * @throws {ShapeError} when the kernel is not Kh×Kw.
 * @throws {ArgumentError} when it holds NaN or infinities, or the tolerance is no number of 0 or more.
 * @example isSeparable(filters.sobelX()) // → true
 * @example isSeparable(filters.laplacian()) // → false
 */
export function isSeparable(kernel: FloatArray, tolerance = TOLERANCE): boolean {
  if (typeof tolerance !== "number" || !(tolerance >= 0)) {
    throw new ArgumentError(
      `isSeparable: the tolerance is a number of 0 or more; got ${cameText(tolerance)}.`,
    );
  }
  const { numbers, Kh, Kw } = readKernel("isSeparable", kernel);
  const seen = isCross(numbers, Kh, Kw, tolerance);
  return seen ?? hasRankOne(singularValues(numbers, Kh, Kw), tolerance);
}

/**
 * The column and the row whose product is nearest to a kernel: σ₁·u₁·v₁ᵀ of its singular value decomposition, which no
 * other product of one column and one row comes nearer to (Eckart and Young 1936).
 *
 * Of a·b = (a/s)·(b·s) the scale is chosen so: when the kernel is separable and holds whole numbers, so do column and
 * row; else both have the same length. The factor that smooths, whose numbers add up to more, is made positive.
 *
 * @param kernel Kh×Kw.
 * @throws {ShapeError} when the kernel is not Kh×Kw.
 * @throws {ArgumentError} when it holds NaN or infinities.
 * @example separate(filters.sobelX()).column // → [[1], [2], [1]]
 * @example separate(filters.sobelX()).row // → [[-1, 0, 1]]
 * @example separate(array([[2, 0], [0, 1]])).singularValues // → [2, 1]
 */
export function separate(kernel: FloatArray): SeparableFactors {
  const { numbers, Kh, Kw } = readKernel("separate", kernel);
  const decomposition = singularValues(numbers, Kh, Kw);
  const { values } = decomposition;
  const [column, row] = turnSmoothing(
    wholeFactors(kernel, decomposition) ?? evenFactors(decomposition),
  );
  const lost = Math.hypot(...values.slice(1));
  const all = Math.hypot(...values);
  return {
    column: fromData(Float32Array.from(column), [Kh, 1]),
    row: fromData(Float32Array.from(row), [1, Kw]),
    error: all === 0 ? 0 : lost / all,
    singularValues: values,
  };
}

function readKernel(
  operation: string,
  kernel: FloatArray,
): { numbers: Float32Array; Kh: number; Kw: number } {
  requireArray(kernel, operation, "kernel");
  const [Kh = 0, Kw = 0] = kernel.shape;
  if (kernel.shape.length !== 2 || Kh * Kw === 0) {
    throw new ShapeError(
      `${operation} takes one kernel of Kh×Kw; got ${shapeText(kernel.shape)}. Take one channel of one filter at a time.`,
    );
  }
  const numbers = rowMajor(kernel);
  const odd = numbers.find((value) => !Number.isFinite(value));
  if (odd !== undefined) {
    throw new ArgumentError(`${operation}: a kernel holds finite numbers; this one holds ${odd}.`);
  }
  return { numbers, Kh, Kw };
}

function hasRankOne(
  { values: [first = 0, second = 0] }: SingularValues,
  tolerance: number,
): boolean {
  return second <= tolerance * first;
}

type Factors = readonly [column: readonly number[], row: readonly number[]];

/** √σ₁ in each factor. */
function evenFactors({ values, left, right }: SingularValues): Factors {
  const share = Math.sqrt(values[0]!);
  return [Array.from(left, (value) => share * value), Array.from(right, (value) => share * value)];
}

/** For a separable kernel of whole numbers: its shortest row of whole numbers, and how often each row holds it. */
function wholeFactors(kernel: FloatArray, decomposition: SingularValues): Factors | undefined {
  const k = rowMajor(kernel);
  const Kw = kernel.shape[1]!;
  const pivot = k.findIndex((value) => value !== 0);
  if (pivot < 0 || !hasRankOne(decomposition, TOLERANCE)) return undefined;
  if (k.some((value) => !Number.isSafeInteger(value))) return undefined;
  const start = pivot - (pivot % Kw);
  const first = Array.from(k.subarray(start, start + Kw));
  const divisor = first.reduce(greatestCommonDivisor, 0);
  const row = first.map((value) => value / divisor + 0); // + 0: no −0
  const column = Array.from(
    { length: k.length / Kw },
    (_, u) => k[u * Kw + (pivot % Kw)]! / row[pivot % Kw]! + 0,
  );
  // Large numbers may be of rank 1 only within the tolerance.
  const exact = k.every((value, i) => value === column[Math.floor(i / Kw)]! * row[i % Kw]!);
  return exact ? [column, row] : undefined;
}

function greatestCommonDivisor(a: number, b: number): number {
  let [x, y] = [Math.abs(a), Math.abs(b)];
  while (y > 0) [x, y] = [y, x % y];
  return x;
}

/** Both signs turned where that makes the smoothing factor positive; neither smooths: the column ends positive. */
function turnSmoothing([column, row]: Factors): Factors {
  const smoothing = column.reduce(add, 0) / column.reduce(addSize, Number.MIN_VALUE);
  const smoothingRow = row.reduce(add, 0) / row.reduce(addSize, Number.MIN_VALUE);
  let sign = Math.abs(smoothing) >= Math.abs(smoothingRow) ? smoothing : smoothingRow;
  if (Math.abs(sign) < TOLERANCE) sign = column.findLast((value) => value !== 0) ?? 1;
  if (sign > 0) return [column, row];
  const turned = (value: number): number => (value === 0 ? 0 : -value);
  return [column.map(turned), row.map(turned)];
}

const add = (sum: number, value: number): number => sum + value;
const addSize = (sum: number, value: number): number => sum + Math.abs(value);
