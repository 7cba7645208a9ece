/** Activation layers: one function for each value, and softmax along the last axis. */

import type { LeakyReluSpec } from "../../network/layers.js";
import { probabilities } from "../../ops/reference/activation.js";
import { type Layer, none, weightless } from "../layer.js";

/** y = f(x); the slope passes multiplied by f′, which each of these functions has from its own output. */
function each(
  inputShape: readonly number[],
  f: (x: number) => number,
  slopeAt: (y: number) => number,
): Layer {
  let output = none;
  return weightless(
    inputShape,
    (x) => {
      output = x.map(f);
      return output;
    },
    (slopes) => slopes.map((slope, i) => slope * slopeAt(output[i]!)),
  );
}

/** max(0, x); the slope passes only where x > 0. */
export function reluLayer(inputShape: readonly number[]): Layer {
  let output = none;
  return weightless(
    inputShape,
    (x) => {
      output = x.map((value) => Math.max(0, value));
      return output;
    },
    (slopes) => slopes.map((slope, i) => (output[i]! > 0 ? slope : 0)),
  );
}

/** x where positive, a·x elsewhere. */
export function leakyReluLayer(spec: LeakyReluSpec, inputShape: readonly number[]): Layer {
  const a = spec.slope ?? 0.01;
  let input = none;
  return weightless(
    inputShape,
    (x) => {
      input = x;
      return x.map((value) => (value > 0 ? value : a * value));
    },
    (slopes) => slopes.map((slope, i) => (input[i]! > 0 ? slope : a * slope)),
  );
}

/** 1 / (1 + e⁻ˣ), with the slope y·(1 − y). */
export const sigmoidLayer = (inputShape: readonly number[]): Layer =>
  each(
    inputShape,
    (x) => 1 / (1 + Math.exp(-x)),
    (y) => y * (1 - y),
  );

/** tanh x, with the slope 1 − y². */
export const tanhLayer = (inputShape: readonly number[]): Layer =>
  each(inputShape, Math.tanh, (y) => 1 - y * y);

/** y = exp(x) as shares of 1 along the last axis; dL/dx = y · (dL/dy − Σ y · dL/dy). */
export function softmaxLayer(inputShape: readonly number[]): Layer {
  const C = inputShape[inputShape.length - 1]!;
  let output: Float64Array = new Float64Array(0);
  return weightless(
    inputShape,
    (x) => {
      output = probabilities(x, C);
      return Float32Array.from(output);
    },
    (slopes) => {
      const inputGradient = new Float32Array(slopes.length);
      for (let from = 0; from < slopes.length; from += C) {
        let mean = 0;
        for (let c = 0; c < C; c++) mean += output[from + c]! * slopes[from + c]!;
        for (let c = 0; c < C; c++) {
          inputGradient[from + c] = output[from + c]! * (slopes[from + c]! - mean);
        }
      }
      return inputGradient;
    },
  );
}
