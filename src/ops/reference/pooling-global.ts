/** Pooling over the whole image: one number a channel. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { imageLayout } from "../layout.js";

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
