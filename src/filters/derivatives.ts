/** Kernels that measure how a picture changes: first derivatives and the Laplacian. */
import { array, type FloatArray } from "../array.js";
import { ArgumentError } from "../errors.js";

/**
 * Sobel's derivative along x (from column to column): positive where the picture grows brighter to the right, so it
 * answers to vertical edges. It is the difference [−1 0 1] times the smoothing [1 2 1] (Sobel and Feldman, 1968).
 *
 * @example filters.sobelX() // → [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
 */
export function sobelX(): FloatArray {
  return alongX(1, 2);
}

/**
 * Sobel's derivative along y (from row to row): positive where the picture grows brighter downward; for horizontal edges.
 *
 * @example filters.sobelY() // → [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]
 */
export function sobelY(): FloatArray {
  return alongY(1, 2);
}

/**
 * Prewitt's derivative along x: as {@link sobelX}, but with the plain average [1 1 1] as smoothing (Prewitt, 1970).
 *
 * @example filters.prewittX() // → [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]]
 */
export function prewittX(): FloatArray {
  return alongX(1, 1);
}

/**
 * Prewitt's derivative along y: as {@link sobelY}, with the plain average as smoothing.
 *
 * @example filters.prewittY() // → [[-1, -1, -1], [0, 0, 0], [1, 1, 1]]
 */
export function prewittY(): FloatArray {
  return alongY(1, 1);
}

/**
 * Scharr's derivative along x: as {@link sobelX}, with the smoothing [3 10 3], which makes the direction of an edge
 * come out more nearly the same however it is turned (Scharr, 2000).
 *
 * @example filters.scharrX() // → [[-3, 0, 3], [-10, 0, 10], [-3, 0, 3]]
 */
export function scharrX(): FloatArray {
  return alongX(3, 10);
}

/**
 * Scharr's derivative along y: as {@link sobelY}, with the smoothing [3 10 3].
 *
 * @example filters.scharrY() // → [[-3, -10, -3], [0, 0, 0], [3, 10, 3]]
 */
export function scharrY(): FloatArray {
  return alongY(3, 10);
}

/** The smoothing [corner middle corner] downward, times the difference [−1 0 1]. */
function alongX(corner: number, middle: number): FloatArray {
  return array([corner, middle, corner].map((weight) => [-weight, 0, weight]));
}

/** The difference [−1 0 1] downward, times the smoothing. */
function alongY(corner: number, middle: number): FloatArray {
  return array([
    [-corner, -middle, -corner],
    [0, 0, 0],
    [corner, middle, corner],
  ]);
}

/**
 * The Laplacian, the sum of the second derivatives: 0 on flat regions and even slopes, of both signs beside an edge.
 *
 * @param neighbours 4 (up, down, left, right) or 8 (the diagonal ones too)
 * @throws {ArgumentError} for another number of neighbours.
 * @example filters.laplacian() // → [[0, 1, 0], [1, -4, 1], [0, 1, 0]]
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
