/** The gradients of the activation functions on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import { compute, type Tensor, type Tf } from "../../backend/compute.js";
import { requireLastAxis, requireSlope } from "../activation-arguments.js";
import { allFinite } from "../finite.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import { requireArray } from "../layout.js";

function each(
  operation: string,
  x: FloatArray,
  outputGradient: FloatArray,
  f: (tf: Tf, x: Tensor, slopes: Tensor) => Tensor,
): FloatArray {
  requireArray(x, operation, "input");
  requireOutputGradient(operation, outputGradient, x.shape);
  return compute(x.shape, (tf) =>
    f(tf, tf.tensor(rowMajor(x), x.shape), tf.tensor(rowMajor(outputGradient), x.shape)),
  );
}

/**
 * {@link reference.reluGradient} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.reluGradient(array([-2, 0, 3]), array([1, 1, 5])) // → [0, 0, 5]
 */
export function reluGradient(x: FloatArray, outputGradient: FloatArray): FloatArray {
  return each("reluGradient", x, outputGradient, (tf, t, dy) =>
    tf.where(tf.lessEqual(t, 0), tf.zerosLike(dy), dy),
  );
}

/**
 * {@link reference.leakyReluGradient} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.leakyReluGradient(array([-2, 3]), array([1, 5]), 0.5) // → [0.5, 5]
 */
export function leakyReluGradient(
  x: FloatArray,
  outputGradient: FloatArray,
  slope = 0.01,
): FloatArray {
  requireSlope("leakyReluGradient", slope);
  return each("leakyReluGradient", x, outputGradient, (tf, t, dy) =>
    tf.where(tf.greater(t, 0), dy, tf.mul(dy, slope)),
  );
}

/**
 * {@link reference.sigmoidGradient} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.sigmoidGradient(array([0]), array([8])) // → [2]
 */
export function sigmoidGradient(x: FloatArray, outputGradient: FloatArray): FloatArray {
  return each("sigmoidGradient", x, outputGradient, (tf, t, dy) =>
    tf.mul(slopeOfSigmoid(tf, t), dy),
  );
}

/** σ(x)·σ(−x), which keeps its digits where σ(x)·(1 − σ(x)) loses them. */
function slopeOfSigmoid(tf: Tf, x: Tensor): Tensor {
  return tf.mul(tf.sigmoid(x), tf.sigmoid(tf.neg(x)));
}

/**
 * {@link reference.tanhGradient} on the back end that `await useBackend()` loaded. It takes 1 / cosh² x as
 * 4·σ(2x)·σ(−2x), since back ends' cosh overflows.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.tanhGradient(array([0]), array([3])) // → [3]
 */
export function tanhGradient(x: FloatArray, outputGradient: FloatArray): FloatArray {
  return each("tanhGradient", x, outputGradient, (tf, t, dy) =>
    tf.mul(tf.mul(slopeOfSigmoid(tf, tf.mul(t, 2)), 4), dy),
  );
}

/**
 * {@link reference.softmaxGradient} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.softmaxGradient(array([0, 0]), array([1, 0])) // → [0.25, -0.25]
 */
export function softmaxGradient(x: FloatArray, outputGradient: FloatArray): FloatArray {
  requireLastAxis(x, "softmaxGradient");
  requireOutputGradient("softmaxGradient", outputGradient, x.shape);
  const finite = allFinite(rowMajor(outputGradient));
  return each("softmaxGradient", x, outputGradient, (tf, t, dy) => {
    const p = tf.softmax(t, -1);
    const centred = (slope: Tensor): Tensor => tf.sub(slope, tf.sum(tf.mul(p, slope), -1, true));
    // Where one class is nearly sure, the mean is nearly its slope, and what is left of the difference of two 32-bit
    // floats has few digits. The mean of the differences, which would be 0, is what rounding took.
    return tf.mul(p, finite ? centred(centred(dy)) : centred(dy));
  });
}

/**
 * {@link reference.logSoftmaxGradient} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.logSoftmaxGradient(array([0, 0]), array([1, 0])) // → [0.5, -0.5]
 */
export function logSoftmaxGradient(x: FloatArray, outputGradient: FloatArray): FloatArray {
  requireLastAxis(x, "logSoftmaxGradient");
  return each("logSoftmaxGradient", x, outputGradient, (tf, t, dy) =>
    tf.sub(dy, tf.mul(tf.softmax(t, -1), tf.sum(dy, -1, true))),
  );
}
