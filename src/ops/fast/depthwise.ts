/** Depthwise convolution on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import type { Tensor, Tensor4D, Tf } from "../../backend/compute.js";
import { type DepthwiseOptions, type DepthwisePlan, planDepthwise } from "../depthwise-plan.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import * as reference from "../reference/depthwise.js";
import { withBorder, withoutBorder } from "./border.js";
import { biasGradient } from "./convolution-tensors.js";
import {
  depthwise,
  depthwiseInputGradient,
  depthwiseKernelGradient,
  passOver,
} from "./depthwise-tensors.js";
import { areFinite } from "./finite-input.js";
import { computeEach } from "./results.js";

function bordered(tf: Tf, x: Tensor, { rows, columns, paddingMode }: DepthwisePlan): Tensor4D {
  return withBorder(tf, x, [rows, columns], paddingMode) as Tensor4D;
}

function kernelShape({ Kh, Kw, C, multiplier }: DepthwisePlan): [number, number, number, number] {
  return [Kh, Kw, C, multiplier];
}

/**
 * {@link reference.depthwiseConv2d} on the back end that `await useBackend()` loaded. A NaN or an
 * infinity sends it to the loops, since WebAssembly's depthwise convolution turns NaN into −∞.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.depthwiseConv2d(zeros([8, 8, 3]), zeros([3, 3, 3, 2])).shape // → [6, 6, 6]
 */
export function depthwiseConv2d(
  input: FloatArray,
  kernel: FloatArray,
  options: DepthwiseOptions = {},
): FloatArray {
  const plan = planDepthwise("depthwiseConv2d", input, kernel, options);
  if (!areFinite(input, kernel)) return reference.depthwiseConv2d(input, kernel, options);
  const { N, H, W, C } = plan;
  return computeEach([plan.shape], N, (tf) => {
    const x = tf.tensor4d(rowMajor(input), [N, H, W, C]);
    const k = tf.tensor4d(rowMajor(kernel), kernelShape(plan));
    const y = depthwise(tf, bordered(tf, x, plan), k, passOver(plan));
    return [tf.add(y, tf.tensor1d(plan.bias))];
  })[0]!;
}

/**
 * {@link reference.depthwiseConv2dGradient} on the back end that `await useBackend()` loaded. A
 * NaN or an infinity sends it to the loops.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * const ones = array([[1, 1], [1, 1]])
 * fast.depthwiseConv2dGradient(array([[1, 2, 3], [4, 5, 6]]), ones, array([[1, 1]])).kernel // → [[3, 5], [9, 11]]
 */
export function depthwiseConv2dGradient(
  input: FloatArray,
  kernel: FloatArray,
  outputGradient: FloatArray,
  options: DepthwiseOptions = {},
): reference.DepthwiseGradient {
  const plan = planDepthwise("depthwiseConv2dGradient", input, kernel, options);
  requireOutputGradient("depthwiseConv2dGradient", outputGradient, plan.shape);
  if (!areFinite(input, kernel, outputGradient)) {
    return reference.depthwiseConv2dGradient(input, kernel, outputGradient, options);
  }
  const { N, H, W, C, OH, OW, multiplier, rows, columns, paddingMode } = plan;
  const outputs = C * multiplier;
  const [gx, gk, gb] = computeEach([input.shape, kernel.shape, [outputs]], N, (tf) => {
    const x = tf.tensor4d(rowMajor(input), [N, H, W, C]);
    const k = tf.tensor4d(rowMajor(kernel), kernelShape(plan));
    const gy = tf.tensor4d(rowMajor(outputGradient), [N, OH, OW, outputs]);
    const pass = passOver(plan);
    return [
      withoutBorder(tf, depthwiseInputGradient(tf, k, gy, pass), [rows, columns], paddingMode),
      depthwiseKernelGradient(tf, bordered(tf, x, plan), gy, kernelShape(plan), pass),
      biasGradient(tf, gy),
    ];
  });
  return { input: gx!, kernel: gk!, bias: gb! };
}
