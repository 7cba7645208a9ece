/** Depthwise convolution and its gradients on tensors, by forward operations that every back end has. */
import type { Tensor, Tensor4D, Tf } from "../../backend/compute.js";
import type { DepthwisePlan, WindowView } from "../depthwise-plan.js";
import { pairwiseSum } from "./pairwise-sum.js";
import { everyStride, spreadPixels } from "./zero-insertion-tensors.js";

/** Depthwise convolution of an image that has its border already. */
export function depthwise(
  tf: Tf,
  padded: Tensor4D,
  k: Tensor4D,
  { rows, columns, OH, OW }: WindowView,
): Tensor4D {
  const stride: [number, number] = [rows.stride, columns.stride];
  const dilation: [number, number] = [rows.dilation, columns.dilation];
  if (stride[0] === stride[1] && dilation[0] === 1 && dilation[1] === 1) {
    return tf.depthwiseConv2d(padded, k, stride, "valid");
  }
  // tfjs has no depthwise convolution with two strides, or with stride and dilation: every place, then the chosen ones.
  const everywhere = tf.depthwiseConv2d(padded, k, 1, "valid", "NHWC", dilation);
  return everyStride(tf, everywhere, [0, 0], stride, [OH, OW]);
}

/** ∂L/∂x of {@link depthwise}, before the border is taken off again. */
export function depthwiseInputGradient(
  tf: Tf,
  k: Tensor4D,
  gy: Tensor4D,
  plan: DepthwisePlan,
): Tensor4D {
  const { rows, columns, multiplier: M, N, C } = plan;
  const [Kh, Kw] = k.shape;
  // Each output channel has one filter, so a filter turned round carries its gradient back; M of them meet in a channel.
  const turned = tf.reverse(tf.reshape(k, [Kh, Kw, C * M, 1]) as Tensor4D, [0, 1]);
  const dilation: [number, number] = [rows.dilation, columns.dilation];
  const [reachH, reachW] = [(Kh - 1) * dilation[0], (Kw - 1) * dilation[1]];
  const [PH, PW] = [rows.sources.length, columns.sources.length];
  const spread = spreadPixels(tf, gy, [rows.stride, columns.stride]);
  const [, h, w] = spread.shape;
  const room = tf.pad(spread, [
    [0, 0],
    [reachH, PH - h],
    [reachW, PW - w],
    [0, 0],
  ]) as Tensor4D;
  const back = tf.depthwiseConv2d(room, turned, 1, "valid", "NHWC", dilation);
  if (M === 1) return back;
  return tf.sum(tf.reshape(back, [N, PH, PW, C, M]), 4) as Tensor4D;
}

/** ∂L/∂k of {@link depthwise}: for each entry of the kernel, the pixels that it met times the gradient there. */
export function depthwiseKernelGradient(
  tf: Tf,
  padded: Tensor4D,
  gy: Tensor4D,
  { rows, columns, multiplier: M, Kh, Kw, N, C, OH, OW }: DepthwisePlan,
): Tensor4D {
  const gradients = tf.reshape(gy, [N * OH * OW, C, M]);
  const entries: Tensor[] = [];
  for (let u = 0; u < Kh; u++) {
    for (let v = 0; v < Kw; v++) {
      const first: [number, number] = [u * rows.dilation, v * columns.dilation];
      const met = everyStride(tf, padded, first, [rows.stride, columns.stride], [OH, OW]);
      const products = tf.mul(tf.reshape(met, [N * OH * OW, C, 1]), gradients);
      entries.push(pairwiseSum(tf, tf.reshape(products, [1, N * OH * OW, C * M])));
    }
  }
  return tf.reshape(tf.stack(entries), [Kh, Kw, C, M]);
}

/** One row of numbers, for each channel the same: K numbers as a depthwise kernel of Kh×Kw×C×1. */
export function sameForEachChannel(
  tf: Tf,
  values: Float32Array,
  [Kh, Kw]: readonly [number, number],
  C: number,
): Tensor4D {
  return tf.tile(tf.tensor4d(values, [Kh, Kw, 1, 1]), [1, 1, C, 1]) as Tensor4D;
}
