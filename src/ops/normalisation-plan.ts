/** What a batch normalisation is about to do: every number settled and every mistake refused first. */

import { type FloatArray, shapeText } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { type Known, requireOptions } from "./known-options.js";
import { requireArray } from "./layout.js";
import { type PerChannel, perChannel } from "./per-channel.js";

/** Options of {@link batchNormTraining}. */
export interface BatchNormOptions {
  /** γ, what a normalised value is multiplied by: one number, or one for each channel (default 1). */
  readonly scale?: PerChannel;
  /** β, what is then added: one number, or one for each channel (default 0). */
  readonly shift?: PerChannel;
  /** ε, added to the variance so that a constant channel is not divided by 0 (default 1e-5; above 0). */
  readonly epsilon?: number;
}

/** Options of {@link batchNorm}. */
export interface BatchNormInferenceOptions extends BatchNormOptions {
  /** μ of each channel, as training kept it. */
  readonly mean: PerChannel;
  /** σ² of each channel, as training kept it: 0 or more. */
  readonly variance: PerChannel;
}

const knownInTraining: Known<BatchNormOptions> = { scale: true, shift: true, epsilon: true };
const known: Known<BatchNormInferenceOptions> = { ...knownInTraining, mean: true, variance: true };

/** A batch normalisation with every number settled. */
export interface NormalisationPlan {
  /** Values of each channel: the product of all axes but the last. */
  readonly M: number;
  readonly C: number;
  readonly scale: Float32Array;
  readonly shift: Float32Array;
  readonly epsilon: number;
}

/**
 * Settles a batch normalisation.
 *
 * @throws {ShapeError} when there is no last axis or it is empty, or a list has not one number for each channel.
 * @throws {ArgumentError} when ε is not above 0, or the scale or shift is no list of numbers.
 */
export function planNormalisation(
  operation: string,
  x: FloatArray,
  options: BatchNormOptions | BatchNormInferenceOptions,
): NormalisationPlan {
  requireOptions(operation, options, operation === "batchNorm" ? known : knownInTraining);
  const { scale = 1, shift = 0, epsilon = 1e-5 } = options;
  requireArray(x, operation, "input");
  const { shape } = x;
  const C = shape[shape.length - 1] ?? 0;
  if (C === 0) {
    throw new ShapeError(
      `${operation}: the last axis of the input holds the channels, at least one; got ${shapeText(shape)}.`,
    );
  }
  if (typeof epsilon !== "number" || !(epsilon > 0 && epsilon < Number.POSITIVE_INFINITY)) {
    throw new ArgumentError(`${operation}: epsilon is a number above 0; got ${String(epsilon)}.`);
  }
  return {
    M: shape.slice(0, -1).reduce((product, size) => product * size, 1),
    C,
    scale: perChannel(operation, "scale", scale, C),
    shift: perChannel(operation, "shift", shift, C),
    epsilon,
  };
}

/**
 * Refuses a batch without values: nothing has no mean.
 *
 * @throws {ShapeError} naming the shape.
 */
export function requireValues(operation: string, x: FloatArray, { M }: NormalisationPlan): void {
  if (M === 0) {
    throw new ShapeError(
      `${operation}: the input ${shapeText(x.shape)} is empty, and nothing has no mean. Use batchNorm with the mean and variance of training.`,
    );
  }
}

/**
 * The mean and variance that came for each channel.
 *
 * @throws {ShapeError} when there is not one for each channel.
 * @throws {ArgumentError} when one is missing, no list of numbers, or a variance is below 0.
 */
export function givenStatistics(
  operation: string,
  options: BatchNormInferenceOptions,
  C: number,
): { mean: Float32Array; variance: Float32Array } {
  if (options?.mean === undefined || options.variance === undefined) {
    throw new ArgumentError(
      `${operation} needs { mean, variance } of each channel. To take them from the batch itself, use batchNormTraining.`,
    );
  }
  const mean = perChannel(operation, "mean", options.mean, C);
  const variance = perChannel(operation, "variance", options.variance, C);
  const negative = variance.find((value) => value < 0);
  if (negative !== undefined) {
    throw new ArgumentError(`${operation}: a variance is 0 or more; got ${negative}.`);
  }
  return { mean, variance };
}
