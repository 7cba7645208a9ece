/** Depthwise convolution and its gradients on tensors, by forward operations that every back end has. */
import type { Tensor, Tensor2D, Tensor4D, Tf } from "../../backend/compute.js";
import type { WindowView } from "../depthwise-plan.js";
import { longProduct } from "./long-product.js";
import { everyStride, spreadPixels } from "./zero-insertion-tensors.js";

/** How a kernel walks over tensors that have their border already. */
export interface Pass {
  readonly rows: { readonly stride: number; readonly dilation: number };
  readonly columns: { readonly stride: number; readonly dilation: number };
  /** Rows and columns of what is read. */
  readonly from: readonly [number, number];
  /** Rows and columns of the result. */
  readonly out: readonly [number, number];
}

/** The pass of a plan over the image with its border. */
export function passOver({ rows, columns, OH, OW }: WindowView): Pass {
  return { rows, columns, from: [rows.sources.length, columns.sources.length], out: [OH, OW] };
}

/** Depthwise convolution of an image that has its border already. */
export function depthwise(
  tf: Tf,
  padded: Tensor4D,
  k: Tensor4D,
  { rows, columns, out }: Pass,
): Tensor4D {
  const stride: [number, number] = [rows.stride, columns.stride];
  const dilation: [number, number] = [rows.dilation, columns.dilation];
  if (stride[0] === stride[1] && dilation[0] === 1 && dilation[1] === 1) {
    return tf.depthwiseConv2d(padded, k, stride, "valid");
  }
  // tfjs has no depthwise convolution with two strides, or with stride and dilation: every place, then the chosen ones.
  const everywhere = tf.depthwiseConv2d(padded, k, 1, "valid", "NHWC", dilation);
  return everyStride(tf, everywhere, [0, 0], stride, out);
}

/** ∂L/∂x of {@link depthwise}, before the border is taken off again. */
export function depthwiseInputGradient(
  tf: Tf,
  k: Tensor4D,
  gy: Tensor4D,
  { rows, columns, from: [PH, PW] }: Pass,
): Tensor4D {
  const [Kh, Kw, C, M] = k.shape;
  // Each output channel has one filter, so a filter turned round carries its gradient back; M of them meet in a channel.
  const turned = tf.reverse(tf.reshape(k, [Kh, Kw, C * M, 1]) as Tensor4D, [0, 1]);
  const reachH = (Kh - 1) * rows.dilation;
  const reachW = (Kw - 1) * columns.dilation;
  const spread = spreadPixels(tf, gy, [rows.stride, columns.stride]);
  const [N, h, w] = spread.shape;
  const room = tf.pad(spread, [
    [0, 0],
    [reachH, PH - h],
    [reachW, PW - w],
    [0, 0],
  ]) as Tensor4D;
  const dilation: [number, number] = [rows.dilation, columns.dilation];
  const back = tf.depthwiseConv2d(room, turned, 1, "valid", "NHWC", dilation);
  if (M === 1) return back;
  return tf.sum(tf.reshape(back, [N, PH, PW, C, M]), 4) as Tensor4D;
}

/**
 * ∂L/∂k of {@link depthwise}: for each entry of the kernel, the pixels that it met times the gradient there.
 *
 * @param shape of the kernel, Kh×Kw×C×M.
 */
export function depthwiseKernelGradient(
  tf: Tf,
  padded: Tensor4D,
  gy: Tensor4D,
  shape: readonly [number, number, number, number],
  { rows, columns, out }: Pass,
): Tensor4D {
  const [Kh, Kw, C, M] = shape;
  const places = gy.shape[0] * out[0] * out[1];
  // One map a channel needs no broadcasting, which is slow on wasm.
  const gradients = tf.reshape(gy, M === 1 ? [places, C] : [places, C, M]);
  const ones = tf.ones([1, places]) as Tensor2D; // a product with ones is a sum
  const entries: Tensor[] = [];
  for (let u = 0; u < Kh; u++) {
    for (let v = 0; v < Kw; v++) {
      const first: [number, number] = [u * rows.dilation, v * columns.dilation];
      const met = everyStride(tf, padded, first, [rows.stride, columns.stride], out);
      const products = tf.mul(tf.reshape(met, M === 1 ? [places, C] : [places, C, 1]), gradients);
      entries.push(longProduct(tf, ones, tf.reshape(products, [places, C * M]) as Tensor2D));
    }
  }
  return tf.reshape(tf.stack(entries), [Kh, Kw, C, M]);
}
