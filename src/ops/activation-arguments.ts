/** What the activation functions refuse, the same for the reference and the fast version. */
import type { FloatArray } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { requireArray } from "./layout.js";

/**
 * The length of the last axis.
 *
 * @throws {ShapeError} when there is none or it is empty.
 */
export function requireLastAxis(x: FloatArray, operation: string): number {
  requireArray(x, operation, "input");
  const size = x.shape[x.shape.length - 1];
  if (size === undefined || size === 0) {
    throw new ShapeError(
      `${operation} works along the last axis, but the input has none or an empty one.`,
    );
  }
  return size;
}

/**
 * Refuses a slope that is no finite number.
 *
 * @throws {ArgumentError} naming what came.
 */
export function requireSlope(operation: string, slope: number): void {
  if (!Number.isFinite(slope)) {
    throw new ArgumentError(
      `${operation}: the slope must be a finite number; got ${String(slope)}.`,
    );
  }
}
