/** Convolution over images on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import { compute, type Tensor4D } from "../../backend/compute.js";
import { type ConvOptions, type ConvolutionPlan, planConvolution } from "../convolution-plan.js";
import type { ConvGradients } from "../convolution-settling.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import * as loops from "../reference/index.js";
import { withBorder, withoutBorder } from "./border.js";
import {
  biasGradient,
  correlateTensors,
  inputGradient,
  isOwnSame,
  type TensorWalk,
} from "./convolution-tensors.js";
import { isForLoops } from "./finite-input.js";
import { kernelGradient } from "./kernel-gradient.js";
import { computeEach } from "./results.js";

/**
 * {@link reference.conv2d} on the back end that `await useBackend()` loaded: the same result, sooner. Its sums are in
 * 32-bit floats: thousands of equal terms drift (4,608 times 0.1 · 0.1 came out 4e-5 off on wasm, 2e-5 on native),
 * terms of mixed size agree to 5e-6. A NaN or an infinity in the kernel that meets the zeros of the padding may give
 * NaN, where the reference leaves it out.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example await useBackend();
 * fast.conv2d(array([[1, 2, 0], [3, 4, 1], [0, 1, 2]]), array([[1, 0], [2, -1]])) // → [[3, 9], [2, 4]]
 */
export function conv2d(
  input: FloatArray,
  kernel: FloatArray,
  options: ConvOptions = {},
): FloatArray {
  return correlate("conv2d", input, kernel, options);
}

/**
 * {@link reference.convolve2d} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example await useBackend();
 * fast.convolve2d(array([[0, 0, 0], [0, 1, 0], [0, 0, 0]]), array([[1, 2], [3, 4]])) // → [[1, 2], [3, 4]]
 */
export function convolve2d(
  input: FloatArray,
  kernel: FloatArray,
  options: ConvOptions = {},
): FloatArray {
  return correlate("convolve2d", input, kernel, { ...options, flip: true });
}

function correlate(
  operation: string,
  input: FloatArray,
  kernel: FloatArray,
  options: ConvOptions,
): FloatArray {
  const plan = planConvolution(operation, input, kernel, options);
  if (isForLoops(plan, input, kernel)) return loops.conv2d(input, kernel, options);
  const { N, H, W, C, Kh, Kw, M, rows, columns, groups, bias, flip } = plan;
  const axes = [rows, columns];
  return compute(plan.shape, (tf) => {
    const x = tf.tensor4d(rowMajor(input), [N, H, W, C]);
    const k = tf.tensor4d(rowMajor(kernel), [Kh, Kw, C / groups, M]);
    // Numbers as padding mean different things to different back ends: a border of our own, then "valid".
    const same = isOwnSame(axes, plan.paddingMode);
    const padded = same ? x : (withBorder(tf, x, axes, plan.paddingMode) as Tensor4D);
    const turned = flip ? tf.reverse(k, [0, 1]) : k;
    const y = correlateTensors(tf, padded, turned, walkOf(plan), same ? "same" : "valid");
    return bias.some((one) => one !== 0) ? tf.add(y, tf.tensor1d(bias)) : y;
  });
}

function walkOf({ rows, columns, groups }: ConvolutionPlan): TensorWalk {
  return {
    stride: [rows.stride, columns.stride],
    dilation: [rows.dilation, columns.dilation],
    groups,
  };
}

/**
 * {@link reference.conv2dGradient} on the back end that `await useBackend()` loaded. The kernel's gradient sums over
 * all places in 32-bit floats, strip by strip: 262,144 equal terms drift by 2e-5, terms of mixed size agree to 5e-6. A
 * NaN or an infinity that meets zeros of the padding may give NaN, where the reference leaves it out.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example await useBackend();
 * fast.conv2dGradient(array([[1, 2, 3]]), array([[4, 5]]), array([[1, 10]])).kernel // → [[21, 32]]
 */
export function conv2dGradient(
  input: FloatArray,
  kernel: FloatArray,
  outputGradient: FloatArray,
  options: ConvOptions = {},
): ConvGradients {
  const plan = planConvolution("conv2dGradient", input, kernel, options);
  requireOutputGradient("conv2dGradient", outputGradient, plan.shape);
  if (isForLoops(plan, input, kernel, outputGradient)) {
    return loops.conv2dGradient(input, kernel, outputGradient, options);
  }
  const { N, H, W, C, Kh, Kw, M, OH, OW, rows, columns, groups, flip, paddingMode } = plan;
  const axes = [rows, columns];
  const walk = walkOf(plan);
  const [forInput, forKernel, forBias] = computeEach([input.shape, kernel.shape, [M]], N, (tf) => {
    const x = tf.tensor4d(rowMajor(input), [N, H, W, C]);
    const k = tf.tensor4d(rowMajor(kernel), [Kh, Kw, C / groups, M]);
    const g = tf.tensor4d(rowMajor(outputGradient), [N, OH, OW, M]);
    const padded = withBorder(tf, x, axes, paddingMode) as Tensor4D;
    const turned = flip ? tf.reverse(k, [0, 1]) : k;
    const size: [number, number] = [rows.sources.length, columns.sources.length];
    const back = inputGradient(tf, turned, g, walk, size);
    const kernels = kernelGradient(tf, padded, g, walk, [Kh, Kw]);
    return [
      withoutBorder(tf, back, axes, paddingMode),
      flip ? tf.reverse(kernels, [0, 1]) : kernels,
      biasGradient(tf, g),
    ];
  });
  return { input: forInput!, kernel: forKernel!, bias: forBias! };
}
