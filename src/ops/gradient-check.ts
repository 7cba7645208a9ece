/** Slopes by trying: the check of every gradient that was derived on paper. */

import { type FloatArray, fromData, rowMajor, shapeText } from "../array.js";
import { sameShape } from "../array-measures.js";
import { cameText } from "../came.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { requireOptions } from "./known-options.js";
import { requireArray } from "./layout.js";

/** Options of {@link numericalGradient}. */
export interface NumericalGradientOptions {
  /**
   * How far each number is moved, in units of its own size or 1, whichever is larger (default 1/256). A smaller step
   * drowns in the rounding of 32-bit floats, a larger one in the curvature of f.
   */
  readonly step?: number;
}

/** Options of {@link checkGradient}. */
export interface GradientCheckOptions extends NumericalGradientOptions {
  /** The largest relative difference that passes (default 0.001). */
  readonly tolerance?: number;
}

/** What {@link checkGradient} found. */
export interface GradientCheck {
  /** The largest absolute difference between the two gradients. */
  readonly largestDifference: number;
  /** That difference as a share of the largest slope of either; 0 when all slopes are 0. */
  readonly relative: number;
  /** Whether `relative` is within the tolerance. */
  readonly ok: boolean;
  /** The gradient that was measured. */
  readonly numerical: FloatArray;
}

/** The cube root of the rounding of a 32-bit float, to a power of 2: where rounding and curvature weigh the same. */
const STEP = 2 ** -8;

/**
 * The gradient of f at x by central differences: each number of x is moved a little up and a little down, and
 *
 *     ∂f/∂x[i] ≈ (f(x + h·e[i]) − f(x − h·e[i])) / 2h
 *
 * which is off by h²·f′′′/6 only. Where f has a kink within h (ReLU at 0, two equal maxima) it is the slope of
 * neither side.
 *
 * @param f from an array of x's shape to one number. It gets the same array each time, changed in one place, so it
 *   must not keep or change it.
 * @param x where; it is left as it was.
 * @returns an array of x's shape.
 * @throws {ArgumentError} when f is no function or gives no number, or the step is not above 0.
 * @throws {ShapeError} when x is no array.
 * @example numericalGradient((x) => x.get(0) ** 2 + 3 * x.get(1), array([2, 5])) // → [4, 3]
 */
export function numericalGradient(
  f: (x: FloatArray) => number,
  x: FloatArray,
  options: NumericalGradientOptions = {},
): FloatArray {
  requireOptions("numericalGradient", options, { step: true });
  const { step = STEP } = options;
  requireArray(x, "numericalGradient", "place x");
  if (typeof f !== "function") {
    throw new ArgumentError(`numericalGradient: f must be a function; got ${typeof f}.`);
  }
  const isStep = typeof step === "number" && step > 0 && step < Number.POSITIVE_INFINITY;
  if (!isStep) {
    throw new ArgumentError(`numericalGradient: the step must be above 0; got ${cameText(step)}.`);
  }
  const moved = rowMajor(x).slice();
  const place = fromData(moved, x.shape);
  const gradient = new Float32Array(moved.length);
  for (let i = 0; i < moved.length; i++) {
    const here = moved[i]!;
    const h = step * Math.max(1, Math.abs(here));
    moved[i] = here + h;
    const up = moved[i]!; // rounded to a 32-bit float: the step that was really made
    const above = oneNumber(f(place));
    moved[i] = here - h;
    const down = moved[i]!;
    const below = oneNumber(f(place));
    moved[i] = here;
    gradient[i] = (above - below) / (up - down);
  }
  return fromData(gradient, x.shape);
}

function oneNumber(value: number): number {
  if (typeof value === "number") return value;
  throw new ArgumentError(
    `numericalGradient: f must give one number, such as sum(y); it gave ${value === null ? "null" : `a value of type ${typeof value}`}.`,
  );
}

/**
 * Compares a gradient with {@link numericalGradient}.
 *
 * @param f from an array of x's shape to one number, as for {@link numericalGradient}.
 * @param gradient the gradient of f at x, or the function that gives it for x.
 * @param x where; it is left as it was.
 * @throws {ShapeError} when the gradient does not have x's shape.
 * @throws {ArgumentError} when f gives no number, or the step or the tolerance is out of range.
 * @example
 * const x = array([1, -2, 3]);
 * checkGradient((x) => sum(relu(x)), reluGradient(x, array([1, 1, 1])), x).ok // → true
 */
export function checkGradient(
  f: (x: FloatArray) => number,
  gradient: FloatArray | ((x: FloatArray) => FloatArray),
  x: FloatArray,
  options: GradientCheckOptions = {},
): GradientCheck {
  requireOptions("checkGradient", options, { tolerance: true, step: true });
  const { tolerance = 1e-3, step = STEP } = options;
  requireArray(x, "checkGradient", "place x");
  if (!(tolerance > 0)) {
    throw new ArgumentError(`checkGradient: the tolerance must be above 0; got ${tolerance}.`);
  }
  const claimed = typeof gradient === "function" ? gradient(x) : gradient;
  requireArray(claimed, "checkGradient", "gradient");
  if (!sameShape(claimed, x)) {
    throw new ShapeError(
      `checkGradient: a gradient has one slope for each number of x, ${shapeText(x.shape)}; got ${shapeText(claimed.shape)}.`,
    );
  }
  const numerical = numericalGradient(f, x, { step });
  const a = rowMajor(claimed);
  const b = rowMajor(numerical);
  let largestDifference = 0;
  let steepest = 0;
  for (let i = 0; i < a.length; i++) {
    // Not `Math.max` alone for the verdict: a NaN on either side must fail it, and does, since NaN ≤ x is false.
    largestDifference = Math.max(largestDifference, Math.abs(a[i]! - b[i]!));
    steepest = Math.max(steepest, Math.abs(a[i]!), Math.abs(b[i]!));
  }
  const relative = largestDifference === 0 ? 0 : largestDifference / steepest;
  return { largestDifference, relative, ok: relative <= tolerance, numerical };
}
