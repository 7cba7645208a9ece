/** What every kernel refuses. */
import { cameText } from "../came.js";
import { ArgumentError } from "../errors.js";

/**
 * Refuses what is no side of a kernel.
 *
 * @param most the longest that is allowed: of a square kernel 999, so that its numbers fit into a few megabytes.
 * @throws {ArgumentError} naming the filter.
 */
export function checkSide(name: string, size: number, most = 999): void {
  if (!Number.isInteger(size) || size < 1 || size > most) {
    throw new ArgumentError(
      `${name}: a kernel's side is a whole number from 1 to ${most}; got ${came(size)}.`,
    );
  }
}

/**
 * Refuses what is no number above 0.
 *
 * @throws {ArgumentError} naming the filter and the argument.
 */
export function checkAboveZero(name: string, what: string, value: number, unit = ""): void {
  if (typeof value !== "number" || !(value > 0 && value < Number.POSITIVE_INFINITY)) {
    throw new ArgumentError(`${name}: ${what} is a number above 0${unit}; got ${came(value)}.`);
  }
}

/** What came, with text in quotes: of "3" it can't be seen otherwise that it is no number. */
function came(value: unknown): string {
  return cameText(value);
}
