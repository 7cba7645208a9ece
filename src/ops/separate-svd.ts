/** The singular value decomposition of a small matrix. */

/** A = U·diag(σ)·Vᵀ, the largest σ first. */
export interface SingularValues {
  /** Singular values, min(m, n) of them, falling. */
  readonly values: readonly number[];
  /** The column of U that belongs to the largest: m numbers of length 1 (zeros when all values are 0). */
  readonly left: Float64Array;
  /** The column of V that belongs to the largest: n numbers of length 1. */
  readonly right: Float64Array;
}

/** More sweeps than any matrix needs: six to ten do for a hundred columns. */
const MAX_SWEEPS = 60;

/**
 * Turns pairs of columns until all stand at right angles: their lengths are then the singular values (one-sided
 * Jacobi; Hestenes 1958; Golub and Van Loan, "Matrix Computations", section 8.6.3).
 *
 * @param matrix m×n numbers, row by row.
 */
export function singularValues(matrix: ArrayLike<number>, m: number, n: number): SingularValues {
  const a = Float64Array.from(matrix);
  const v = new Float64Array(n * n);
  for (let j = 0; j < n; j++) v[j * n + j] = 1;
  for (let sweep = 0, turned = true; turned && sweep < MAX_SWEEPS; sweep++) {
    turned = false;
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        let pp = 0;
        let qq = 0;
        let pq = 0;
        for (let i = 0; i < m; i++) {
          pp += a[i * n + p]! ** 2;
          qq += a[i * n + q]! ** 2;
          pq += a[i * n + p]! * a[i * n + q]!;
        }
        if (Math.abs(pq) <= Number.EPSILON * Math.sqrt(pp * qq)) continue;
        turned = true;
        const zeta = (qq - pp) / (2 * pq);
        const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.hypot(1, zeta));
        const cosine = 1 / Math.hypot(1, tangent);
        const sine = cosine * tangent;
        turn(a, m, n, p, q, cosine, sine);
        turn(v, n, n, p, q, cosine, sine);
      }
    }
  }
  const lengths = Array.from({ length: n }, (_, j) => {
    let square = 0;
    for (let i = 0; i < m; i++) square += a[i * n + j]! ** 2;
    return Math.sqrt(square);
  });
  const largest = lengths.indexOf(Math.max(...lengths));
  const length = lengths[largest]!;
  return {
    values: lengths.sort((x, y) => y - x).slice(0, Math.min(m, n)),
    left: Float64Array.from({ length: m }, (_, i) =>
      length === 0 ? 0 : a[i * n + largest]! / length,
    ),
    right: Float64Array.from({ length: n }, (_, j) => v[j * n + largest]!),
  };
}

/** Turns columns p and q of a rows×n matrix by an angle. */
function turn(
  x: Float64Array,
  rows: number,
  n: number,
  p: number,
  q: number,
  cosine: number,
  sine: number,
): void {
  for (let i = 0; i < rows; i++) {
    const xp = x[i * n + p]!;
    const xq = x[i * n + q]!;
    x[i * n + p] = cosine * xp - sine * xq;
    x[i * n + q] = sine * xp + cosine * xq;
  }
}
