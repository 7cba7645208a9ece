/** Unpooling with remembered places, on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import { lastInPlace, planMaxUnpooling } from "../unpooling-plan.js";
import { computeEach } from "./results.js";

/**
 * {@link reference.unpoolMax} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.unpoolMax(array([[7, 8]]), array([[5, 2]]), [2, 4]) // → [[0, 0, 8, 0], [0, 7, 0, 0]]
 */
export function unpoolMax(
  values: FloatArray,
  indices: FloatArray,
  shape: readonly number[],
): FloatArray {
  const plan = planMaxUnpooling("unpoolMax", values, indices, shape);
  const { N, C, OH, OW, places } = plan;
  return computeEach([plan.shape], N, (tf) => {
    // Values in one place would be added up: only the last of them may come.
    const last = lastInPlace(plan);
    const kept = rowMajor(values).map((value, i) => (last[i] === 1 ? value : 0));
    const where = tf.tensor2d(places, [places.length, 1], "int32");
    return [tf.scatterND(where, tf.tensor1d(kept), [N * OH * OW * C])];
  })[0]!;
}

/**
 * {@link reference.unpoolMaxGradient} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.unpoolMaxGradient(zeros([1, 1]), array([[2]]), [2, 2], array([[1, 2], [3, 4]])) // → [[3]]
 */
export function unpoolMaxGradient(
  values: FloatArray,
  indices: FloatArray,
  shape: readonly number[],
  outputGradient: FloatArray,
): FloatArray {
  const plan = planMaxUnpooling("unpoolMaxGradient", values, indices, shape);
  requireOutputGradient("unpoolMaxGradient", outputGradient, plan.shape);
  return computeEach([values.shape], plan.N, (tf) => {
    const gy = tf.tensor1d(rowMajor(outputGradient));
    const there = tf.gather(gy, tf.tensor1d(plan.places, "int32"));
    const reached = tf.tensor1d(lastInPlace(plan));
    return [tf.where(tf.greater(reached, 0), there, tf.zerosLike(there))];
  })[0]!;
}
