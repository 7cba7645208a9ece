/** How wrong scores are, on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import { compute } from "../../backend/compute.js";
import { type Labels, labelledScores } from "../loss-arguments.js";
import { logSoftmax } from "./activation.js";

/**
 * {@link reference.crossEntropy} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.crossEntropy(array([0, 0]), 1) // → 0.6931472
 */
export function crossEntropy(scores: FloatArray, labels: Labels): number {
  const { N, C, labels: right } = labelledScores("crossEntropy", scores, labels);
  const logs = rowMajor(logSoftmax(scores));
  let loss = 0;
  for (let n = 0; n < N; n++) loss -= logs[n * C + right[n]!]!;
  return loss / N;
}

/**
 * {@link reference.crossEntropyGradient} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.crossEntropyGradient(array([0, 0]), 1) // → [0.5, -0.5]
 */
export function crossEntropyGradient(scores: FloatArray, labels: Labels): FloatArray {
  const { N, C, labels: right } = labelledScores("crossEntropyGradient", scores, labels);
  const isRight = new Float32Array(N * C);
  for (let n = 0; n < N; n++) isRight[n * C + right[n]!] = 1;
  const isWrong = isRight.map((one) => 1 - one);
  return compute(scores.shape, (tf) => {
    const p = tf.softmax(tf.tensor2d(rowMajor(scores), [N, C]), -1);
    // p − 1 at the right class is minus the sum of the others, which keeps its digits where p is nearly 1.
    const others = tf.mul(p, tf.tensor2d(isWrong, [N, C]));
    const missing = tf.mul(tf.sum(others, -1, true), tf.tensor2d(isRight, [N, C]));
    return tf.div(tf.sub(others, missing), N);
  });
}
