/** Upsampling by straight lines between pixels, as loops. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import type { PerAxis } from "../options.js";
import { betweenPixels, planUnpooling } from "../unpooling-plan.js";

/**
 * Enlarges an image with straight lines between the pixel centres: each new pixel is the mean of the four around it,
 * weighted by nearness. Both pictures cover the same area (half-pixel centres: PyTorch's `align_corners=False`).
 *
 * @param x H×W, H×W×C or N×H×W×C.
 * @param factor how many times larger: a whole number, or `[down, across]`.
 * @returns the same rank, (H·fy)×(W·fx).
 * @throws {ShapeError} when the input is no image.
 * @throws {ArgumentError} when the factor is not a whole number of at least 1.
 * @example upsampleBilinear(array([[0, 4]]), [1, 2]) // → [[0, 1, 3, 4]]
 */
export function upsampleBilinear(x: FloatArray, factor: PerAxis): FloatArray {
  const { N, H, W, C, fy, fx, OH, OW, shape } = planUnpooling("upsampleBilinear", x, factor);
  const down = betweenPixels(H, fy);
  const across = betweenPixels(W, fx);
  const values = rowMajor(x);
  const y = new Float32Array(N * OH * OW * C);
  for (let n = 0; n < N; n++) {
    for (let i = 0; i < OH; i++) {
      const { low: top, high: bottom, t } = down[i]!;
      for (let j = 0; j < OW; j++) {
        const { low: left, high: right, t: s } = across[j]!;
        for (let c = 0; c < C; c++) {
          y[((n * OH + i) * OW + j) * C + c] =
            (1 - t) * (1 - s) * values[((n * H + top) * W + left) * C + c]! +
            (1 - t) * s * values[((n * H + top) * W + right) * C + c]! +
            t * (1 - s) * values[((n * H + bottom) * W + left) * C + c]! +
            t * s * values[((n * H + bottom) * W + right) * C + c]!;
        }
      }
    }
  }
  return fromData(y, shape);
}

/**
 * The gradient of {@link upsampleBilinear}: each new pixel passes it on to the four around it, with the same weights.
 *
 * @param outputGradient ∂L/∂y, of the result's shape.
 * @returns ∂L/∂x.
 * @throws {ShapeError} and {ArgumentError} as {@link upsampleBilinear}.
 * @example
 * upsampleBilinearGradient(zeros([1, 2]), [1, 2], array([[1, 1, 1, 1]])) // → [[2, 2]]
 */
export function upsampleBilinearGradient(
  x: FloatArray,
  factor: PerAxis,
  outputGradient: FloatArray,
): FloatArray {
  const plan = planUnpooling("upsampleBilinearGradient", x, factor);
  requireOutputGradient("upsampleBilinearGradient", outputGradient, plan.shape);
  const { N, H, W, C, fy, fx, OH, OW } = plan;
  const down = betweenPixels(H, fy);
  const across = betweenPixels(W, fx);
  const gy = rowMajor(outputGradient);
  const gx = new Float64Array(N * H * W * C);
  for (let n = 0; n < N; n++) {
    for (let i = 0; i < OH; i++) {
      const { low: top, high: bottom, t } = down[i]!;
      for (let j = 0; j < OW; j++) {
        const { low: left, high: right, t: s } = across[j]!;
        for (let c = 0; c < C; c++) {
          const g = gy[((n * OH + i) * OW + j) * C + c]!;
          gx[((n * H + top) * W + left) * C + c]! += (1 - t) * (1 - s) * g;
          gx[((n * H + top) * W + right) * C + c]! += (1 - t) * s * g;
          gx[((n * H + bottom) * W + left) * C + c]! += t * (1 - s) * g;
          gx[((n * H + bottom) * W + right) * C + c]! += t * s * g;
        }
      }
    }
  }
  return fromData(Float32Array.from(gx), x.shape);
}
