/** How many numbers an array holds, and how many it can. */
import { cameText } from "./came.js";
import { ShapeError } from "./errors.js";

/** The most numbers that one array may hold: 2³⁰ floats are 4 GiB, all the memory that WebAssembly can have. */
export const MOST_NUMBERS: number = 2 ** 30;

/**
 * A shape in words, such as `28×28×3`, for messages and captions.
 *
 * @throws {ShapeError} when it is no list.
 * @example shapeText([28, 28, 3]) // → "28×28×3"
 */
export function shapeText(shape: readonly number[]): string {
  requireList(shape);
  return shape.length === 0 ? "a single number" : shape.join("×");
}

/**
 * How many numbers a shape holds.
 *
 * @throws {ShapeError} when a size is not a whole number of at least 0, or they are more than {@link MOST_NUMBERS}.
 */
export function countOf(shape: readonly number[]): number {
  requireList(shape);
  for (const size of shape) {
    if (!Number.isInteger(size) || size < 0) throw noShape(shape);
  }
  requireRoom(shape, `The shape ${shapeText(shape)}`);
  return shape.reduce((count, size) => count * size, 1);
}

/** `zeros(3)` is soon written for `zeros([3])`. */
function requireList(shape: unknown): void {
  if (!Array.isArray(shape)) throw noShape(shape);
}

function noShape(came: unknown): ShapeError {
  const text = Array.isArray(came) ? `[${came.map(String).join(", ")}]` : cameText(came);
  return new ShapeError(
    `A shape is a list of whole numbers, 0 or more, such as [28, 28, 3]; got ${text}.`,
  );
}

/**
 * Refuses sizes that no array can have, before memory is asked for.
 *
 * @param what whose sizes they are, as in `conv2d: the padded input of 200004×200004×1`.
 * @throws {ShapeError} when they are more than {@link MOST_NUMBERS} numbers.
 */
export function requireRoom(shape: readonly number[], what: string): void {
  const count = shape.reduce((product, size) => product * size, 1);
  if (count <= MOST_NUMBERS) return;
  throw new ShapeError(
    `${what} would hold ${count.toLocaleString("en")} numbers; an array holds at most ${MOST_NUMBERS.toLocaleString("en")} (4 GiB).`,
  );
}
