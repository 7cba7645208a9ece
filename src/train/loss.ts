/** From what a network gives, and what was wanted, to a loss and its slope. */
import { crossEntropy } from "./cross-entropy.js";
import type { BatchTargets } from "./engine.js";

/**
 * The sum of the losses of a batch, with its slope for each output: cross-entropy of the softmax for labels, the mean
 * square of the difference for values.
 */
export function batchLoss(
  outputs: Float32Array,
  count: number,
  targets: BatchTargets,
): { total: number; gradient: Float32Array } {
  const size = outputs.length / count;
  const gradient = new Float32Array(outputs.length);
  let total = 0;
  if ("labels" in targets) {
    for (let n = 0; n < count; n++) {
      const one = crossEntropy(outputs.subarray(n * size, (n + 1) * size), targets.labels[n]!);
      total += one.loss;
      gradient.set(one.gradient, n * size);
    }
    return { total, gradient };
  }
  for (let i = 0; i < outputs.length; i++) {
    const difference = outputs[i]! - targets.values[i]!;
    total += difference ** 2 / size;
    gradient[i] = (2 * difference) / size;
  }
  return { total, gradient };
}
