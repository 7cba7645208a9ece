/** Batch normalisation (Ioffe & Szegedy 2015, algorithm 1). */
import type { BatchNormSpec } from "../../network/layers.js";
import { freshWeights, type Layer, none, type RandomSource } from "../layer.js";
import type { Start } from "../parameters.js";

/**
 * y = scale · (x − mean) / √(variance + ε) + shift, per channel (the last axis): with the mean and the variance of the
 * batch while training, which the running ones follow, m ← (1 − p)·m + p·(batch's); with the running ones otherwise.
 */
export function batchNormLayer(
  spec: BatchNormSpec,
  inputShape: readonly number[],
  random: RandomSource,
  start: Start,
): Layer {
  const C = inputShape[inputShape.length - 1]!;
  const { epsilon = 1e-5, momentum = 0.1 } = spec;
  const own = freshWeights(spec, inputShape, random, start);
  const [scale, shift, runningMean, runningVariance] = own.parameters.map(({ values }) => values);
  const [scaleSlope, shiftSlope] = own.parameters.map(({ gradient }) => gradient);
  let normal = none; // (x − mean) / deviation
  let deviation = new Float64Array(C);
  let fromBatch = false;

  const statistics = (x: Float32Array): { mean: Float64Array; variance: Float64Array } => {
    const mean = new Float64Array(C);
    const variance = new Float64Array(C);
    const count = x.length / C;
    for (let i = 0; i < x.length; i++) mean[i % C]! += x[i]! / count;
    for (let i = 0; i < x.length; i++) variance[i % C]! += (x[i]! - mean[i % C]!) ** 2 / count;
    return { mean, variance };
  };

  return {
    ...own,
    outputShape: inputShape,
    forward(x, training = false) {
      fromBatch = training;
      const count = x.length / C;
      let mean: ArrayLike<number> = runningMean!;
      let variance: ArrayLike<number> = runningVariance!;
      if (training) {
        ({ mean, variance } = statistics(x));
        const unbiased = count > 1 ? count / (count - 1) : 1; // the batch is a sample
        for (let c = 0; c < C; c++) {
          runningMean![c]! += momentum * (mean[c]! - runningMean![c]!);
          runningVariance![c]! += momentum * (variance[c]! * unbiased - runningVariance![c]!);
        }
      }
      deviation = Float64Array.from(variance, (value) => Math.sqrt(value + epsilon));
      normal = new Float32Array(x.length);
      const output = new Float32Array(x.length);
      for (let i = 0; i < x.length; i++) {
        const c = i % C;
        normal[i] = (x[i]! - mean[c]!) / deviation[c]!;
        output[i] = scale![c]! * normal[i]! + shift![c]!;
      }
      return output;
    },
    backward(slopes) {
      const inputGradient = new Float32Array(slopes.length);
      const count = slopes.length / C;
      const bySlope = new Float64Array(C); // Σ dL/dy
      const byNormal = new Float64Array(C); // Σ dL/dy · normal
      for (let i = 0; i < slopes.length; i++) {
        bySlope[i % C]! += slopes[i]!;
        byNormal[i % C]! += slopes[i]! * normal[i]!;
      }
      for (let i = 0; i < slopes.length; i++) {
        const c = i % C;
        // The batch's mean and variance move with x too; running ones stand still.
        const pulled = fromBatch ? (bySlope[c]! + normal[i]! * byNormal[c]!) / count : 0;
        inputGradient[i] = (scale![c]! / deviation[c]!) * (slopes[i]! - pulled);
      }
      for (let c = 0; c < C; c++) {
        scaleSlope![c]! += byNormal[c]!;
        shiftSlope![c]! += bySlope[c]!;
      }
      return inputGradient;
    },
  };
}
