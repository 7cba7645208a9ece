/**
 * The array that a learner sees: an `ndarray` over 32-bit floats. Images are H×W×C (or H×W when grey), kernels
 * Kh×Kw×Cin×Cout (or Kh×Kw), batches N×H×W×C; the last axis is the one that lies side by side in memory.
 */
import ndarray, { type NdArray } from "ndarray";
import { requireArray } from "./array-required.js";
import { countOf, shapeText } from "./array-size.js";
import { cameText } from "./came.js";
import { ArgumentError, ShapeError } from "./errors.js";

export { shapeText } from "./array-size.js";

/** An n-dimensional array of 32-bit floats: `shape`, `get(i, j, …)`, `set(i, j, …, value)`. */
export type FloatArray = NdArray<Float32Array>;

/** Numbers in nested lists, such as `[[1, 2], [3, 4]]`. */
export type NestedNumbers = readonly (number | NestedNumbers)[];

/**
 * Wraps row-major data in an array, without copying.
 *
 * @throws {ShapeError} when the data holds more or fewer numbers than the shape asks for.
 * @throws {ArgumentError} when the data is no Float32Array.
 * @example fromData(Float32Array.of(1, 2, 3, 4), [2, 2]) // → [[1, 2], [3, 4]]
 */
export function fromData(data: Float32Array, shape: readonly number[]): FloatArray {
  // By its tag: a Float32Array of another realm (node:vm, a worker's message) is one too.
  if (Object.prototype.toString.call(data) !== "[object Float32Array]") {
    throw new ArgumentError(
      `fromData wraps a Float32Array; got ${cameText(data)}. Lists become one with Float32Array.from(list), or an array with array(list).`,
    );
  }
  if (countOf(shape) !== data.length) {
    throw new ShapeError(
      `The shape ${shapeText(shape)} holds ${countOf(shape)} numbers, but ${data.length} came.`,
    );
  }
  return ndarray(data, [...shape]);
}

/**
 * Makes an array from nested lists of any depth: `array([[1, 2], [3, 4]])` is 2×2.
 *
 * @throws {ShapeError} when the lists are ragged: two rows of different length, or a number beside a list.
 * @throws {ArgumentError} when something in the lists is not a number.
 * @example array([[1, 2], [3, 4]]).get(1, 0) // → 3
 */
export function array(nested: NestedNumbers): FloatArray {
  const shape: number[] = [];
  for (
    let level: number | NestedNumbers | undefined = nested;
    Array.isArray(level);
    level = level[0]
  ) {
    shape.push(level.length);
  }
  const data = new Float32Array(countOf(shape));
  let next = 0;
  const fill = (level: number | NestedNumbers | undefined, depth: number): void => {
    if (depth === shape.length) {
      if (Array.isArray(level)) throw ragged(shape);
      if (typeof level !== "number") {
        throw new ArgumentError(`An array holds numbers; ${String(level)} is a ${typeof level}.`);
      }
      data[next++] = level;
      return;
    }
    if (!Array.isArray(level) || level.length !== shape[depth]) throw ragged(shape);
    for (const item of level) fill(item, depth + 1);
  };
  fill(nested, 0);
  return ndarray(data, shape);
}

function ragged(shape: readonly number[]): ShapeError {
  return new ShapeError(
    `The lists are ragged: the first entries make ${shapeText(shape)}, but another entry differs. Give every row the same length.`,
  );
}

/**
 * An array of zeros.
 *
 * @example zeros([2, 3]) // → [[0, 0, 0], [0, 0, 0]]
 */
export function zeros(shape: readonly number[]): FloatArray {
  return ndarray(new Float32Array(countOf(shape)), [...shape]);
}

/**
 * An array whose value at `(i, j, …)` is `value(i, j, …)`.
 *
 * @throws {ShapeError} when the shape is no list of sizes.
 * @throws {ArgumentError} when `value` is no function.
 * @example fromFunction([2, 3], (row, column) => 10 * row! + column!) // → [[0, 1, 2], [10, 11, 12]]
 */
export function fromFunction(
  shape: readonly number[],
  value: (...index: number[]) => number,
): FloatArray {
  const data = new Float32Array(countOf(shape));
  if (typeof value !== "function") {
    throw new ArgumentError(
      `fromFunction wants a function of the place, such as (row, column) => row + column; got ${cameText(value)}.`,
    );
  }
  const index: number[] = shape.map(() => 0);
  for (let i = 0; i < data.length; i++) {
    data[i] = value(...index);
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (++index[axis]! < shape[axis]!) break;
      index[axis] = 0;
    }
  }
  return ndarray(data, [...shape]);
}

/**
 * Uniform random numbers between −1 and 1, the same for the same seed on every machine.
 *
 * @param seed any whole number; another seed gives other numbers.
 * @throws {ArgumentError} when the seed is no number.
 * @example random([2, 2], 7).get(0, 0) === random([2, 2], 7).get(0, 0) // → true
 */
export function random(shape: readonly number[], seed = 1): FloatArray {
  const data = new Float32Array(countOf(shape));
  if (!Number.isFinite(seed)) {
    throw new ArgumentError(`random: the seed is a number; got ${cameText(seed)}.`);
  }
  let state = seed >>> 0;
  // mulberry32: 32 bits of state, public domain, good enough for pictures and tests.
  for (let i = 0; i < data.length; i++) {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    data[i] = (((bits ^ (bits >>> 14)) >>> 0) / 4294967296) * 2 - 1;
  }
  return ndarray(data, [...shape]);
}

/** Whether the numbers lie in row-major order with no gaps, as in a freshly made array. */
function isPacked(a: FloatArray): boolean {
  let step = 1;
  for (let axis = a.shape.length - 1; axis >= 0; axis--) {
    if (a.shape[axis] !== 1 && a.stride[axis] !== step) return false;
    step *= a.shape[axis]!;
  }
  return a.offset === 0 && a.data.length === step;
}

/**
 * The numbers in row-major order. A view (`pick`, `hi`, `lo`, `step`, `transpose`) is copied; any other array gives
 * its own data, so don't write into the result.
 */
export function rowMajor(a: FloatArray): Float32Array {
  if (isPacked(a) && a.data instanceof Float32Array) return a.data;
  const data = new Float32Array(countOf(a.shape));
  const index: number[] = a.shape.map(() => 0);
  let from = a.offset;
  for (let i = 0; i < data.length; i++) {
    data[i] = a.data[from]!;
    for (let axis = a.shape.length - 1; axis >= 0; axis--) {
      from += a.stride[axis]!;
      if (++index[axis]! < a.shape[axis]!) break;
      from -= a.stride[axis]! * a.shape[axis]!;
      index[axis] = 0;
    }
  }
  return data;
}

/**
 * The same numbers as nested lists: the inverse of {@link array}.
 *
 * @throws {ShapeError} when what came is no array.
 * @example toNested(array([[1, 2], [3, 4]])) // → [[1, 2], [3, 4]]
 */
export function toNested(a: FloatArray): NestedNumbers {
  requireArray(a, "toNested", "value");
  const data = rowMajor(a);
  let next = 0;
  const take = (depth: number): NestedNumbers => {
    const level: (number | NestedNumbers)[] = [];
    for (let i = 0; i < a.shape[depth]!; i++) {
      level.push(depth === a.shape.length - 1 ? data[next++]! : take(depth + 1));
    }
    return level;
  };
  return a.shape.length === 0 ? [data[0]!] : take(0);
}
