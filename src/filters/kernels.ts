/** Small kernels that blur, sharpen and shift, and kernels of one's own. */
import { array, type FloatArray, fromFunction, type NestedNumbers, shapeText } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { checkSide } from "./kernel-arguments.js";

/**
 * The moving average: n×n equal weights that add up to 1. Blurs, and leaves flat regions as they are.
 *
 * @param size side of the kernel in pixels
 * @throws {ArgumentError} when the side is not a whole number of at least 1.
 * @example filters.box(2) // → [[0.25, 0.25], [0.25, 0.25]]
 */
export function box(size: number): FloatArray {
  checkSide("box", size);
  return fromFunction([size, size], () => 1 / (size * size));
}

/**
 * Sharpens: the identity minus `amount` times the Laplacian of four neighbours. Its numbers add up to 1.
 *
 * @param amount how strongly; 1 gives the well-known kernel with 5 in its middle
 * @throws {ArgumentError} when the amount is not a number.
 * @example filters.sharpen() // → [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]
 */
export function sharpen(amount = 1): FloatArray {
  if (!Number.isFinite(amount)) {
    throw new ArgumentError(`sharpen: the amount is a number; got ${amount}.`);
  }
  const side = 0 - amount;
  return array([
    [0, side, 0],
    [side, 1 + 4 * amount, side],
    [0, side, 0],
  ]);
}

/**
 * Makes a picture look stamped, lit from the upper left: the picture itself and, `amount` times, how much brighter it
 * grows to the lower right. Its numbers add up to 1, so flat regions stay as they are.
 *
 * @param amount how strongly; 1 gives the well-known kernel with −2 and 2 in its corners, 0 changes nothing
 * @throws {ArgumentError} when the amount is not a number.
 * @example filters.emboss() // → [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]]
 */
export function emboss(amount = 1): FloatArray {
  if (!Number.isFinite(amount)) {
    throw new ArgumentError(`emboss: the amount is a number; got ${amount}.`);
  }
  return fromFunction([3, 3], (y, x) => (y === 1 && x === 1 ? 1 : (x! + y! - 2) * amount + 0));
}

/**
 * The kernel that changes nothing: 1 in the middle, 0 around it.
 *
 * @param size side of the kernel: an odd number, so that there is a middle
 * @throws {ArgumentError} when the side is even or not a whole number.
 * @example filters.identity() // → [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
 */
export function identity(size = 3): FloatArray {
  checkSide("identity", size);
  if (size % 2 === 0) {
    throw new ArgumentError(
      `identity: a kernel of ${size}×${size} has no middle; take an odd side.`,
    );
  }
  const middle = (size - 1) / 2;
  return fromFunction([size, size], (y, x) => (y === middle && x === middle ? 1 : 0));
}

/**
 * A kernel of your own, from its rows.
 *
 * @returns Kh×Kw
 * @throws {ShapeError} when the rows differ in length, or are not rows of numbers.
 * @example filters.fromMatrix([[1, 0], [0, -1]]).shape // → [2, 2]
 */
export function fromMatrix(rows: readonly (readonly number[])[]): FloatArray {
  if (!Array.isArray(rows)) {
    const made = typeof rows === "object" && rows !== null && "shape" in rows;
    const came = made
      ? "an array, which is a kernel as it is"
      : rows === null
        ? "null"
        : typeof rows;
    throw new ShapeError(
      `A kernel is a list of rows of numbers, such as [[1, 0], [0, -1]]; got ${came}.`,
    );
  }
  const kernel = array(rows as NestedNumbers);
  if (kernel.shape.length !== 2 || kernel.data.length === 0) {
    throw new ShapeError(
      `A kernel is a list of rows of numbers, such as [[1, 0], [0, -1]]; got ${shapeText(kernel.shape)}.`,
    );
  }
  return kernel;
}
