/** A quick look at whether a matrix is a column times a row. */

/**
 * Compares a matrix with the product of the column and the row through its largest number, which is the matrix itself
 * when that is of rank 1. What is left bounds the second singular value from both sides: it is at most as large as the
 * rest, and at least half its largest number (Goreinov and Tyrtyshnikov 2001).
 *
 * @param matrix m×n numbers, row by row.
 * @param tolerance the largest share that the second singular value may have of the first.
 * @returns whether that is so, or undefined when only the singular values can tell.
 */
export function isCross(
  matrix: ArrayLike<number>,
  m: number,
  n: number,
  tolerance: number,
): boolean | undefined {
  let pivot = 0;
  for (let i = 1; i < m * n; i++) {
    if (Math.abs(matrix[i]!) > Math.abs(matrix[pivot]!)) pivot = i;
  }
  const [row, column] = [Math.floor(pivot / n), pivot % n];
  const largest = matrix[pivot]!;
  if (largest === 0) return true;
  let rest = 0; // the sum of squares of what is left
  let most = 0; // its largest number
  let length = 0; // the product's sum of squares
  for (let i = 0; i < m; i++) {
    for (let j = 0; j < n; j++) {
      const product = matrix[i * n + column]! * (matrix[row * n + j]! / largest);
      const left = Math.abs(matrix[i * n + j]! - product);
      rest += left * left;
      most = Math.max(most, left);
      length += product * product;
    }
  }
  const [error, norm] = [Math.sqrt(rest), Math.sqrt(length)];
  if (error <= tolerance * (norm - error)) return true;
  if (most > 2 * tolerance * (norm + error)) return false;
  return undefined;
}
