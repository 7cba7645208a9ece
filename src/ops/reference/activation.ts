/** Activation functions, number by number. Every one takes and gives an array of any shape. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { requireLastAxis, requireSlope } from "../activation-arguments.js";
import { requireArray } from "../layout.js";

function each(x: FloatArray, operation: string, f: (value: number) => number): FloatArray {
  requireArray(x, operation, "input");
  return fromData(rowMajor(x).map(f), x.shape);
}

/**
 * Rectified linear unit: max(0, x). Negative values become 0, the others stay; NaN stays NaN.
 *
 * @param x an array of any shape.
 * @returns an array of x's shape.
 * @throws {ShapeError} when x is no array.
 * @example relu(array([-2, 0, 3])) // → [0, 0, 3]
 */
export function relu(x: FloatArray): FloatArray {
  return each(x, "relu", (value) => Math.max(0, value));
}

/**
 * Leaky rectified linear unit: x where positive, `slope`·x elsewhere (Maas et al. 2013). NaN stays NaN.
 *
 * @param x an array of any shape.
 * @param slope what is left of a negative value (default 0.01).
 * @returns an array of x's shape.
 * @throws {ShapeError} when x is no array.
 * @throws {ArgumentError} when the slope is not a finite number.
 * @example leakyRelu(array([-2, 0, 3]), 0.5) // → [-1, 0, 3]
 */
export function leakyRelu(x: FloatArray, slope = 0.01): FloatArray {
  requireSlope("leakyRelu", slope);
  return each(x, "leakyRelu", (value) => (value > 0 ? value : slope * value));
}

/**
 * Logistic function 1 / (1 + e^−x): any number to between 0 and 1, −∞ to 0 and +∞ to 1. NaN stays NaN.
 *
 * @param x an array of any shape.
 * @returns an array of x's shape.
 * @throws {ShapeError} when x is no array.
 * @example sigmoid(array([0, 100, -1000])) // → [0.5, 1, 0]
 */
export function sigmoid(x: FloatArray): FloatArray {
  return each(x, "sigmoid", (value) => 1 / (1 + Math.exp(-value)));
}

/**
 * Hyperbolic tangent: any number to between −1 and 1, ±∞ to ±1. NaN stays NaN.
 *
 * @param x an array of any shape.
 * @returns an array of x's shape.
 * @throws {ShapeError} when x is no array.
 * @example tanh(array([0, 100, -1000])) // → [0, 1, -1]
 */
export function tanh(x: FloatArray): FloatArray {
  return each(x, "tanh", Math.tanh);
}

/**
 * Turns scores into probabilities along the last axis: e^x[i] / Σj e^x[j], so that they are positive and sum to 1.
 * The largest score is subtracted first, which changes nothing but keeps e^x finite. A score of −∞ has probability 0;
 * a row that holds NaN or +∞, or nothing but −∞, gives NaN.
 *
 * @param x scores, for instance C for one picture or N×C for a batch.
 * @returns an array of x's shape.
 * @throws {ShapeError} when there is no last axis or it is empty.
 * @example softmax(array([[0, 0], [1000, -1000]])) // → [[0.5, 0.5], [1, 0]]
 */
export function softmax(x: FloatArray): FloatArray {
  const C = requireLastAxis(x, "softmax");
  return fromData(Float32Array.from(probabilities(rowMajor(x), C)), x.shape);
}

/** The softmax of each C scores in double precision: gradients subtract what is nearly alike. */
export function probabilities(scores: Float32Array, C: number): Float64Array {
  const p = new Float64Array(scores.length);
  for (let first = 0; first < scores.length; first += C) {
    let largest = -Infinity;
    for (let c = 0; c < C; c++) largest = Math.max(largest, scores[first + c]!);
    let sum = 0;
    for (let c = 0; c < C; c++) sum += Math.exp(scores[first + c]! - largest);
    for (let c = 0; c < C; c++) p[first + c] = Math.exp(scores[first + c]! - largest) / sum;
  }
  return p;
}

/**
 * The logarithms of {@link softmax}'s probabilities along the last axis, x[i] − log Σj e^x[j], exact where the
 * probability itself is too small for a float. A score of −∞ gives −∞; a row that holds NaN or +∞, or nothing but −∞,
 * gives NaN.
 *
 * @param x scores, for instance C for one picture or N×C for a batch.
 * @returns an array of x's shape.
 * @throws {ShapeError} when there is no last axis or it is empty.
 * @example logSoftmax(array([1000, 0])) // → [0, -1000]
 */
export function logSoftmax(x: FloatArray): FloatArray {
  const C = requireLastAxis(x, "logSoftmax");
  const scores = rowMajor(x);
  const y = new Float32Array(scores.length);
  for (let first = 0; first < scores.length; first += C) {
    let largest = -Infinity;
    for (let c = 0; c < C; c++) largest = Math.max(largest, scores[first + c]!);
    let sum = 0;
    for (let c = 0; c < C; c++) sum += Math.exp(scores[first + c]! - largest);
    for (let c = 0; c < C; c++) y[first + c] = scores[first + c]! - largest - Math.log(sum);
  }
  return fromData(y, x.shape);
}
