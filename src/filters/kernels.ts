import {
  array,
  type FloatArray,
  fromFunction,
  type NestedNumbers,
  shapeText,
  sum,
} from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";

function checkSide(name: string, size: number): void {
  if (!Number.isInteger(size) || size < 1 || size > 999) {
    throw new ArgumentError(
      `${name}: a kernel's side is a whole number from 1 to 999; got ${size}.`,
    );
  }
}

/**
 * The moving average: n×n equal weights that add up to 1. Blurs, and leaves flat regions as they are.
 *
 * @param size side of the kernel in pixels
 * @throws {ArgumentError} when the side is not a whole number of at least 1.
 */
export function box(size: number): FloatArray {
  checkSide("box", size);
  return fromFunction([size, size], () => 1 / (size * size));
}

/**
 * The Gaussian bell, exp(−(x² + y²) / 2σ²), taken at the pixel centres and scaled to add up to 1.
 *
 * @param sigma standard deviation in pixels
 * @param size side of the kernel; when left out, wide enough for 3σ on both sides
 * @throws {ArgumentError} when sigma is not above 0 or the side is not a whole number.
 */
export function gaussian(sigma: number, size?: number): FloatArray {
  if (!(sigma > 0 && Number.isFinite(sigma))) {
    throw new ArgumentError(`gaussian: σ is a number above 0, in pixels; got ${sigma}.`);
  }
  const side = size ?? 2 * Math.ceil(3 * sigma) + 1;
  checkSide("gaussian", side);
  const centre = (side - 1) / 2;
  const bell = fromFunction([side, side], (y, x) =>
    Math.exp(-((y! - centre) ** 2 + (x! - centre) ** 2) / (2 * sigma * sigma)),
  );
  const total = sum(bell);
  for (let i = 0; i < bell.data.length; i++) bell.data[i]! /= total;
  return bell;
}

/**
 * Sobel's derivative along x (from column to column): positive where the picture grows brighter to the right, so it
 * answers to vertical edges. It is the difference [−1 0 1] times the smoothing [1 2 1] (Sobel and Feldman, 1968).
 */
export function sobelX(): FloatArray {
  return array([
    [-1, 0, 1],
    [-2, 0, 2],
    [-1, 0, 1],
  ]);
}

/** Sobel's derivative along y (from row to row): positive where the picture grows brighter downward; for horizontal edges. */
export function sobelY(): FloatArray {
  return array([
    [-1, -2, -1],
    [0, 0, 0],
    [1, 2, 1],
  ]);
}

/** Prewitt's derivative along x: as {@link sobelX}, but with the plain average [1 1 1] as smoothing (Prewitt, 1970). */
export function prewittX(): FloatArray {
  return array([
    [-1, 0, 1],
    [-1, 0, 1],
    [-1, 0, 1],
  ]);
}

/** Prewitt's derivative along y: as {@link sobelY}, with the plain average as smoothing. */
export function prewittY(): FloatArray {
  return array([
    [-1, -1, -1],
    [0, 0, 0],
    [1, 1, 1],
  ]);
}

/**
 * The Laplacian, the sum of the second derivatives: 0 on flat regions and even slopes, of both signs beside an edge.
 *
 * @param neighbours 4 (up, down, left, right) or 8 (the diagonal ones too)
 * @throws {ArgumentError} for another number of neighbours.
 */
export function laplacian(neighbours: 4 | 8 = 4): FloatArray {
  if (neighbours !== 4 && neighbours !== 8) {
    throw new ArgumentError(`laplacian: a pixel has 4 or 8 neighbours; got ${neighbours}.`);
  }
  const corner = neighbours === 8 ? 1 : 0;
  return array([
    [corner, 1, corner],
    [1, -neighbours, 1],
    [corner, 1, corner],
  ]);
}

/**
 * Sharpens: the identity minus `amount` times the Laplacian of four neighbours. Its numbers add up to 1.
 *
 * @param amount how strongly; 1 gives the well-known kernel with 5 in its middle
 * @throws {ArgumentError} when the amount is not a number.
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
 * The kernel that changes nothing: 1 in the middle, 0 around it.
 *
 * @param size side of the kernel: an odd number, so that there is a middle
 * @throws {ArgumentError} when the side is even or not a whole number.
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
 * A kernel of your own, from its rows: `fromMatrix([[1, 0], [0, -1]])`.
 *
 * @returns Kh×Kw
 * @throws {ShapeError} when the rows differ in length, or are not rows of numbers.
 */
export function fromMatrix(rows: readonly (readonly number[])[]): FloatArray {
  const kernel = array(rows as NestedNumbers);
  if (kernel.shape.length !== 2 || kernel.data.length === 0) {
    throw new ShapeError(
      `A kernel is a list of rows of numbers, such as [[1, 0], [0, -1]]; got ${shapeText(kernel.shape)}.`,
    );
  }
  return kernel;
}
