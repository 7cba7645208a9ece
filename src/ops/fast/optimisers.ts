/** How weights move along their slopes, on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import type { Tensor, Tf } from "../../backend/compute.js";
import {
  type AdamOptions,
  type AdamState,
  requireAdamState,
  requireWeightsShape,
  type SgdOptions,
  settleAdam,
  settleSgd,
} from "../optimiser-arguments.js";
import type { AdamStepped, SgdStepped } from "../reference/optimisers.js";
import { computeEach } from "./results.js";

function tensorOf(tf: Tf, x: FloatArray): Tensor {
  return tf.tensor(rowMajor(x), x.shape);
}

/**
 * {@link reference.sgdStep} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.sgdStep(array([1, 2]), array([10, -10]), undefined, { rate: 0.1 }).weights // → [0, 3]
 */
export function sgdStep(
  weights: FloatArray,
  gradient: FloatArray,
  velocity: FloatArray | undefined,
  options: SgdOptions,
): SgdStepped {
  const { rate, momentum, nesterov, weightDecay } = settleSgd(options);
  requireWeightsShape("sgdStep", weights, {
    gradient,
    ...(velocity !== undefined && { velocity }),
  });
  const { shape, size } = weights;
  const [newWeights, newVelocity] = computeEach([shape, shape], size, (tf) => {
    const w = tensorOf(tf, weights);
    const slope = tf.add(tensorOf(tf, gradient), tf.mul(w, weightDecay));
    const speed =
      velocity === undefined ? slope : tf.add(tf.mul(tensorOf(tf, velocity), momentum), slope);
    const along = nesterov ? tf.add(slope, tf.mul(speed, momentum)) : speed;
    return [tf.sub(w, tf.mul(along, rate)), speed];
  });
  return { weights: newWeights!, velocity: newVelocity! };
}

/**
 * {@link reference.adamStep} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.adamStep(array([1, 2]), array([10, -0.1]), undefined, { rate: 0.5 }).weights // → [0.5, 2.5]
 */
export function adamStep(
  weights: FloatArray,
  gradient: FloatArray,
  state: AdamState | undefined,
  options: AdamOptions = {},
): AdamStepped {
  const { rate, beta1, beta2, epsilon } = settleAdam(options);
  requireAdamState(state);
  requireWeightsShape("adamStep", weights, {
    gradient,
    ...(state && { mean: state.mean, square: state.square }),
  });
  const { shape, size } = weights;
  const steps = (state?.steps ?? 0) + 1;
  const [newWeights, mean, square] = computeEach([shape, shape, shape], size, (tf) => {
    const w = tensorOf(tf, weights);
    const g = tensorOf(tf, gradient);
    const kept = (old: FloatArray | undefined, share: number, fresh: Tensor): Tensor =>
      old === undefined ? fresh : tf.add(tf.mul(tensorOf(tf, old), share), fresh);
    const m = kept(state?.mean, beta1, tf.mul(g, 1 - beta1));
    const v = kept(state?.square, beta2, tf.mul(tf.mul(g, 1 - beta2), g));
    const slope = tf.div(m, 1 - beta1 ** steps);
    const deviation = tf.div(tf.sqrt(v), Math.sqrt(1 - beta2 ** steps));
    return [tf.sub(w, tf.div(tf.mul(slope, rate), tf.add(deviation, epsilon))), m, v];
  });
  return { weights: newWeights!, state: { steps, mean: mean!, square: square! } };
}
