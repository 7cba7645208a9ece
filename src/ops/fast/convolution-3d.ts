/**
 * Convolution over volumes on tfjs: a sum over the kernel's slices of convolutions over images. tfjs's own `conv3d` is
 * plain loops on wasm, and has no dilation on native.
 */
import { type FloatArray, rowMajor } from "../../array.js";
import { compute, type Tensor, type Tensor4D, type Tf } from "../../backend/compute.js";
import {
  type Conv3dOptions,
  type ConvolutionPlan3d,
  planConvolution3d,
} from "../convolution-plan-3d.js";
import type { ConvGradients } from "../convolution-settling.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import * as loops from "../reference/index.js";
import { withBorder, withoutBorder } from "./border.js";
import {
  biasGradient,
  correlateTensors,
  inputGradient,
  type TensorWalk,
} from "./convolution-tensors.js";
import { isForLoops } from "./finite-input.js";
import { kernelGradient } from "./kernel-gradient.js";
import { computeEach } from "./results.js";
import { everyStride, spreadPixels } from "./zero-insertion-tensors.js";

/**
 * {@link reference.conv3d} on the back end that `await useBackend()` loaded. In the kernel, NaN or an
 * infinity that meets zeros of the padding may give NaN, where the reference leaves it out.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example await useBackend();
 * fast.conv3d(array([[[1, 2]], [[3, 4]], [[5, 6]]]), array([[[-1]], [[1]]])) // → [[[2, 2]], [[2, 2]]]
 */
export function conv3d(
  input: FloatArray,
  kernel: FloatArray,
  options: Conv3dOptions = {},
): FloatArray {
  return correlate("conv3d", input, kernel, options);
}

/**
 * {@link reference.convolve3d} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example await useBackend();
 * fast.convolve3d(array([[[1, 2]], [[3, 4]], [[5, 6]]]), array([[[-1]], [[1]]])) // → [[[-2, -2]], [[-2, -2]]]
 */
export function convolve3d(
  input: FloatArray,
  kernel: FloatArray,
  options: Conv3dOptions = {},
): FloatArray {
  return correlate("convolve3d", input, kernel, { ...options, flip: true });
}

/** How a slice of the kernel walks over a slice of the volume. */
function walkOf({ rows, columns, groups }: ConvolutionPlan3d): TensorWalk {
  return {
    stride: [rows.stride, columns.stride],
    dilation: [rows.dilation, columns.dilation],
    groups,
  };
}

/** The slices of a padded volume that slice `t` of the kernel meets, as a batch of images, N·OD of them. */
function slicesMet(tf: Tf, padded: Tensor, t: number, plan: ConvolutionPlan3d): Tensor4D {
  const { N, C, OD, slices, rows, columns } = plan;
  const [PD, PH, PW] = [slices, rows, columns].map(({ sources }) => sources.length);
  const flat = tf.reshape(padded, [N, PD!, 1, PH! * PW! * C]) as Tensor4D;
  const met = everyStride(tf, flat, [t * slices.dilation, 0], [slices.stride, 1], [OD, 1]);
  return tf.reshape(met, [N * OD, PH!, PW!, C]) as Tensor4D;
}

/** The kernel's slices, front first, turned end to end when the plan says so. */
function kernelSlices(tf: Tf, kernel: FloatArray, plan: ConvolutionPlan3d): Tensor4D[] {
  const { Kd, Kh, Kw, C, groups, M, flip } = plan;
  const k = tf.tensor(rowMajor(kernel), [Kd, Kh, Kw, (C / groups) * M]) as Tensor4D;
  const turned = flip ? tf.reverse(k, [0, 1, 2]) : k;
  return tf
    .split(turned, Kd)
    .map((slice) => tf.reshape(slice, [Kh, Kw, C / groups, M]) as Tensor4D);
}

function correlate(
  operation: string,
  input: FloatArray,
  kernel: FloatArray,
  options: Conv3dOptions,
): FloatArray {
  const plan = planConvolution3d(operation, input, kernel, options);
  if (isForLoops(plan, input, kernel)) return loops.conv3d(input, kernel, options);
  const { N, D, H, W, C, slices, rows, columns, bias } = plan;
  return compute(plan.shape, (tf) => {
    const x = tf.tensor5d(rowMajor(input), [N, D, H, W, C]);
    const padded = withBorder(tf, x, [slices, rows, columns], plan.paddingMode);
    const y = kernelSlices(tf, kernel, plan)
      .map((k, t) => correlateTensors(tf, slicesMet(tf, padded, t, plan), k, walkOf(plan)))
      .reduce((total, one) => tf.add(total, one));
    return bias.some((one) => one !== 0) ? tf.add(y, tf.tensor1d(bias)) : y;
  });
}

/**
 * {@link reference.conv3dGradient} on the back end that `await useBackend()` loaded. In the kernel, NaN or an
 * infinity that meets zeros of the padding may give NaN, where the reference leaves it out.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example await useBackend();
 * fast.conv3dGradient(array([[[1, 2, 3]]]), array([[[4, 5]]]), array([[[1, 10]]])).bias // → [11]
 */
export function conv3dGradient(
  input: FloatArray,
  kernel: FloatArray,
  outputGradient: FloatArray,
  options: Conv3dOptions = {},
): ConvGradients {
  const plan = planConvolution3d("conv3dGradient", input, kernel, options);
  requireOutputGradient("conv3dGradient", outputGradient, plan.shape);
  if (isForLoops(plan, input, kernel, outputGradient)) {
    return loops.conv3dGradient(input, kernel, outputGradient, options);
  }
  const { N, D, H, W, C, Kd, Kh, Kw, M, OD, OH, OW, slices, rows, columns, flip } = plan;
  const axes = [slices, rows, columns];
  const walk = walkOf(plan);
  const [forInput, forKernel, forBias] = computeEach([input.shape, kernel.shape, [M]], N, (tf) => {
    const x = tf.tensor5d(rowMajor(input), [N, D, H, W, C]);
    const g = tf.tensor4d(rowMajor(outputGradient), [N * OD, OH, OW, M]);
    const padded = withBorder(tf, x, axes, plan.paddingMode);
    const back = kernelSlices(tf, kernel, plan)
      .map((k, t) => sliceGradient(tf, k, t, g, plan))
      .reduce((total, one) => tf.add(total, one));
    const kernels = Array.from({ length: Kd }, (_, t) =>
      kernelGradient(tf, slicesMet(tf, padded, t, plan), g, walk, [Kh, Kw]),
    );
    const turned = flip ? kernels.reverse().map((k) => tf.reverse(k, [0, 1])) : kernels;
    const volume = tf.reshape(back, [N, ...axes.map(({ sources }) => sources.length), C]);
    return [
      withoutBorder(tf, volume, axes, plan.paddingMode),
      tf.stack(turned),
      biasGradient(tf, g),
    ];
  });
  return { input: forInput!, kernel: forKernel!, bias: forBias! };
}

/** What slice `t` of the kernel sends back to a padded volume, as N×depth×1×(a slice's values). */
function sliceGradient(
  tf: Tf,
  k: Tensor4D,
  t: number,
  g: Tensor4D,
  plan: ConvolutionPlan3d,
): Tensor4D {
  const { N, C, OD, slices, rows, columns } = plan;
  const [PD, PH, PW] = [slices, rows, columns].map(({ sources }) => sources.length);
  const images = inputGradient(tf, k, g, walkOf(plan), [PH!, PW!]);
  const flat = tf.reshape(images, [N, OD, 1, PH! * PW! * C]) as Tensor4D;
  const spread = spreadPixels(tf, flat, [slices.stride, 1]);
  const before = t * slices.dilation;
  return tf.pad(spread, [
    [0, 0],
    [before, PD! - before - spread.shape[1]],
    [0, 0],
    [0, 0],
  ]) as Tensor4D;
}
