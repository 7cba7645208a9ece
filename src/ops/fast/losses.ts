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
  const wanted = new Float32Array(N * C);
  for (let n = 0; n < N; n++) wanted[n * C + right[n]!] = 1;
  return compute(scores.shape, (tf) => {
    const p = tf.softmax(tf.tensor2d(rowMajor(scores), [N, C]), -1);
    return tf.div(tf.sub(p, tf.tensor2d(wanted, [N, C])), N);
  });
}
