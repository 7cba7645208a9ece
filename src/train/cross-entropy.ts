/** From scores to probabilities to a loss. */
import { probabilities as softmax } from "../ops/reference/activation.js";

/** exp(score) as shares of 1. */
export function probabilities(scores: Float32Array): Float32Array {
  return Float32Array.from(softmax(scores, scores.length));
}

/**
 * Cross-entropy of the softmax of `scores` against one right class: −log p(label), with its slope for each score,
 * p − 1 at the label and p elsewhere. In doubles: where the network is nearly sure, p − 1 is what little is left.
 */
export function crossEntropy(
  scores: Float32Array,
  label: number,
): { loss: number; gradient: Float32Array } {
  const largest = scores.reduce((a, b) => Math.max(a, b), -Infinity);
  const parts = Array.from(scores, (score) => Math.exp(score - largest));
  const total = parts.reduce((a, b) => a + b, 0);
  const loss = Math.log(total) - (scores[label]! - largest);
  const gradient = Float32Array.from(parts, (part, c) => part / total - (c === label ? 1 : 0));
  return { loss, gradient };
}
