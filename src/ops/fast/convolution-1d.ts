/** Convolution over signals on tfjs, as one over images of one row. */
import { type FloatArray, rowMajor } from "../../array.js";
import { compute, type Tensor4D } from "../../backend/compute.js";
import {
  type Conv1dOptions,
  type ConvolutionPlan1d,
  planConvolution1d,
} from "../convolution-plan-1d.js";
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
 * {@link reference.conv1d} on the back end that `await useBackend()` loaded. In the kernel, NaN or an
 * infinity that meets zeros of the padding may give NaN, where the reference leaves it out.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example await useBackend();
 * fast.conv1d(array([1, 4, 9, 16, 25]), array([-1, 0, 1])) // → [8, 12, 16]
 */
export function conv1d(
  input: FloatArray,
  kernel: FloatArray,
  options: Conv1dOptions = {},
): FloatArray {
  return correlate("conv1d", input, kernel, options);
}

/**
 * {@link reference.convolve1d} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example await useBackend();
 * fast.convolve1d(array([1, 1]), array([1, 2, 1]), { padding: "full" }) // → [1, 3, 3, 1]
 */
export function convolve1d(
  input: FloatArray,
  kernel: FloatArray,
  options: Conv1dOptions = {},
): FloatArray {
  return correlate("convolve1d", input, kernel, { ...options, flip: true });
}

function walkOf({ steps, groups }: ConvolutionPlan1d): TensorWalk {
  // One row has one place, whatever the stride down; TensorFlow's depthwise convolution wants both alike.
  return { stride: [steps.stride, steps.stride], dilation: [1, steps.dilation], groups };
}

function correlate(
  operation: string,
  input: FloatArray,
  kernel: FloatArray,
  options: Conv1dOptions,
): FloatArray {
  const plan = planConvolution1d(operation, input, kernel, options);
  if (isForLoops(plan, input, kernel)) return loops.conv1d(input, kernel, options);
  const { N, L, C, K, M, steps, groups, bias, flip } = plan;
  return compute(plan.shape, (tf) => {
    const x = tf.tensor3d(rowMajor(input), [N, L, C]);
    const k = tf.tensor4d(rowMajor(kernel), [1, K, C / groups, M]);
    const same = isOwnSame([steps], plan.paddingMode);
    const padded = same ? x : withBorder(tf, x, [steps], plan.paddingMode);
    const rows = tf.reshape(padded, [N, 1, padded.shape[1]!, C]) as Tensor4D;
    const turned = flip ? tf.reverse(k, 1) : k;
    const y = correlateTensors(tf, rows, turned, walkOf(plan), same ? "same" : "valid");
    return bias.some((one) => one !== 0) ? tf.add(y, tf.tensor1d(bias)) : y;
  });
}

/**
 * {@link reference.conv1dGradient} on the back end that `await useBackend()` loaded. In the kernel, NaN or an
 * infinity that meets zeros of the padding may give NaN, where the reference leaves it out.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example await useBackend();
 * fast.conv1dGradient(array([1, 2, 3]), array([4, 5]), array([1, 10])).input // → [4, 45, 50]
 */
export function conv1dGradient(
  input: FloatArray,
  kernel: FloatArray,
  outputGradient: FloatArray,
  options: Conv1dOptions = {},
): ConvGradients {
  const plan = planConvolution1d("conv1dGradient", input, kernel, options);
  requireOutputGradient("conv1dGradient", outputGradient, plan.shape);
  if (isForLoops(plan, input, kernel, outputGradient)) {
    return loops.conv1dGradient(input, kernel, outputGradient, options);
  }
  const { N, L, C, K, M, OL, steps, groups, flip, paddingMode } = plan;
  const length = steps.sources.length;
  const [forInput, forKernel, forBias] = computeEach([input.shape, kernel.shape, [M]], N, (tf) => {
    const x = tf.tensor3d(rowMajor(input), [N, L, C]);
    const k = tf.tensor4d(rowMajor(kernel), [1, K, C / groups, M]);
    const g = tf.tensor4d(rowMajor(outputGradient), [N, 1, OL, M]);
    const rows = tf.reshape(withBorder(tf, x, [steps], paddingMode), [N, 1, length, C]) as Tensor4D;
    const turned = flip ? tf.reverse(k, 1) : k;
    const back = inputGradient(tf, turned, g, walkOf(plan), [1, length]);
    const kernels = kernelGradient(tf, rows, g, walkOf(plan), [1, K]);
    return [
      withoutBorder(tf, tf.reshape(back, [N, length, C]), [steps], paddingMode),
      flip ? tf.reverse(kernels, 1) : kernels,
      biasGradient(tf, g),
    ];
  });
  return { input: forInput!, kernel: forKernel!, bias: forBias! };
}
