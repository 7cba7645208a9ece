/** How weights move along their slopes, as loops that read like the formula. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import {
  type AdamOptions,
  type AdamState,
  requireAdamState,
  requireWeightsShape,
  type SgdOptions,
  settleAdam,
  settleSgd,
} from "../optimiser-arguments.js";

/** What {@link sgdStep} gives. */
export interface SgdStepped {
  /** The weights after the step. */
  readonly weights: FloatArray;
  /** What the next step takes as velocity. */
  readonly velocity: FloatArray;
}

/**
 * One step of stochastic gradient descent with momentum, as in PyTorch:
 *
 *     g ← g + λ·w          v ← momentum·v + g          w ← w − rate·v
 *
 * and with `nesterov` w ← w − rate·(g + momentum·v). No argument is changed. NaN and infinities pass into their own
 * weight and no other.
 *
 * @param weights of any shape.
 * @param gradient dL/dw, of the weights' shape.
 * @param velocity what the step before gave, or undefined for the first step (0).
 * @param options `rate`; `momentum` (default 0), `nesterov` (default false), `weightDecay` λ (default 0).
 * @throws {ShapeError} when the shapes differ.
 * @throws {ArgumentError} when an option is out of range.
 * @example sgdStep(array([1, 2]), array([10, -10]), undefined, { rate: 0.1 }).weights // → [0, 3]
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
  const w = rowMajor(weights);
  const g = rowMajor(gradient);
  const v = velocity === undefined ? new Float32Array(w.length) : rowMajor(velocity);
  const newVelocity = new Float32Array(w.length);
  const newWeights = new Float32Array(w.length);
  for (let i = 0; i < w.length; i++) {
    const slope = g[i]! + weightDecay * w[i]!;
    const speed = momentum * v[i]! + slope;
    newVelocity[i] = speed;
    newWeights[i] = w[i]! - rate * (nesterov ? slope + momentum * speed : speed);
  }
  return {
    weights: fromData(newWeights, weights.shape),
    velocity: fromData(newVelocity, weights.shape),
  };
}

/** What {@link adamStep} gives. */
export interface AdamStepped {
  /** The weights after the step. */
  readonly weights: FloatArray;
  /** What the next step takes as state. */
  readonly state: AdamState;
}

/**
 * One step of Adam (Kingma & Ba 2015, algorithm 1). The mean m of the slopes and of their squares, v, are kept; both
 * began at 0, which the divisions make up for; t counts the steps:
 *
 *     m ← β₁·m + (1 − β₁)·g          v ← β₂·v + (1 − β₂)·g²
 *     w ← w − rate · m / (1 − β₁ᵗ) / (√(v / (1 − β₂ᵗ)) + ε)
 *
 * No argument is changed. NaN and infinities pass into their own weight and no other.
 *
 * @param weights of any shape.
 * @param gradient dL/dw, of the weights' shape.
 * @param state what the step before gave, or undefined for the first step.
 * @param options `rate` (default 0.001), `beta1` (0.9), `beta2` (0.999), `epsilon` (1e-8).
 * @throws {ShapeError} when the shapes differ.
 * @throws {ArgumentError} when an option is out of range, or the state is none.
 * @example adamStep(array([1, 2]), array([10, -0.1]), undefined, { rate: 0.5 }).weights // → [0.5, 2.5]
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
  const w = rowMajor(weights);
  const g = rowMajor(gradient);
  const m = state === undefined ? new Float32Array(w.length) : rowMajor(state.mean);
  const v = state === undefined ? new Float32Array(w.length) : rowMajor(state.square);
  const steps = (state?.steps ?? 0) + 1;
  const mean = new Float32Array(w.length);
  const square = new Float32Array(w.length);
  const newWeights = new Float32Array(w.length);
  for (let i = 0; i < w.length; i++) {
    mean[i] = beta1 * m[i]! + (1 - beta1) * g[i]!;
    square[i] = beta2 * v[i]! + (1 - beta2) * g[i]! * g[i]!;
    const slope = mean[i]! / (1 - beta1 ** steps);
    const size = Math.sqrt(square[i]! / (1 - beta2 ** steps));
    newWeights[i] = w[i]! - (rate * slope) / (size + epsilon);
  }
  return {
    weights: fromData(newWeights, weights.shape),
    state: {
      steps,
      mean: fromData(mean, weights.shape),
      square: fromData(square, weights.shape),
    },
  };
}
