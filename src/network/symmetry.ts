/** How far a function moves along with its picture (equivariance), and how far it stays as it is (invariance). */
import { type FloatArray, rowMajor, shapeText } from "../array.js";
import { sameShape } from "../array-measures.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { wholeNumber } from "../ops/geometry.js";
import { type Known, requireOptions } from "../ops/known-options.js";
import { type PerAxis, perAxis } from "../ops/options.js";
import { imageAxes, type Shift, type ShiftMode, shiftImage, wholeShift } from "./shift.js";

/** Anything that makes an array of an array: an operation, a layer, a network. */
export type ArrayFunction = (x: FloatArray) => FloatArray;

/** Options of {@link equivarianceError}. */
export interface EquivarianceOptions {
  /** Input pixels between neighbouring outputs (default 1): 2 behind one pooling of 2×2. */
  readonly outputStride?: PerAxis;
  /** Output pixels left out on every side, beside those that the shift itself brought in (default 0). */
  readonly border?: PerAxis;
  /** What comes in at the free side (default `"zero"`). */
  readonly mode?: ShiftMode;
}

const knownMoving: Known<EquivarianceOptions> = { outputStride: true, border: true, mode: true };

/**
 * How far a function is from being equivariant: shifting and then applying it against applying it and then shifting,
 * ‖f(T x) − T f(x)‖ / ‖T f(x)‖ over what lies inside the border. 0 for a convolution of stride 1; above 0 for a
 * stride of 2 and a shift of 1, where no shift of the output fits: the shifts by the whole numbers on both sides are
 * tried then, and the smallest error is given.
 *
 * @param f maps H×W, H×W×C or N×H×W×C to the like, with `outputStride` pixels between neighbouring outputs.
 * @param shift whole input pixels `[down, across]`.
 * @returns the relative error; 0 when both are 0 everywhere, NaN when f gives NaN.
 * @throws {ArgumentError} when a number is not whole, or nothing is left inside the border.
 * @throws {ShapeError} when f gives no picture, or another shape for the shifted one.
 * @example network.equivarianceError(x => conv2d(x, filters.sobelX(), { padding: 1 }), random([9, 9]), [0, 1], { border: 1 }) // → 0
 */
export function equivarianceError(
  f: ArrayFunction,
  x: FloatArray,
  shift: Shift,
  options: EquivarianceOptions = {},
): number {
  requireFunction(f);
  requireOptions("equivarianceError", options, knownMoving);
  const { mode = "zero" } = options;
  const stride = perAxis(options.outputStride ?? 1, "The output stride", 1);
  const border = perAxis(options.border ?? 0, "The border", 0);
  const [down, across] = wholeShift(shift);
  const moved = f(shiftImage(x, shift, mode));
  const still = f(x);
  requireSame(moved, still);
  const { H, W } = imageAxes(still, "equivarianceError");
  const frame: [number, number] = [
    border[0] + Math.ceil(Math.abs(down) / stride[0]),
    border[1] + Math.ceil(Math.abs(across) / stride[1]),
  ];
  if (2 * frame[0] >= H || 2 * frame[1] >= W) {
    throw new ArgumentError(
      `Nothing is left: the output has ${H}×${W} places, and ${frame[0]} rows and ${frame[1]} columns are left out on each side for the shift and the border. Take a larger picture or a smaller shift.`,
    );
  }
  const errors = aroundZero(down / stride[0]).flatMap((rows) =>
    aroundZero(across / stride[1]).map((columns) =>
      relativeChange(moved, shiftImage(still, [rows, columns], mode), frame),
    ),
  );
  return Math.min(...errors);
}

/** The whole numbers on both sides; one where it is whole. */
function aroundZero(value: number): number[] {
  return [...new Set([Math.floor(value), Math.ceil(value)])];
}

/** Options of {@link invarianceError} and {@link invarianceCurve}. */
export interface InvarianceOptions {
  /**
   * Averages over where the picture begins: it is moved by (0, 0), (0, 1), …, (starts − 1, starts − 1) first. Take the
   * window of a pooling, so that every place in its grid counts (default 1).
   */
  readonly starts?: number;
  /** What comes in at the free side (default `"zero"`). */
  readonly mode?: ShiftMode;
}

const knownStill: Known<InvarianceOptions> = { starts: true, mode: true };

/**
 * How far a function is from being invariant: the change of its output by a shift, relative to its size,
 * ‖f(T x) − f(x)‖ / ‖f(x)‖, averaged over starts. 0 for a global maximum whose picture stays whole.
 *
 * @param f any function of a picture.
 * @param shift whole pixels `[down, across]`.
 * @returns the mean relative change; 0 when both are 0 everywhere, NaN when f gives NaN.
 * @throws {ArgumentError} when a number is not whole, or there are more starts than pixels on a side.
 * @throws {ShapeError} when f gives another shape for the shifted picture.
 * @example network.invarianceError(x => globalMaxPool(x), array([[0, 0, 0], [0, 1, 0], [0, 0, 0]]), [0, 1]) // → 0
 */
export function invarianceError(
  f: ArrayFunction,
  x: FloatArray,
  shift: Shift,
  options: InvarianceOptions = {},
): number {
  requireFunction(f);
  requireOptions("invarianceError", options, knownStill);
  const { mode = "zero" } = options;
  const starts = wholeNumber(options.starts ?? 1, "The number of starts", 1);
  const { H, W } = imageAxes(x, "invarianceError");
  if (starts > Math.max(H, W)) {
    throw new ArgumentError(
      `Of ${starts} starts the last ones would move the whole picture of ${H}×${W} out of sight; take the window of a pooling.`,
    );
  }
  const [down, across] = wholeShift(shift);
  let total = 0;
  for (let i = 0; i < starts; i++) {
    for (let j = 0; j < starts; j++) {
      // Moved once from where it came, so that what leaves the picture on the way does not leave it twice.
      const still = f(shiftImage(x, [i, j], mode));
      const moved = f(shiftImage(x, [i + down, j + across], mode));
      requireSame(moved, still);
      total += relativeChange(moved, still);
    }
  }
  return total / starts ** 2;
}

/**
 * The change of a function's output over a range of shifts to the right: {@link invarianceError} for each.
 *
 * @param shifts pixels across, such as `[0, 1, 2, 3, 4]`.
 * @throws {ArgumentError} when a number is not whole.
 * @throws {ShapeError} when f gives another shape for the shifted picture.
 * @example network.invarianceCurve(x => maxPool(x, 2), array([[0, 1, 0, 0], [0, 0, 0, 0]]), [0, 1]) // → [0, 1.41421356]
 */
export function invarianceCurve(
  f: ArrayFunction,
  x: FloatArray,
  shifts: readonly number[],
  options: InvarianceOptions = {},
): number[] {
  if (!Array.isArray(shifts)) {
    throw new ArgumentError(
      `The shifts are a list of whole numbers, such as [0, 1, 2]; got ${String(shifts)}.`,
    );
  }
  return shifts.map((across) => invarianceError(f, x, [0, across], options));
}

function requireFunction(f: ArrayFunction): void {
  if (typeof f === "function") return;
  throw new ArgumentError(
    `The first argument is a function of an array, such as x => maxPool(x, 2); got ${f === null ? "null" : typeof f}.`,
  );
}

function requireSame(moved: FloatArray, still: FloatArray): void {
  for (const result of [moved, still]) {
    if (Array.isArray((result as FloatArray | null | undefined)?.shape)) continue;
    throw new ShapeError(
      `The function must give an array; it gave ${Array.isArray(result) ? "a plain list" : String(result)}.`,
    );
  }
  if (sameShape(moved, still)) return;
  throw new ShapeError(
    `The function gives ${shapeText(moved.shape)} for the shifted picture and ${shapeText(still.shape)} for the other; only equal shapes can be compared.`,
  );
}

/** ‖a − b‖ / ‖b‖ inside a frame of rows and columns. */
function relativeChange(a: FloatArray, b: FloatArray, frame?: readonly [number, number]): number {
  const x = rowMajor(a);
  const y = rowMajor(b);
  let change = 0;
  let size = 0;
  const add = (at: number): void => {
    change += (x[at]! - y[at]!) ** 2;
    size += y[at]! ** 2;
  };
  if (frame === undefined) {
    for (let at = 0; at < x.length; at++) add(at);
  } else {
    const { N, H, W, C } = imageAxes(a, "equivarianceError");
    const [rows, columns] = frame;
    for (let n = 0; n < N; n++) {
      for (let i = rows; i < H - rows; i++) {
        const line = (n * H + i) * W * C;
        for (let at = columns * C; at < (W - columns) * C; at++) add(line + at);
      }
    }
  }
  return change === 0 ? 0 : Math.sqrt(change / size);
}
