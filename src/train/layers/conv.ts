/** The convolution layer. */
import { ArgumentError, ShapeError } from "../../errors.js";
import { heWeights, type LayerPlan } from "../layer.js";

/**
 * `filters` kernels of size×size slide over H×W×C (stride 1, no padding, no flip): size·size·C·filters weights and
 * one bias a filter. Output (H−size+1)×(W−size+1)×filters.
 *
 * @throws {ArgumentError} when a count is not a whole number above 0.
 * @throws {ShapeError} when the input is not H×W×C or is smaller than the kernel.
 */
export function conv(filters: number, size: number): LayerPlan {
  if (!Number.isInteger(filters) || !Number.isInteger(size) || filters < 1 || size < 1) {
    throw new ArgumentError(
      `conv(filters, size) takes whole numbers above 0; got ${filters} and ${size}.`,
    );
  }
  return (inputShape, random) => {
    const [height = 0, width = 0, channels = 0] = inputShape;
    const rows = height - size + 1;
    const columns = width - size + 1;
    if (inputShape.length !== 3 || rows < 1 || columns < 1) {
      throw new ShapeError(
        `A ${size}×${size} convolution layer takes H×W×C of at least ${size}×${size}; got ${inputShape.join("×")}.`,
      );
    }
    // Weights size×size×channels×filters first, then the biases.
    const inputs = size * size * channels;
    const weights = new Float32Array((inputs + 1) * filters);
    weights.set(heWeights(inputs * filters, inputs, random));
    const gradient = new Float32Array(weights.length);
    const run = size * channels; // numbers side by side in one row of the window
    let seen = new Float32Array(0);

    return {
      outputShape: [rows, columns, filters],
      weights,
      gradient,
      forward(input) {
        seen = input as Float32Array<ArrayBuffer>;
        const output = new Float32Array(rows * columns * filters);
        for (let place = 0; place < rows * columns; place++) {
          const to = place * filters;
          const corner = (Math.floor(place / columns) * width + (place % columns)) * channels;
          for (let f = 0; f < filters; f++) output[to + f] = weights[inputs * filters + f]!;
          for (let i = 0; i < inputs; i++) {
            const value = input[corner + Math.floor(i / run) * width * channels + (i % run)]!;
            if (value === 0) continue;
            for (let f = 0; f < filters; f++) output[to + f]! += value * weights[i * filters + f]!;
          }
        }
        return output;
      },
      backward(outputGradient) {
        const inputGradient = new Float32Array(seen.length);
        for (let place = 0; place < rows * columns; place++) {
          const slopes = outputGradient.subarray(place * filters, (place + 1) * filters);
          // Behind a maximum nearly every slope is 0: such a place costs nothing.
          if (slopes.every((slope) => slope === 0)) continue;
          const corner = (Math.floor(place / columns) * width + (place % columns)) * channels;
          for (let i = 0; i < inputs; i++) {
            const at = corner + Math.floor(i / run) * width * channels + (i % run);
            const value = seen[at]!;
            // Most of a digit's page is 0, and moves no weight.
            if (value !== 0) {
              for (let f = 0; f < filters; f++) gradient[i * filters + f]! += value * slopes[f]!;
            }
            let slope = 0;
            for (let f = 0; f < filters; f++) slope += weights[i * filters + f]! * slopes[f]!;
            inputGradient[at]! += slope;
          }
          for (let f = 0; f < filters; f++) gradient[inputs * filters + f]! += slopes[f]!;
        }
        return inputGradient;
      },
    };
  };
}
