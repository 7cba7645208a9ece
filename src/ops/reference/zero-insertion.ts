/** Zeros between pixels, as loops. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import type { PerAxis } from "../options.js";
import { planZeroInsertion } from "../zero-insertion-plan.js";

/**
 * Moves the pixels apart and puts zeros between them: y[i·sy, j·sx] = x[i, j], and 0 elsewhere. A convolution over the
 * result is a transposed convolution of stride s (Dumoulin and Visin 2016, section 4).
 *
 * @param x H×W, H×W×C or N×H×W×C.
 * @param factor how far apart the pixels come to stand, or `[down, across]`; 1 changes nothing.
 * @returns the same rank, (sy(H − 1) + 1)×(sx(W − 1) + 1).
 * @throws {ShapeError} when the input is no image.
 * @throws {ArgumentError} when the factor is not a whole number of at least 1.
 * @example zeroInsertion(array([[1, 2], [3, 4]]), 2) // → [[1, 0, 2], [0, 0, 0], [3, 0, 4]]
 */
export function zeroInsertion(x: FloatArray, factor: PerAxis): FloatArray {
  const { N, H, W, C, sy, sx, OH, OW, shape } = planZeroInsertion("zeroInsertion", x, factor);
  const values = rowMajor(x);
  const y = new Float32Array(N * OH * OW * C);
  for (let n = 0; n < N; n++) {
    for (let i = 0; i < H; i++) {
      for (let j = 0; j < W; j++) {
        for (let c = 0; c < C; c++) {
          y[((n * OH + i * sy) * OW + j * sx) * C + c] = values[((n * H + i) * W + j) * C + c]!;
        }
      }
    }
  }
  return fromData(y, shape);
}

/**
 * The gradient of {@link zeroInsertion}: each pixel takes it from the place where it came to stand.
 *
 * @param outputGradient ∂L/∂y, of the result's shape.
 * @returns ∂L/∂x.
 * @throws {ShapeError} and {ArgumentError} as {@link zeroInsertion}.
 * @example
 * zeroInsertionGradient(zeros([1, 2]), 2, array([[5, 6, 7]])) // → [[5, 7]]
 */
export function zeroInsertionGradient(
  x: FloatArray,
  factor: PerAxis,
  outputGradient: FloatArray,
): FloatArray {
  const plan = planZeroInsertion("zeroInsertionGradient", x, factor);
  requireOutputGradient("zeroInsertionGradient", outputGradient, plan.shape);
  const { N, H, W, C, sy, sx, OH, OW } = plan;
  const gy = rowMajor(outputGradient);
  const gx = new Float32Array(N * H * W * C);
  for (let n = 0; n < N; n++) {
    for (let i = 0; i < H; i++) {
      for (let j = 0; j < W; j++) {
        for (let c = 0; c < C; c++) {
          gx[((n * H + i) * W + j) * C + c] = gy[((n * OH + i * sy) * OW + j * sx) * C + c]!;
        }
      }
    }
  }
  return fromData(gx, x.shape);
}
