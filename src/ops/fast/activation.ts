/** Activation functions on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import { compute, type Tensor, type Tf } from "../../backend/compute.js";
import { requireLastAxis, requireSlope } from "../activation-arguments.js";
import { requireArray } from "../layout.js";

function each(x: FloatArray, operation: string, f: (tf: Tf, x: Tensor) => Tensor): FloatArray {
  requireArray(x, operation, "input");
  return compute(x.shape, (tf) => f(tf, tf.tensor(rowMajor(x), x.shape)));
}

/** {@link reference.relu} on the back end that `await useBackend()` loaded. */
export function relu(x: FloatArray): FloatArray {
  return each(x, "relu", (tf, t) => tf.relu(t));
}

/**
 * {@link reference.leakyRelu} on the back end that `await useBackend()` loaded.
 *
 * @throws {ArgumentError} when the slope is not a finite number.
 */
export function leakyRelu(x: FloatArray, slope = 0.01): FloatArray {
  requireSlope(slope);
  return each(x, "leakyRelu", (tf, t) => tf.leakyRelu(t, slope));
}

/** {@link reference.sigmoid} on the back end that `await useBackend()` loaded. */
export function sigmoid(x: FloatArray): FloatArray {
  return each(x, "sigmoid", (tf, t) => tf.sigmoid(t));
}

/** {@link reference.tanh} on the back end that `await useBackend()` loaded. */
export function tanh(x: FloatArray): FloatArray {
  return each(x, "tanh", (tf, t) => tf.tanh(t));
}

/**
 * {@link reference.softmax} on the back end that `await useBackend()` loaded.
 *
 * @throws {ShapeError} when there is no last axis or it is empty.
 */
export function softmax(x: FloatArray): FloatArray {
  requireLastAxis(x, "softmax");
  return each(x, "softmax", (tf, t) => tf.softmax(t, -1));
}
