/** How wrong scores are, as loops that read like the formula. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { type Labels, labelledScores } from "../loss-arguments.js";
import { logSoftmax, probabilities } from "./activation.js";

/**
 * Cross-entropy of scores against the right classes: −log softmax(scores)[label], the mean over the batch. 0 when
 * every probability of a right class is 1, log C when all C classes seem alike. The logarithm is that of
 * {@link logSoftmax}, so that no score is too large. A row for which softmax is NaN makes the loss NaN, a score of −∞
 * for the right class makes it ∞, and the mean over an empty batch is NaN.
 *
 * @param scores C numbers, or N×C: scores as the last layer gives them, not probabilities.
 * @param labels the number of the right class, 0 to C − 1, or a list with one for each row.
 * @throws {ShapeError} when the scores are not C or N×C, or there is not one label for each row.
 * @throws {ArgumentError} when a label is no class: not whole, below 0, C or more.
 * @example crossEntropy(array([0, 0]), 1) // → 0.6931471805599453
 */
export function crossEntropy(scores: FloatArray, labels: Labels): number {
  const { N, C, labels: right } = labelledScores("crossEntropy", scores, labels);
  const logs = rowMajor(logSoftmax(scores));
  let loss = 0;
  for (let n = 0; n < N; n++) loss -= logs[n * C + right[n]!]!;
  return loss / N;
}

/**
 * The gradient of {@link crossEntropy} with respect to the scores: (softmax(scores) − 1 at the right class) / N. Every
 * row sums to 0.
 *
 * @param scores C numbers, or N×C.
 * @param labels the number of the right class, 0 to C − 1, or a list with one for each row.
 * @returns dL/dscores, of the scores' shape.
 * @throws {ShapeError} when the scores are not C or N×C, or there is not one label for each row.
 * @throws {ArgumentError} when a label is no class: not whole, below 0, C or more.
 * @example crossEntropyGradient(array([0, 0]), 1) // → [0.5, -0.5]
 */
export function crossEntropyGradient(scores: FloatArray, labels: Labels): FloatArray {
  const { N, C, labels: right } = labelledScores("crossEntropyGradient", scores, labels);
  const p = probabilities(rowMajor(scores), C);
  const gradient = new Float32Array(N * C);
  for (let n = 0; n < N; n++) {
    for (let c = 0; c < C; c++) {
      gradient[n * C + c] = (p[n * C + c]! - (c === right[n] ? 1 : 0)) / N;
    }
  }
  return fromData(gradient, scores.shape);
}
