/** Transposed convolution on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import type { Tensor4D, Tf } from "../../backend/compute.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import * as loops from "../reference/index.js";
import type { TransposedGradient } from "../reference/transposed.js";
import {
  planTransposed,
  planTransposed1d,
  type Transposed1dOptions,
  type TransposedOptions,
  type TransposedPlan,
  type TransposedPlan1d,
} from "../transposed-plan.js";
import { isForLoops } from "./finite-input.js";
import { computeEach } from "./results.js";
import { transposedGradients, transposedTensors } from "./transposed-tensors.js";

/**
 * {@link reference.transposedConv2d} on the back end that `await useBackend()` loaded. NaN or an
 * infinity may spread to neighbours that it does not reach in the reference: it meets zeros between the stamps.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.transposedConv2d(array([[1, 2]]), array([[1, 1, 1]]), { stride: 2 }) // → [[1, 1, 3, 2, 2]]
 */
export function transposedConv2d(
  input: FloatArray,
  kernel: FloatArray,
  options: TransposedOptions = {},
): FloatArray {
  const plan = planTransposed("transposedConv2d", input, kernel, options);
  if (isForLoops(plan, input, kernel)) return loops.transposedConv2d(input, kernel, options);
  return stamp(plan, input, kernel);
}

/**
 * {@link reference.transposedConv2dGradient} on the back end that `await useBackend()` loaded. NaN or an
 * infinity may spread to neighbours that it does not reach in the reference: it meets zeros between the stamps.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * const g = array([[1, 2, 3, 4, 5]])
 * fast.transposedConv2dGradient(array([[1, 2]]), array([[1, 1, 1]]), g, { stride: 2 }).input // → [[6, 12]]
 */
export function transposedConv2dGradient(
  input: FloatArray,
  kernel: FloatArray,
  outputGradient: FloatArray,
  options: TransposedOptions = {},
): TransposedGradient {
  const plan = planTransposed("transposedConv2dGradient", input, kernel, options);
  requireOutputGradient("transposedConv2dGradient", outputGradient, plan.shape);
  if (isForLoops(plan, input, kernel, outputGradient)) {
    return loops.transposedConv2dGradient(input, kernel, outputGradient, options);
  }
  return gradients(plan, input, kernel, outputGradient);
}

/**
 * {@link reference.transposedConv1d} on the back end that `await useBackend()` loaded. NaN or an
 * infinity may spread to neighbours that it does not reach in the reference: it meets zeros between the stamps.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.transposedConv1d(array([1, 2]), array([1, 10, 100]), { stride: 2 }) // → [1, 10, 102, 20, 200]
 */
export function transposedConv1d(
  input: FloatArray,
  kernel: FloatArray,
  options: Transposed1dOptions = {},
): FloatArray {
  const plan = planTransposed1d("transposedConv1d", input, kernel, options);
  if (isForLoops(plan, input, kernel)) return loops.transposedConv1d(input, kernel, options);
  return stamp(asOneRow(plan), input, kernel);
}

/**
 * {@link reference.transposedConv1dGradient} on the back end that `await useBackend()` loaded. NaN or an
 * infinity may spread to neighbours that it does not reach in the reference: it meets zeros between the stamps.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * const g = array([1, 2, 3, 4, 5])
 * fast.transposedConv1dGradient(array([1, 2]), array([1, 1, 1]), g, { stride: 2 }).input // → [6, 12]
 */
export function transposedConv1dGradient(
  input: FloatArray,
  kernel: FloatArray,
  outputGradient: FloatArray,
  options: Transposed1dOptions = {},
): TransposedGradient {
  const plan = planTransposed1d("transposedConv1dGradient", input, kernel, options);
  requireOutputGradient("transposedConv1dGradient", outputGradient, plan.shape);
  if (isForLoops(plan, input, kernel, outputGradient)) {
    return loops.transposedConv1dGradient(input, kernel, outputGradient, options);
  }
  return gradients(asOneRow(plan), input, kernel, outputGradient);
}

/** A signal is an image of one row, under a kernel of one row. */
function asOneRow({ steps, ...settled }: TransposedPlan1d): TransposedPlan {
  const row = { n: 1, k: 1, stride: 1, dilation: 1, before: 0, covered: 1, out: 1 };
  return { ...settled, rows: row, columns: steps };
}

function stamp(plan: TransposedPlan, input: FloatArray, kernel: FloatArray): FloatArray {
  return computeEach([plan.shape], plan.N, (tf) => {
    const { x, k } = tensors(tf, plan, input, kernel);
    return [tf.add(transposedTensors(tf, x, k, plan), tf.tensor1d(plan.bias))];
  })[0]!;
}

function gradients(
  plan: TransposedPlan,
  input: FloatArray,
  kernel: FloatArray,
  outputGradient: FloatArray,
): TransposedGradient {
  const { N, M, rows, columns } = plan;
  const [gx, gk, gb] = computeEach([input.shape, kernel.shape, [M]], N, (tf) => {
    const { x, k } = tensors(tf, plan, input, kernel);
    const gy = tf.tensor4d(rowMajor(outputGradient), [N, rows.out, columns.out, M]);
    return transposedGradients(tf, x, k, gy, plan);
  });
  return { input: gx!, kernel: gk!, bias: gb! };
}

function tensors(
  tf: Tf,
  { N, C, M, groups, rows, columns }: TransposedPlan,
  input: FloatArray,
  kernel: FloatArray,
): { x: Tensor4D; k: Tensor4D } {
  return {
    x: tf.tensor4d(rowMajor(input), [N, rows.n, columns.n, C]),
    k: tf.tensor4d(rowMajor(kernel), [rows.k, columns.k, M / groups, C]),
  };
}
