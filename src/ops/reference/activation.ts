/** Activation functions, number by number. Every one takes and gives an array of any shape. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { requireLastAxis, requireSlope } from "../activation-arguments.js";
import { requireArray } from "../layout.js";

function each(x: FloatArray, operation: string, f: (value: number) => number): FloatArray {
  requireArray(x, operation, "input");
  return fromData(rowMajor(x).map(f), x.shape);
}

/** Rectified linear unit: max(0, x). Negative values become 0, the others stay. */
export function relu(x: FloatArray): FloatArray {
  return each(x, "relu", (value) => Math.max(0, value));
}

/**
 * Leaky rectified linear unit: x where positive, `slope`·x elsewhere (Maas et al. 2013).
 *
 * @param slope what is left of a negative value (default 0.01).
 * @throws {ArgumentError} when the slope is not a finite number.
 */
export function leakyRelu(x: FloatArray, slope = 0.01): FloatArray {
  requireSlope(slope);
  return each(x, "leakyRelu", (value) => (value > 0 ? value : slope * value));
}

/** Logistic function 1 / (1 + e^−x): any number to between 0 and 1. */
export function sigmoid(x: FloatArray): FloatArray {
  return each(x, "sigmoid", (value) => 1 / (1 + Math.exp(-value)));
}

/** Hyperbolic tangent: any number to between −1 and 1. */
export function tanh(x: FloatArray): FloatArray {
  return each(x, "tanh", Math.tanh);
}

/**
 * Turns scores into probabilities along the last axis: e^x[i] / Σj e^x[j], so that they are positive and sum to 1.
 * The largest score is subtracted first, which changes nothing but keeps e^x finite.
 *
 * @param x scores, for instance C for one picture or N×C for a batch.
 * @throws {ShapeError} when there is no last axis or it is empty.
 */
export function softmax(x: FloatArray): FloatArray {
  const C = requireLastAxis(x, "softmax");
  const scores = rowMajor(x);
  const y = new Float32Array(scores.length);
  for (let first = 0; first < scores.length; first += C) {
    let largest = -Infinity;
    for (let c = 0; c < C; c++) largest = Math.max(largest, scores[first + c]!);
    let sum = 0;
    for (let c = 0; c < C; c++) sum += Math.exp(scores[first + c]! - largest);
    for (let c = 0; c < C; c++) y[first + c] = Math.exp(scores[first + c]! - largest) / sum;
  }
  return fromData(y, x.shape);
}
