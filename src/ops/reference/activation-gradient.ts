/**
 * The gradients of the activation functions: dL/dx from the input x and the slope dL/dy of the output. Every one
 * takes the input that the function got, not its output.
 */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { requireLastAxis, requireSlope } from "../activation-arguments.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import { requireArray } from "../layout.js";
import { probabilities } from "./activation.js";

function each(
  operation: string,
  x: FloatArray,
  outputGradient: FloatArray,
  f: (value: number, slope: number) => number,
): FloatArray {
  requireArray(x, operation, "input");
  requireOutputGradient(operation, outputGradient, x.shape);
  const slopes = rowMajor(outputGradient);
  return fromData(
    rowMajor(x).map((value, i) => f(value, slopes[i]!)),
    x.shape,
  );
}

/**
 * The gradient of {@link relu}: 0 where x ≤ 0 (at 0 too, where the function has a kink), dL/dy elsewhere. NaN in x
 * lets dL/dy through, as in PyTorch.
 *
 * @param x the input of the function.
 * @param outputGradient dL/dy, of x's shape.
 * @returns dL/dx, of x's shape.
 * @throws {ShapeError} when the two shapes differ.
 * @example reluGradient(array([-2, 0, 3]), array([1, 1, 5])) // → [0, 0, 5]
 */
export function reluGradient(x: FloatArray, outputGradient: FloatArray): FloatArray {
  return each("reluGradient", x, outputGradient, (value, dy) => (value <= 0 ? 0 : dy));
}

/**
 * The gradient of {@link leakyRelu}: dL/dy where x > 0, `slope`·dL/dy elsewhere (NaN too, as in PyTorch).
 *
 * @param x the input of the function.
 * @param outputGradient dL/dy, of x's shape.
 * @param slope what the function left of a negative value (default 0.01).
 * @returns dL/dx, of x's shape.
 * @throws {ShapeError} when the two shapes differ.
 * @throws {ArgumentError} when the slope is not a finite number.
 * @example leakyReluGradient(array([-2, 3]), array([1, 5]), 0.5) // → [0.5, 5]
 */
export function leakyReluGradient(
  x: FloatArray,
  outputGradient: FloatArray,
  slope = 0.01,
): FloatArray {
  requireSlope("leakyReluGradient", slope);
  return each("leakyReluGradient", x, outputGradient, (value, dy) => (value > 0 ? dy : slope * dy));
}

/**
 * The gradient of {@link sigmoid}, σ(x)·(1 − σ(x))·dL/dy, at most a quarter of dL/dy. It is computed as
 * σ(x)·σ(−x)·dL/dy, the same number without the loss of digits where σ is near 1. NaN passes through.
 *
 * @param x the input of the function.
 * @param outputGradient dL/dy, of x's shape.
 * @returns dL/dx, of x's shape.
 * @throws {ShapeError} when the two shapes differ.
 * @example sigmoidGradient(array([0]), array([8])) // → [2]
 */
export function sigmoidGradient(x: FloatArray, outputGradient: FloatArray): FloatArray {
  const logistic = (value: number): number => 1 / (1 + Math.exp(-value));
  return each(
    "sigmoidGradient",
    x,
    outputGradient,
    (value, dy) => logistic(value) * logistic(-value) * dy,
  );
}

/**
 * The gradient of {@link tanh}, (1 − tanh² x)·dL/dy. It is computed as dL/dy / cosh² x, the same number without the
 * loss of digits where tanh is near ±1. NaN passes through.
 *
 * @param x the input of the function.
 * @param outputGradient dL/dy, of x's shape.
 * @returns dL/dx, of x's shape.
 * @throws {ShapeError} when the two shapes differ.
 * @example tanhGradient(array([0]), array([3])) // → [3]
 */
export function tanhGradient(x: FloatArray, outputGradient: FloatArray): FloatArray {
  return each("tanhGradient", x, outputGradient, (value, dy) => dy / Math.cosh(value) ** 2);
}

/**
 * The gradient of {@link softmax}. With p = softmax(x), every score moves every probability:
 *
 *     dL/dx[i] = p[i]·(dL/dy[i] − Σj p[j]·dL/dy[j])
 *
 * A row for which softmax is NaN has NaN slopes.
 *
 * @param x the scores that softmax got, not its probabilities.
 * @param outputGradient dL/dy, of x's shape.
 * @returns dL/dx, of x's shape.
 * @throws {ShapeError} when there is no last axis or it is empty, or the two shapes differ.
 * @example softmaxGradient(array([0, 0]), array([1, 0])) // → [0.25, -0.25]
 */
export function softmaxGradient(x: FloatArray, outputGradient: FloatArray): FloatArray {
  const C = requireLastAxis(x, "softmaxGradient");
  requireOutputGradient("softmaxGradient", outputGradient, x.shape);
  const p = probabilities(rowMajor(x), C);
  const dy = rowMajor(outputGradient);
  const dx = new Float32Array(p.length);
  for (let first = 0; first < p.length; first += C) {
    let mean = 0;
    for (let c = 0; c < C; c++) mean += p[first + c]! * dy[first + c]!;
    for (let c = 0; c < C; c++) dx[first + c] = p[first + c]! * (dy[first + c]! - mean);
  }
  return fromData(dx, x.shape);
}

/**
 * The gradient of {@link logSoftmax}: dL/dx[i] = dL/dy[i] − softmax(x)[i]·Σj dL/dy[j]. A row for which softmax is NaN
 * has NaN slopes.
 *
 * @param x the scores that logSoftmax got.
 * @param outputGradient dL/dy, of x's shape.
 * @returns dL/dx, of x's shape.
 * @throws {ShapeError} when there is no last axis or it is empty, or the two shapes differ.
 * @example logSoftmaxGradient(array([0, 0]), array([1, 0])) // → [0.5, -0.5]
 */
export function logSoftmaxGradient(x: FloatArray, outputGradient: FloatArray): FloatArray {
  const C = requireLastAxis(x, "logSoftmaxGradient");
  requireOutputGradient("logSoftmaxGradient", outputGradient, x.shape);
  const p = probabilities(rowMajor(x), C);
  const dy = rowMajor(outputGradient);
  const dx = new Float32Array(p.length);
  for (let first = 0; first < p.length; first += C) {
    let sum = 0;
    for (let c = 0; c < C; c++) sum += dy[first + c]!;
    for (let c = 0; c < C; c++) dx[first + c] = dy[first + c]! - p[first + c]! * sum;
  }
  return fromData(dx, x.shape);
}
