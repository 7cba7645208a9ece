/** Pooling as loops that read like the definition. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { imageLayout } from "../layout.js";
import type { PerAxis } from "../options.js";
import { type PoolingPlan, type PoolOptions, planPooling } from "../pooling-plan.js";

/**
 * The largest value in each window, channel by channel.
 *
 * @param x H×W, H×W×C or N×H×W×C.
 * @param size the window's side, `[rows, columns]`, or `{ size, stride, padding }`; the stride is the size unless said.
 * @returns the same rank: OH×OW, OH×OW×C or N×OH×OW×C. With `"valid"` rows that fill no window are left out.
 * @throws {ShapeError} when the window does not fit.
 * @throws {ArgumentError} when an option is out of range.
 */
export function maxPool(x: FloatArray, size: PerAxis | PoolOptions): FloatArray {
  return pool(x, planPooling("maxPool", x, size), -Infinity, Math.max, (largest) => largest);
}

/**
 * The mean of each window, channel by channel. A window that hangs over the edge takes the mean of the pixels that
 * it does cover, as in TensorFlow (PyTorch counts the padding too unless told not to).
 *
 * @param x H×W, H×W×C or N×H×W×C.
 * @param size the window's side, `[rows, columns]`, or `{ size, stride, padding }`; the stride is the size unless said.
 * @returns the same rank: OH×OW, OH×OW×C or N×OH×OW×C.
 * @throws {ShapeError} when the window does not fit.
 * @throws {ArgumentError} when an option is out of range.
 */
export function avgPool(x: FloatArray, size: PerAxis | PoolOptions): FloatArray {
  const plan = planPooling("avgPool", x, size);
  return pool(
    x,
    plan,
    0,
    (sum, value) => sum + value,
    (sum, count) => sum / count,
  );
}

/** Folds each window into one number: `start`, then `step` for each pixel, then `finish` with the count. */
function pool(
  input: FloatArray,
  plan: PoolingPlan,
  start: number,
  step: (soFar: number, value: number) => number,
  finish: (total: number, count: number) => number,
): FloatArray {
  const { N, H, W, C, Kh, Kw, OH, OW, rows, columns } = plan;
  const { stride: sy, before: top } = rows;
  const { stride: sx, before: left } = columns;
  const x = rowMajor(input);
  const y = new Float32Array(N * OH * OW * C);

  for (let n = 0; n < N; n++) {
    for (let i = 0; i < OH; i++) {
      for (let j = 0; j < OW; j++) {
        for (let c = 0; c < C; c++) {
          let value = start;
          let count = 0;
          for (let u = 0; u < Kh; u++) {
            const row = i * sy + u - top;
            if (row < 0 || row >= H) continue;
            for (let v = 0; v < Kw; v++) {
              const column = j * sx + v - left;
              if (column < 0 || column >= W) continue;
              value = step(value, x[((n * H + row) * W + column) * C + c]!);
              count++;
            }
          }
          y[((n * OH + i) * OW + j) * C + c] = finish(value, count);
        }
      }
    }
  }
  return fromData(y, plan.shape);
}

/**
 * The mean of each channel over the whole image: one number a channel, whatever the image's size.
 *
 * @param x H×W×C gives C numbers; H×W gives one (shape [1]); N×H×W×C gives N×C.
 * @throws {ShapeError} when the input is no image.
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
 * The largest value of each channel over the whole image: "is it anywhere?".
 *
 * @param x H×W×C gives C numbers; H×W gives one (shape [1]); N×H×W×C gives N×C.
 * @throws {ShapeError} when the input is no image.
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
