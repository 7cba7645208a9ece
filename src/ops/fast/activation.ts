/** Activation functions on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import { compute, type Tensor, type Tf } from "../../backend/compute.js";
import { requireLastAxis, requireSlope } from "../activation-arguments.js";
import { requireArray } from "../layout.js";

function each(x: FloatArray, operation: string, f: (tf: Tf, x: Tensor) => Tensor): FloatArray {
  requireArray(x, operation, "input");
  return compute(x.shape, (tf) => f(tf, tf.tensor(rowMajor(x), x.shape)));
}

/**
 * {@link reference.relu} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.relu(array([-2, 0, 3])) // → [0, 0, 3]
 */
export function relu(x: FloatArray): FloatArray {
  return each(x, "relu", (tf, t) => tf.relu(t));
}

/**
 * {@link reference.leakyRelu} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.leakyRelu(array([-2, 0, 3]), 0.5) // → [-1, 0, 3]
 */
export function leakyRelu(x: FloatArray, slope = 0.01): FloatArray {
  requireSlope("leakyRelu", slope);
  return each(x, "leakyRelu", (tf, t) => tf.leakyRelu(t, slope));
}

/**
 * {@link reference.sigmoid} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.sigmoid(array([0, 100, -1000])) // → [0.5, 1, 0]
 */
export function sigmoid(x: FloatArray): FloatArray {
  return each(x, "sigmoid", (tf, t) => tf.sigmoid(t));
}

/**
 * {@link reference.tanh} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.tanh(array([0, 100, -1000])) // → [0, 1, -1]
 */
export function tanh(x: FloatArray): FloatArray {
  return each(x, "tanh", (tf, t) => tf.tanh(t));
}

/**
 * {@link reference.softmax} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.softmax(array([[0, 0], [1000, -1000]])) // → [[0.5, 0.5], [1, 0]]
 */
export function softmax(x: FloatArray): FloatArray {
  return eachRow(x, "softmax", (tf, t) => tf.softmax(t, -1));
}

/**
 * {@link reference.logSoftmax} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.logSoftmax(array([1000, 0])) // → [0, -1000]
 */
export function logSoftmax(x: FloatArray): FloatArray {
  return eachRow(x, "logSoftmax", (tf, t) => tf.logSoftmax(t, -1));
}

function eachRow(x: FloatArray, operation: string, f: (tf: Tf, x: Tensor) => Tensor): FloatArray {
  requireLastAxis(x, operation);
  return each(x, operation, f);
}
