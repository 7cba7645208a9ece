/** Refusing what is no array of the library: lists, numbers, nothing, and the tensors of other libraries. */
import type { FloatArray } from "./array.js";
import { ShapeError } from "./errors.js";

/** Whether something is an array of the library, a view or a whole one. */
export function isFloatArray(value: unknown): value is FloatArray {
  const { shape, stride, data } = (value ?? {}) as Readonly<Record<string, unknown>>;
  return Array.isArray(shape) && Array.isArray(stride) && typeof data === "object";
}

/**
 * Refuses what is not an array.
 *
 * @param what its name in the message, as in `input` or `kernel`.
 * @throws {ShapeError} naming the operation and how to make an array.
 */
export function requireArray(value: FloatArray, operation: string, what: string): void {
  if (isFloatArray(value)) return;
  throw new ShapeError(
    `${operation}: the ${what} must be an array with a shape, but ${kindOf(value)} came. Wrap numbers with array([[…], […]]).`,
  );
}

function kindOf(value: unknown): string {
  if (Array.isArray(value)) return "nested lists";
  if (value === null) return "null";
  if (typeof value === "object" && "shape" in value) {
    return "something else with a shape (a tensor of another library?)";
  }
  return typeof value;
}
