/** Fully connected layers as loops that read like the formula. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import type { ConvOptions } from "../convolution-plan.js";
import {
  type DenseOptions,
  type DenseWeights,
  type ImageSize,
  matrixOf,
  planDense,
} from "../dense-plan.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import { conv2d } from "./convolution.js";

/**
 * Every output looks at every input: y[m] = b[m] + Σk x[k]·w[k, m]. NaN and infinities pass into every output.
 *
 * @param x a list of inputs, or a batch N×inputs. Make a list of an image with {@link flatten}.
 * @param weights inputs×units.
 * @returns units numbers, or N×units.
 * @throws {ShapeError} when the number of inputs is not that of the weights, or of biases not that of the units.
 * @throws {ArgumentError} when the bias is no number and no list of numbers.
 * @example fullyConnected(array([1, 2]), array([[1, 0, 3], [0, 1, 4]]), { bias: 0.5 }) // → [1.5, 2.5, 11.5]
 */
export function fullyConnected(
  x: FloatArray,
  weights: FloatArray,
  options: DenseOptions = {},
): FloatArray {
  const { N, inputs, units, bias, shape } = planDense("fullyConnected", x, weights, options);
  const values = rowMajor(x);
  const w = rowMajor(weights);
  const sums = new Float64Array(units);
  const y = new Float32Array(N * units);

  for (let n = 0; n < N; n++) {
    sums.set(bias);
    for (let k = 0; k < inputs; k++) {
      for (let m = 0; m < units; m++) {
        sums[m]! += values[n * inputs + k]! * w[k * units + m]!;
      }
    }
    y.set(sums, n * units);
  }
  return fromData(y, shape);
}

/** What {@link fullyConnectedGradient} gives. */
export interface DenseGradient {
  /** dL/dx, of the input's shape. */
  readonly input: FloatArray;
  /** dL/dw, inputs×units, summed over the batch. */
  readonly weights: FloatArray;
  /** dL/db, one number for each unit, summed over the batch. */
  readonly bias: FloatArray;
}

/**
 * The gradients of {@link fullyConnected}, summed over the batch n:
 *
 *     dL/dx[n, k] = Σm dL/dy[n, m]·w[k, m]
 *     dL/dw[k, m] = Σn x[n, k]·dL/dy[n, m]
 *     dL/db[m]    = Σn dL/dy[n, m]
 *
 * @param x a list of inputs, or a batch N×inputs.
 * @param weights inputs×units.
 * @param outputGradient dL/dy, units numbers or N×units.
 * @throws {ShapeError} when the shapes do not go together.
 * @example fullyConnectedGradient(array([1, 2]), array([[3], [4]]), array([10])).weights // → [[10], [20]]
 */
export function fullyConnectedGradient(
  x: FloatArray,
  weights: FloatArray,
  outputGradient: FloatArray,
): DenseGradient {
  const { N, inputs, units, shape } = planDense("fullyConnectedGradient", x, weights);
  requireOutputGradient("fullyConnectedGradient", outputGradient, shape);
  const values = rowMajor(x);
  const w = rowMajor(weights);
  const dy = rowMajor(outputGradient);
  const dx = new Float32Array(N * inputs);
  const dw = new Float64Array(inputs * units);
  const db = new Float64Array(units);

  for (let n = 0; n < N; n++) {
    for (let m = 0; m < units; m++) db[m]! += dy[n * units + m]!;
    for (let k = 0; k < inputs; k++) {
      let sum = 0;
      for (let m = 0; m < units; m++) {
        sum += dy[n * units + m]! * w[k * units + m]!;
        dw[k * units + m]! += values[n * inputs + k]! * dy[n * units + m]!;
      }
      dx[n * inputs + k] = sum;
    }
  }
  return {
    input: fromData(dx, x.shape),
    weights: fromData(Float32Array.from(dw), [inputs, units]),
    bias: fromData(Float32Array.from(db), [units]),
  };
}

/**
 * A convolution as a fully connected layer. A linear map is known by what it makes of each picture with a single 1:
 * those answers are the rows of its weights. Most of them are 0, and the others repeat: this is what a convolution
 * leaves out and shares.
 *
 * @param kernel as for {@link conv2d}.
 * @param size [H, W, C] of the image.
 * @param options as for {@link conv2d}.
 * @returns `weights`, (H·W·C)×(OH·OW·Cout), and `bias`, OH·OW·Cout, with which
 *   `fullyConnected(flatten(x), weights, { bias })` is `flatten(conv2d(x, kernel, options))`.
 * @throws {ShapeError} when the kernel does not go with the image, or the weights were more than 2²⁸ numbers.
 * @throws {ArgumentError} when a size or an option is out of range.
 * @example convolutionAsFullyConnected(array([[5, 7]]), [1, 3, 1]).weights // → [[5, 0], [7, 5], [0, 7]]
 */
export function convolutionAsFullyConnected(
  kernel: FloatArray,
  size: ImageSize,
  options: ConvOptions = {},
): DenseWeights {
  return matrixOf(conv2d, kernel, size, options);
}
