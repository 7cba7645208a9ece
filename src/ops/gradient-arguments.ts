/** What every gradient refuses. */
import { type FloatArray, shapeText } from "../array.js";
import { ShapeError } from "../errors.js";
import { requireArray } from "./layout.js";

/**
 * Refuses a gradient that does not have the shape of the operation's output.
 *
 * @throws {ShapeError} naming both shapes.
 */
export function requireOutputGradient(
  operation: string,
  outputGradient: FloatArray,
  shape: readonly number[],
): void {
  requireArray(outputGradient, operation, "output's gradient");
  const got = outputGradient.shape;
  if (got.length !== shape.length || got.some((size, axis) => size !== shape[axis])) {
    throw new ShapeError(
      `${operation}: the output's gradient has one number for each number of the output, ${shapeText(shape)}; got ${shapeText(got)}.`,
    );
  }
}
