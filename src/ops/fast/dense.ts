/** Fully connected layers on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import { compute } from "../../backend/compute.js";
import type { ConvOptions } from "../convolution-plan.js";
import {
  type DenseOptions,
  type DenseWeights,
  type ImageSize,
  matrixOf,
  planDense,
} from "../dense-plan.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import type { DenseGradient } from "../reference/dense.js";
import { conv2d } from "./convolution.js";
import { longProduct } from "./long-product.js";
import { pairwiseSum } from "./pairwise-sum.js";
import { computeEach } from "./results.js";

/**
 * {@link reference.fullyConnected} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.fullyConnected(array([1, 2]), array([[1, 0, 3], [0, 1, 4]]), { bias: 0.5 }) // → [1.5, 2.5, 11.5]
 */
export function fullyConnected(
  x: FloatArray,
  weights: FloatArray,
  options: DenseOptions = {},
): FloatArray {
  const { N, inputs, units, bias, shape } = planDense("fullyConnected", x, weights, options);
  return compute(shape, (tf) =>
    tf.add(
      longProduct(
        tf,
        tf.tensor2d(rowMajor(x), [N, inputs]),
        tf.tensor2d(rowMajor(weights), [inputs, units]),
      ),
      tf.tensor1d(bias),
    ),
  );
}

/**
 * {@link reference.fullyConnectedGradient} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.fullyConnectedGradient(array([1, 2]), array([[3], [4]]), array([10])).weights // → [[10], [20]]
 */
export function fullyConnectedGradient(
  x: FloatArray,
  weights: FloatArray,
  outputGradient: FloatArray,
): DenseGradient {
  const { N, inputs, units, shape } = planDense("fullyConnectedGradient", x, weights);
  requireOutputGradient("fullyConnectedGradient", outputGradient, shape);
  const [input, dw, bias] = computeEach([x.shape, [inputs, units], [units]], N, (tf) => {
    const values = tf.tensor2d(rowMajor(x), [N, inputs]);
    const w = tf.tensor2d(rowMajor(weights), [inputs, units]);
    const dy = tf.tensor2d(rowMajor(outputGradient), [N, units]);
    // Transposed first: wasm's products of transposed matrices are plain loops.
    return [
      longProduct(tf, dy, tf.transpose(w)),
      longProduct(tf, tf.transpose(values), dy),
      pairwiseSum(tf, tf.reshape(dy, [1, N, units])),
    ];
  });
  return { input: input!, weights: dw!, bias: bias! };
}

/**
 * {@link reference.convolutionAsFullyConnected} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.convolutionAsFullyConnected(array([[5, 7]]), [1, 3, 1]).weights // → [[5, 0], [7, 5], [0, 7]]
 */
export function convolutionAsFullyConnected(
  kernel: FloatArray,
  size: ImageSize,
  options: ConvOptions = {},
): DenseWeights {
  return matrixOf(conv2d, kernel, size, options);
}
