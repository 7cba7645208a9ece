/**
 * Upsampling by straight lines between pixels, on tfjs. The gradient is a product with two interpolation matrices,
 * since that of tfjs's own resize is wrong for half-pixel centres.
 */
import { type FloatArray, rowMajor } from "../../array.js";
import type { Tensor, Tf } from "../../backend/compute.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import type { PerAxis } from "../options.js";
import { type Between, betweenPixels, planUnpooling } from "../unpooling-plan.js";
import { computeEach } from "./depthwise-results.js";

/**
 * {@link reference.upsampleBilinear} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.upsampleBilinear(array([[0, 4]]), [1, 2]) // → [[0, 1, 3, 4]]
 */
export function upsampleBilinear(x: FloatArray, factor: PerAxis): FloatArray {
  const { N, H, W, C, fy, fx, shape } = planUnpooling("upsampleBilinear", x, factor);
  return computeEach([shape], N, (tf) => {
    const image = tf.tensor4d(rowMajor(x), [N, H, W, C]);
    return [between(tf, between(tf, image, 1, betweenPixels(H, fy)), 2, betweenPixels(W, fx))];
  })[0]!;
}

/**
 * {@link reference.upsampleBilinearGradient} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @remarks A NaN or an infinity in the output's gradient reaches whole rows and columns here, four pixels in the reference.
 * @example
 * await useBackend();
 * fast.upsampleBilinearGradient(zeros([1, 2]), [1, 2], array([[1, 1, 1, 1]])) // → [[2, 2]]
 */
export function upsampleBilinearGradient(
  x: FloatArray,
  factor: PerAxis,
  outputGradient: FloatArray,
): FloatArray {
  const plan = planUnpooling("upsampleBilinearGradient", x, factor);
  requireOutputGradient("upsampleBilinearGradient", outputGradient, plan.shape);
  const { N, H, W, C, fy, fx, OH, OW } = plan;
  return computeEach([x.shape], N, (tf) => {
    const gy = tf.tensor4d(rowMajor(outputGradient), [N, OH, OW, C]);
    const down = tf.transpose(interpolation(tf, H, fy));
    return [rowsAndColumns(tf, gy, down, tf.transpose(interpolation(tf, W, fx)))];
  })[0]!;
}

/** Each new row (axis 1) or column (axis 2) as the weighted mean of two old ones. */
function between(tf: Tf, x: Tensor, axis: 1 | 2, places: readonly Between[]): Tensor {
  const shape: [number, number, number, number] = [1, 1, 1, 1];
  shape[axis] = places.length;
  const taken = (which: "low" | "high", weight: (t: number) => number): Tensor => {
    const from = tf.tensor1d(
      Int32Array.from(places, (place) => place[which]),
      "int32",
    );
    const weights = tf.tensor4d(
      Float32Array.from(places, ({ t }) => weight(t)),
      shape,
    );
    return tf.mul(tf.gather(x, from, axis), weights);
  };
  return tf.add(
    taken("low", (t) => 1 - t),
    taken("high", (t) => t),
  );
}

/** The matrix of (n·factor)×n that interpolates one axis. */
function interpolation(tf: Tf, n: number, factor: number): Tensor {
  const matrix = new Float32Array(n * factor * n);
  betweenPixels(n, factor).forEach(({ low, high, t }, i) => {
    matrix[i * n + low]! += 1 - t;
    matrix[i * n + high]! += t;
  });
  return tf.tensor2d(matrix, [n * factor, n]);
}

/** One matrix over the rows of N×H×W×C and one over its columns. */
function rowsAndColumns(tf: Tf, x: Tensor, down: Tensor, across: Tensor): Tensor {
  const [N = 0, H = 0, W = 0, C = 0] = x.shape;
  const [OH = 0] = down.shape;
  const [OW = 0] = across.shape;
  const columns = tf.matMul(across, tf.reshape(tf.transpose(x, [2, 0, 1, 3]), [W, N * H * C]));
  const byRow = tf.transpose(tf.reshape(columns, [OW, N, H, C]), [2, 1, 0, 3]);
  const rows = tf.matMul(down, tf.reshape(byRow, [H, N * OW * C]));
  return tf.transpose(tf.reshape(rows, [OH, N, OW, C]), [1, 0, 2, 3]);
}
