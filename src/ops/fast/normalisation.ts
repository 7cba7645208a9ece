/** Batch normalisation on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import { compute, type Tensor, type Tf } from "../../backend/compute.js";
import { allFinite } from "../finite.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import {
  type BatchNormInferenceOptions,
  type BatchNormOptions,
  givenStatistics,
  planNormalisation,
  requireValues,
} from "../normalisation-plan.js";
import * as reference from "../reference/normalisation.js";
import { pairwiseSum } from "./pairwise-sum.js";
import { computeEach } from "./results.js";

/**
 * {@link reference.batchNorm} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.batchNorm(array([[1, 10], [3, 30]]), { mean: [1, 20], variance: [4, 25] }) // → [[0, -2], [1, 2]]
 */
export function batchNorm(x: FloatArray, options: BatchNormInferenceOptions): FloatArray {
  const { M, C, scale, shift, epsilon } = planNormalisation("batchNorm", x, options ?? {});
  const { mean, variance } = givenStatistics("batchNorm", options, C);
  const factor = scale.map((γ, c) => γ / Math.sqrt(variance[c]! + epsilon));
  return compute(x.shape, (tf) => {
    // The mean goes first: x·factor − mean·factor would lose the digits that the two share.
    const centred = tf.sub(tf.tensor2d(rowMajor(x), [M, C]), tf.tensor1d(mean));
    return tf.add(tf.mul(centred, tf.tensor1d(factor)), tf.tensor1d(shift));
  });
}

/**
 * {@link reference.batchNormTraining} on the back end that `await useBackend()` loaded. A batch that holds NaN or an
 * infinity goes through the loops, since back ends disagree about them.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.batchNormTraining(array([[1], [3]]), { epsilon: 1e-12 }).output // → [[-1], [1]]
 */
export function batchNormTraining(
  x: FloatArray,
  options: BatchNormOptions = {},
): reference.BatchNormed {
  const plan = planNormalisation("batchNormTraining", x, options);
  requireValues("batchNormTraining", x, plan);
  const { M, C, scale, shift, epsilon } = plan;
  const values = rowMajor(x);
  if (!allFinite(values)) return reference.batchNormTraining(x, options);
  const [output, mean, variance] = computeEach([x.shape, [C], [C]], M, (tf) => {
    const batch = statistics(tf, values, M, C);
    const factor = tf.div(tf.tensor1d(scale), deviation(tf, batch.variance, epsilon));
    const y = tf.add(tf.mul(batch.centred, factor), tf.tensor1d(shift));
    return [y, batch.mean, batch.variance];
  });
  return { output: output!, mean: mean!, variance: variance! };
}

/** √(σ² + ε). */
function deviation(tf: Tf, variance: Tensor, epsilon: number): Tensor {
  return tf.sqrt(tf.add(variance, epsilon));
}

/** The mean and variance of each channel, C numbers, and the values less their mean, M×C. */
function statistics(
  tf: Tf,
  values: Float32Array,
  M: number,
  C: number,
): { mean: Tensor; variance: Tensor; centred: Tensor } {
  const meanOf = (x: Tensor): Tensor =>
    tf.reshape(tf.div(pairwiseSum(tf, tf.reshape(x, [1, M, C])), M), [C]);
  const x = tf.tensor2d(values, [M, C]);
  // A float32 mean of large values is off by more than their spread may be: what it leaves over is taken off again.
  const roughly = meanOf(x);
  const nearly = tf.sub(x, roughly);
  const rest = meanOf(nearly);
  const centred = tf.sub(nearly, rest);
  return { mean: tf.add(roughly, rest), variance: meanOf(tf.square(centred)), centred };
}

/**
 * {@link reference.batchNormGradient} on the back end that `await useBackend()` loaded. A batch that holds NaN or an
 * infinity goes through the loops, since back ends disagree about them.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.batchNormGradient(array([[1], [3]]), {}, array([[5], [7]])).shift // → [12]
 */
export function batchNormGradient(
  x: FloatArray,
  options: BatchNormOptions,
  outputGradient: FloatArray,
): reference.BatchNormGradient {
  const plan = planNormalisation("batchNormGradient", x, options ?? {});
  requireValues("batchNormGradient", x, plan);
  requireOutputGradient("batchNormGradient", outputGradient, x.shape);
  const { M, C, scale, epsilon } = plan;
  const values = rowMajor(x);
  if (!allFinite(values)) return reference.batchNormGradient(x, options, outputGradient);
  const [input, dScale, dShift] = computeEach([x.shape, [C], [C]], M, (tf) => {
    const { centred, variance } = statistics(tf, values, M, C);
    const root = deviation(tf, variance, epsilon);
    const normalised = tf.div(centred, root);
    const dy = tf.tensor2d(rowMajor(outputGradient), [M, C]);
    const sumOf = (terms: Tensor): Tensor =>
      tf.reshape(pairwiseSum(tf, tf.reshape(terms, [1, M, C])), [C]);
    const shift = sumOf(dy);
    const slope = sumOf(tf.mul(dy, normalised));
    const others = tf.div(tf.add(shift, tf.mul(normalised, slope)), M);
    const dx = tf.mul(tf.div(tf.tensor1d(scale), root), tf.sub(dy, others));
    return [dx, slope, shift];
  });
  return { input: input!, scale: dScale!, shift: dShift! };
}
