/** Pooling over the whole image: one number a channel. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import { imageLayout } from "../layout.js";
import { requireExactIndices } from "../pooling-plan.js";

/**
 * The mean of each channel over the whole image: one number a channel, whatever the image's size. NaN and infinities
 * pass into their channel's mean.
 *
 * @param x H×W×C gives C numbers; H×W gives one (shape [1]); N×H×W×C gives N×C.
 * @throws {ShapeError} when the input is no image.
 * @example globalAvgPool(array([[1, 2], [3, 6]])) // → [3]
 */
export function globalAvgPool(x: FloatArray): FloatArray {
  const { rank, N, H, W, C } = imageLayout(x, "globalAvgPool");
  const values = rowMajor(x);
  const y = new Float32Array(N * C);
  for (let n = 0; n < N; n++) {
    for (let c = 0; c < C; c++) {
      let sum = 0;
      for (let p = 0; p < H * W; p++) sum += values[(n * H * W + p) * C + c]!;
      y[n * C + c] = sum / (H * W);
    }
  }
  return fromData(y, rank === 4 ? [N, C] : [C]);
}

/**
 * The largest value of each channel over the whole image: "is it anywhere?". A channel that holds NaN gives NaN.
 *
 * @param x H×W×C gives C numbers; H×W gives one (shape [1]); N×H×W×C gives N×C.
 * @throws {ShapeError} when the input is no image.
 * @example globalMaxPool(array([[1, 2], [3, 6]])) // → [6]
 */
export function globalMaxPool(x: FloatArray): FloatArray {
  const { rank, N, H, W, C } = imageLayout(x, "globalMaxPool");
  const values = rowMajor(x);
  const y = new Float32Array(N * C);
  for (let n = 0; n < N; n++) {
    for (let c = 0; c < C; c++) {
      let largest = -Infinity;
      for (let p = 0; p < H * W; p++) {
        largest = Math.max(largest, values[(n * H * W + p) * C + c]!);
      }
      y[n * C + c] = largest;
    }
  }
  return fromData(y, rank === 4 ? [N, C] : [C]);
}

/**
 * The gradient of {@link globalAvgPool} with respect to its input: each of the H·W pixels gets dL/dy[c] / (H·W).
 *
 * @param x H×W, H×W×C or N×H×W×C: the input, of which only the shape matters.
 * @param outputGradient dL/dy, of the shape of `globalAvgPool(x)`: [1], C or N×C.
 * @returns dL/dx, of the shape of `x`.
 * @throws {ShapeError} when the input is no image, or the gradient has another shape than the output.
 * @example globalAvgPoolGradient(zeros([2, 2]), array([8])) // → [[2, 2], [2, 2]]
 */
export function globalAvgPoolGradient(x: FloatArray, outputGradient: FloatArray): FloatArray {
  const { rank, N, H, W, C } = imageLayout(x, "globalAvgPoolGradient");
  requireOutputGradient("globalAvgPoolGradient", outputGradient, rank === 4 ? [N, C] : [C]);
  const slopes = rowMajor(outputGradient);
  const gradient = new Float32Array(N * H * W * C);
  for (let n = 0; n < N; n++) {
    for (let p = 0; p < H * W; p++) {
      for (let c = 0; c < C; c++) {
        gradient[(n * H * W + p) * C + c] = slopes[n * C + c]! / (H * W);
      }
    }
  }
  return fromData(gradient, x.shape);
}

/**
 * The gradient of {@link globalMaxPool} with respect to its input: dL/dy[c] at the largest pixel of channel c, of
 * equal ones the first, of several NaNs the last; 0 elsewhere.
 *
 * @param x H×W, H×W×C or N×H×W×C: the input.
 * @param outputGradient dL/dy, of the shape of `globalMaxPool(x)`: [1], C or N×C.
 * @returns dL/dx, of the shape of `x`.
 * @throws {ShapeError} when the input is no image or has more than 2²⁴ pixels, or the gradient has another shape than
 *   the output.
 * @example globalMaxPoolGradient(array([[1, 2], [6, 3]]), array([8])) // → [[0, 0], [8, 0]]
 */
export function globalMaxPoolGradient(x: FloatArray, outputGradient: FloatArray): FloatArray {
  const layout = imageLayout(x, "globalMaxPoolGradient");
  const { rank, N, H, W, C } = layout;
  requireExactIndices("globalMaxPoolGradient", layout);
  requireOutputGradient("globalMaxPoolGradient", outputGradient, rank === 4 ? [N, C] : [C]);
  const values = rowMajor(x);
  const slopes = rowMajor(outputGradient);
  const gradient = new Float32Array(N * H * W * C);
  for (let n = 0; n < N; n++) {
    for (let c = 0; c < C; c++) {
      let best = -Infinity;
      let place = 0;
      for (let p = 0; p < H * W; p++) {
        const value = values[(n * H * W + p) * C + c]!;
        if (value > best || Number.isNaN(value)) {
          best = value;
          place = p;
        }
      }
      gradient[(n * H * W + place) * C + c] = slopes[n * C + c]!;
    }
  }
  return fromData(gradient, x.shape);
}
