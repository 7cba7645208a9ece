/** The fully connected layer. */
import { ArgumentError } from "../../errors.js";
import { countOf, heWeights, type LayerPlan } from "../layer.js";

/**
 * Every output sees every input: inputs × units weights and one bias a unit. A map of any shape is read as one long
 * list (row by row, channels last).
 *
 * @throws {ArgumentError} when `units` is not a whole number above 0.
 */
export function dense(units: number): LayerPlan {
  if (!Number.isInteger(units) || units < 1) {
    throw new ArgumentError(`A dense layer has 1 unit or more; got ${units}.`);
  }
  return (inputShape, random) => {
    const inputs = countOf(inputShape);
    // Weights inputs×units first, then the biases.
    const weights = new Float32Array(inputs * units + units);
    weights.set(heWeights(inputs * units, inputs, random));
    const gradient = new Float32Array(weights.length);
    let seen = new Float32Array(0);
    return {
      outputShape: [units],
      weights,
      gradient,
      forward(input) {
        seen = input as Float32Array<ArrayBuffer>;
        const output = weights.slice(inputs * units);
        for (let i = 0; i < inputs; i++) {
          const x = input[i]!;
          if (x === 0) continue;
          for (let u = 0; u < units; u++) output[u]! += x * weights[i * units + u]!;
        }
        return output;
      },
      backward(outputGradient) {
        const inputGradient = new Float32Array(inputs);
        for (let i = 0; i < inputs; i++) {
          const x = seen[i]!;
          let slope = 0;
          for (let u = 0; u < units; u++) {
            gradient[i * units + u]! += x * outputGradient[u]!;
            slope += weights[i * units + u]! * outputGradient[u]!;
          }
          inputGradient[i] = slope;
        }
        for (let u = 0; u < units; u++) gradient[inputs * units + u]! += outputGradient[u]!;
        return inputGradient;
      },
    };
  };
}
