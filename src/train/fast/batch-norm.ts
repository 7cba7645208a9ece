/** Batch normalisation on tfjs. */
import type { Tensor, Tf } from "../../backend/compute.js";
import type { FastLayer } from "./layer.js";
import { type FastParameter, replace, type Unit } from "./unit.js";

/** y = scale · (x − mean) / √(variance + ε) + shift, as in the loops. */
export function fastBatchNorm({ spec, inputShape, parameters }: Unit): FastLayer {
  if (spec.kind !== "batchNorm") throw new TypeError(spec.kind);
  const { epsilon = 1e-5, momentum = 0.1 } = spec;
  const [scale, shift, runningMean, runningVariance] = parameters as [
    FastParameter,
    FastParameter,
    FastParameter,
    FastParameter,
  ];
  const channels = inputShape[inputShape.length - 1]!;
  let normal: Tensor | undefined; // (x − mean) / deviation
  let deviation: Tensor | undefined;
  let fromBatch = false;
  const rows = (tf: Tf, x: Tensor): Tensor => tf.reshape(x, [x.size / channels, channels]);
  const [high, wide] = inputShape.length === 3 ? inputShape : [1, 1];
  /** Sums over all but the channels, an axis at a time: one long 32-bit sum drifts. */
  const sums = (tf: Tf, x: Tensor): Tensor => {
    const batch = tf.reshape(x, [x.size / (high! * wide! * channels), high!, wide!, channels]);
    return tf.sum(tf.sum(tf.sum(batch, 2), 1), 0);
  };
  const follow = (tf: Tf, running: FastParameter, value: Tensor): void => {
    const step = tf.mul(tf.sub(value, running.value), momentum);
    replace(tf, running, tf.add(running.value, step));
  };
  return {
    forward(tf, x, training) {
      fromBatch = training;
      const values = rows(tf, x);
      const count = values.shape[0]!;
      const mean = training ? tf.div(sums(tf, values), count) : runningMean.value;
      const centred = tf.sub(values, mean);
      const variance = training
        ? tf.div(sums(tf, tf.square(centred)), count)
        : runningVariance.value;
      if (training) {
        follow(tf, runningMean, mean);
        follow(tf, runningVariance, tf.mul(variance, count > 1 ? count / (count - 1) : 1));
      }
      deviation = tf.sqrt(tf.add(variance, epsilon));
      normal = tf.div(centred, deviation);
      return tf.reshape(tf.add(tf.mul(normal, scale.value), shift.value), x.shape);
    },
    backward(tf, slope, wants) {
      const slopes = rows(tf, slope);
      const bySlope = sums(tf, slopes);
      const byNormal = sums(tf, tf.mul(slopes, normal!));
      if (wants.weights) [shift.gradient, scale.gradient] = [bySlope, byNormal];
      if (!wants.input) return undefined;
      let inner: Tensor = slopes;
      if (fromBatch) {
        // The batch's mean and variance move with x too; running ones stand still.
        const pulled = tf.add(bySlope, tf.mul(normal!, byNormal));
        inner = tf.sub(slopes, tf.div(pulled, slopes.shape[0]!));
      }
      return tf.reshape(tf.mul(inner, tf.div(scale.value, deviation!)), slope.shape);
    },
  };
}
