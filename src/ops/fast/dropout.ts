/** Dropout on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import { compute } from "../../backend/compute.js";
import { type DropoutOptions, dropoutMask } from "../dropout-mask.js";
import { requireOutputGradient } from "../gradient-arguments.js";

/**
 * {@link reference.dropout} on the back end that `await useBackend()` loaded; the same seed drops the same places.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.dropout(array([1, 2, 3, 4]), 0) // → [1, 2, 3, 4]
 */
export function dropout(x: FloatArray, rate: number, options: DropoutOptions = {}): FloatArray {
  return masked(x, dropoutMask("dropout", x, rate, options));
}

/**
 * {@link reference.dropoutGradient} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.dropoutGradient(zeros([3]), 0, array([1, 2, 3])) // → [1, 2, 3]
 */
export function dropoutGradient(
  x: FloatArray,
  rate: number,
  outputGradient: FloatArray,
  options: DropoutOptions = {},
): FloatArray {
  const mask = dropoutMask("dropoutGradient", x, rate, options);
  requireOutputGradient("dropoutGradient", outputGradient, x.shape);
  return masked(outputGradient, mask);
}

function masked(x: FloatArray, mask: Float32Array): FloatArray {
  return compute(x.shape, (tf) => {
    const scale = tf.tensor(mask, x.shape);
    const kept = tf.mul(tf.tensor(rowMajor(x), x.shape), scale);
    // Not the product alone: 0·∞ is no number.
    return tf.where(tf.equal(scale, 0), tf.zerosLike(kept), kept);
  });
}
