/** Unpooling on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import type { PerAxis } from "../options.js";
import { planUnpooling } from "../unpooling-plan.js";
import { computeEach } from "./results.js";
import { everyStride, spreadBlocks } from "./zero-insertion-tensors.js";

/**
 * {@link reference.unpoolBedOfNails} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.unpoolBedOfNails(array([[1, 2]]), 2) // → [[1, 0, 2, 0], [0, 0, 0, 0]]
 */
export function unpoolBedOfNails(x: FloatArray, factor: PerAxis): FloatArray {
  const { N, H, W, C, fy, fx, shape } = planUnpooling("unpoolBedOfNails", x, factor);
  return computeEach([shape], N, (tf) => [
    spreadBlocks(tf, tf.tensor4d(rowMajor(x), [N, H, W, C]), [fy, fx]),
  ])[0]!;
}

/**
 * {@link reference.unpoolBedOfNailsGradient} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.unpoolBedOfNailsGradient(zeros([1, 1]), 2, array([[1, 2], [3, 4]])) // → [[1]]
 */
export function unpoolBedOfNailsGradient(
  x: FloatArray,
  factor: PerAxis,
  outputGradient: FloatArray,
): FloatArray {
  const plan = planUnpooling("unpoolBedOfNailsGradient", x, factor);
  requireOutputGradient("unpoolBedOfNailsGradient", outputGradient, plan.shape);
  const { N, H, W, C, fy, fx, OH, OW } = plan;
  return computeEach([x.shape], N, (tf) => {
    const gy = tf.tensor4d(rowMajor(outputGradient), [N, OH, OW, C]);
    return [everyStride(tf, gy, [0, 0], [fy, fx], [H, W])];
  })[0]!;
}

/**
 * {@link reference.unpoolNearest} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.unpoolNearest(array([[1, 2]]), 2) // → [[1, 1, 2, 2], [1, 1, 2, 2]]
 */
export function unpoolNearest(x: FloatArray, factor: PerAxis): FloatArray {
  const { N, H, W, C, OH, OW, shape } = planUnpooling("unpoolNearest", x, factor);
  return computeEach([shape], N, (tf) => {
    const picture = tf.tensor4d(rowMajor(x), [N, H, W, C]);
    // From the middle of each new pixel no rounding leads to another old one.
    return [tf.image.resizeNearestNeighbor(picture, [OH, OW], false, true)];
  })[0]!;
}

/**
 * {@link reference.unpoolNearestGradient} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.unpoolNearestGradient(zeros([1, 1]), 2, array([[1, 2], [3, 4]])) // → [[10]]
 */
export function unpoolNearestGradient(
  x: FloatArray,
  factor: PerAxis,
  outputGradient: FloatArray,
): FloatArray {
  const plan = planUnpooling("unpoolNearestGradient", x, factor);
  requireOutputGradient("unpoolNearestGradient", outputGradient, plan.shape);
  const { N, H, W, C, fy, fx, OW } = plan;
  return computeEach([x.shape], N, (tf) => {
    const rows = tf.sum(tf.tensor3d(rowMajor(outputGradient), [N * H, fy, OW * C]), 1);
    return [tf.sum(tf.reshape(rows, [N * H * W, fx, C]), 1)];
  })[0]!;
}
