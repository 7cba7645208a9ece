/** Refusing results and padded inputs that no array can hold: a padding of 10⁹ is soon written. */
import { requireRoom, shapeText } from "../array-size.js";
import type { Walk } from "./geometry.js";

/**
 * Refuses a result that is too large.
 *
 * @throws {ShapeError} naming its shape and the most that an array holds.
 */
export function requireResultRoom(operation: string, shape: readonly number[]): void {
  requireRoom(shape, `${operation}: the result of ${shapeText(shape)}`);
}

/**
 * Refuses windows that walk over a padded input, or make a result, that is too large.
 *
 * @param N pictures in the batch. @param C channels of the input. @param M channels of the result.
 * @throws {ShapeError} naming the shape and the most that an array holds.
 */
export function requireWalkRoom(
  operation: string,
  walks: readonly Walk[],
  { N, C, M }: { readonly N: number; readonly C: number; readonly M: number },
): void {
  const batch = Math.max(N, 1); // An empty batch holds nothing, but its borders are worked out all the same.
  const padded = [batch, ...walks.map(({ before, n, after }) => before + n + after), C];
  requireRoom(padded, `${operation}: the padded input of ${shapeText(padded)}`);
  requireResultRoom(operation, [batch, ...walks.map(({ out }) => out), M]);
}
