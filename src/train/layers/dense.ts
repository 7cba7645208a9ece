/** The fully connected layer. */
import type { DenseSpec } from "../../network/layers.js";
import { countOf, freshWeights, type Layer, none, type RandomSource } from "../layer.js";
import type { Start } from "../parameters.js";

/** Every output sees every input: y[u] = b[u] + Σi x[i] · w[i, u]. A map is read row by row, channels last. */
export function denseLayer(
  spec: DenseSpec,
  inputShape: readonly number[],
  random: RandomSource,
  start: Start,
): Layer {
  const inputs = countOf(inputShape);
  const units = spec.units;
  const own = freshWeights(spec, inputShape, random, start);
  const { weights, gradient } = own;
  const bias = inputs * units; // the biases lie behind the weights
  const hasBias = weights.length > bias;
  let input = none;
  return {
    ...own,
    outputShape: [units],
    forward(x) {
      input = x;
      const count = x.length / inputs;
      const output = new Float32Array(count * units);
      for (let n = 0; n < count; n++) {
        const to = n * units;
        if (hasBias) for (let u = 0; u < units; u++) output[to + u] = weights[bias + u]!;
        for (let i = 0; i < inputs; i++) {
          const value = x[n * inputs + i]!;
          if (value === 0) continue;
          for (let u = 0; u < units; u++) output[to + u]! += value * weights[i * units + u]!;
        }
      }
      return output;
    },
    backward(slopes, needed = true) {
      const inputGradient = needed ? new Float32Array(input.length) : none;
      const count = input.length / inputs;
      for (let n = 0; n < count; n++) {
        const from = n * units;
        for (let i = 0; i < inputs; i++) {
          const value = input[n * inputs + i]!;
          let slope = 0;
          for (let u = 0; u < units; u++) {
            gradient[i * units + u]! += value * slopes[from + u]!;
            slope += weights[i * units + u]! * slopes[from + u]!;
          }
          if (needed) inputGradient[n * inputs + i] = slope;
        }
        if (hasBias) for (let u = 0; u < units; u++) gradient[bias + u]! += slopes[from + u]!;
      }
      return inputGradient;
    },
  };
}
