/** Batch normalisation as loops that read like the formula (Ioffe & Szegedy 2015). */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import {
  type BatchNormInferenceOptions,
  type BatchNormOptions,
  givenStatistics,
  planNormalisation,
  requireValues,
} from "../normalisation-plan.js";

/**
 * Batch normalisation of a network in use, with the mean μ and variance σ² that training kept for each channel:
 *
 *     y = γ·(x − μ) / √(σ² + ε) + β
 *
 * NaN and infinities pass through.
 *
 * @param x an array whose last axis holds the channels: C, N×C, H×W×C, N×H×W×C.
 * @param options `mean` and `variance`; `scale` γ (default 1), `shift` β (default 0), `epsilon` ε (default 1e-5).
 * @returns an array of x's shape.
 * @throws {ShapeError} when there are no channels, or a list has not one number for each of them.
 * @throws {ArgumentError} when the mean or variance is missing, a variance is below 0, or ε is not above 0.
 * @example batchNorm(array([[1, 10], [3, 30]]), { mean: [1, 20], variance: [4, 25] }) // → [[0, -2], [1, 2]]
 */
export function batchNorm(x: FloatArray, options: BatchNormInferenceOptions): FloatArray {
  const { M, C, scale, shift, epsilon } = planNormalisation("batchNorm", x, options ?? {});
  const { mean, variance } = givenStatistics("batchNorm", options, C);
  const values = rowMajor(x);
  const y = new Float32Array(M * C);
  for (let m = 0; m < M; m++) {
    for (let c = 0; c < C; c++) {
      const normalised = (values[m * C + c]! - mean[c]!) / Math.sqrt(variance[c]! + epsilon);
      y[m * C + c] = scale[c]! * normalised + shift[c]!;
    }
  }
  return fromData(y, x.shape);
}

/** What {@link batchNormTraining} gives. */
export interface BatchNormed {
  /** The normalised batch, of the input's shape. */
  readonly output: FloatArray;
  /** The batch's mean of each channel. */
  readonly mean: FloatArray;
  /** The batch's variance of each channel, divided by the number of values M (PyTorch keeps M / (M − 1) times it). */
  readonly variance: FloatArray;
}

/**
 * Batch normalisation while training: {@link batchNorm} with the mean and variance of the batch itself, over all axes
 * but the last. A channel that holds NaN or an infinity gives NaN; one that is constant gives its shift.
 *
 * @param x an array whose last axis holds the channels, of at least one value each: N×C, H×W×C, N×H×W×C.
 * @param options `scale` γ (default 1), `shift` β (default 0), `epsilon` ε (default 1e-5).
 * @throws {ShapeError} when the batch is empty, or a list has not one number for each channel.
 * @throws {ArgumentError} when ε is not above 0.
 * @example batchNormTraining(array([[1], [3]]), { epsilon: 1e-12 }).output // → [[-1], [1]]
 */
export function batchNormTraining(x: FloatArray, options: BatchNormOptions = {}): BatchNormed {
  const plan = planNormalisation("batchNormTraining", x, options);
  requireValues("batchNormTraining", x, plan);
  const { M, C, scale, shift, epsilon } = plan;
  const values = rowMajor(x);
  const { mean, variance } = statistics(values, M, C);
  const y = new Float32Array(M * C);
  for (let m = 0; m < M; m++) {
    for (let c = 0; c < C; c++) {
      const normalised = (values[m * C + c]! - mean[c]!) / Math.sqrt(variance[c]! + epsilon);
      y[m * C + c] = scale[c]! * normalised + shift[c]!;
    }
  }
  return {
    output: fromData(y, x.shape),
    mean: fromData(Float32Array.from(mean), [C]),
    variance: fromData(Float32Array.from(variance), [C]),
  };
}

/** μ = Σ x / M and σ² = Σ (x − μ)² / M of each channel. */
function statistics(
  values: Float32Array,
  M: number,
  C: number,
): { mean: Float64Array; variance: Float64Array } {
  const mean = new Float64Array(C);
  const variance = new Float64Array(C);
  for (let m = 0; m < M; m++) {
    for (let c = 0; c < C; c++) mean[c]! += values[m * C + c]! / M;
  }
  for (let m = 0; m < M; m++) {
    for (let c = 0; c < C; c++) variance[c]! += (values[m * C + c]! - mean[c]!) ** 2 / M;
  }
  return { mean, variance };
}

/** What {@link batchNormGradient} gives. */
export interface BatchNormGradient {
  /** dL/dx, of the input's shape. */
  readonly input: FloatArray;
  /** dL/dγ of each channel. */
  readonly scale: FloatArray;
  /** dL/dβ of each channel. */
  readonly shift: FloatArray;
}

/**
 * The gradients of {@link batchNormTraining}. With x̂ = (x − μ) / √(σ² + ε), sums over the M values of a channel:
 *
 *     dL/dβ = Σ dL/dy     dL/dγ = Σ dL/dy·x̂
 *     dL/dx = γ / √(σ² + ε) · (dL/dy − dL/dβ / M − x̂·dL/dγ / M)
 *
 * The two subtractions are there because every value moves the mean and the variance of all.
 *
 * @param x the input of the normalisation.
 * @param options as there; the shift does not matter.
 * @param outputGradient dL/dy, of x's shape.
 * @throws {ShapeError} when the batch is empty, or the shapes do not go together.
 * @throws {ArgumentError} when ε is not above 0.
 * @example batchNormGradient(array([[1], [3]]), {}, array([[5], [7]])).shift // → [12]
 */
export function batchNormGradient(
  x: FloatArray,
  options: BatchNormOptions,
  outputGradient: FloatArray,
): BatchNormGradient {
  const plan = planNormalisation("batchNormGradient", x, options ?? {});
  requireValues("batchNormGradient", x, plan);
  requireOutputGradient("batchNormGradient", outputGradient, x.shape);
  const { M, C, scale, epsilon } = plan;
  const values = rowMajor(x);
  const dy = rowMajor(outputGradient);
  const { mean, variance } = statistics(values, M, C);
  const dScale = new Float64Array(C);
  const dShift = new Float64Array(C);
  const dx = new Float32Array(M * C);

  for (let m = 0; m < M; m++) {
    for (let c = 0; c < C; c++) {
      const normalised = (values[m * C + c]! - mean[c]!) / Math.sqrt(variance[c]! + epsilon);
      dShift[c]! += dy[m * C + c]!;
      dScale[c]! += dy[m * C + c]! * normalised;
    }
  }
  for (let m = 0; m < M; m++) {
    for (let c = 0; c < C; c++) {
      const deviation = Math.sqrt(variance[c]! + epsilon);
      const normalised = (values[m * C + c]! - mean[c]!) / deviation;
      dx[m * C + c] =
        (scale[c]! / deviation) * (dy[m * C + c]! - dShift[c]! / M - (normalised * dScale[c]!) / M);
    }
  }
  return {
    input: fromData(dx, x.shape),
    scale: fromData(Float32Array.from(dScale), [C]),
    shift: fromData(Float32Array.from(dShift), [C]),
  };
}
