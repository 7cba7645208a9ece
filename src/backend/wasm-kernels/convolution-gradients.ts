/** Gradients of the convolution, made of convolutions and matrix products, which are the fast parts of WebAssembly. */
import type { backend_util, TensorInfo } from "@tensorflow/tfjs-core";
import type { Tensor, Tensor4D, Tf } from "../tfjs.js";
import { border, padded, spread, tap } from "./borders.js";
import type { Call } from "./kernel.js";

interface Attributes {
  readonly strides: [number, number] | number;
  readonly pad: Parameters<Tf["backend_util"]["computeConv2DInfo"]>[4];
  readonly dataFormat?: "NHWC" | "NCHW";
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

type Shape4 = [number, number, number, number];

function plan(
  { tf, attributes }: Call<unknown, Attributes>,
  xShape: Shape4,
  filterShape: Shape4,
): backend_util.Conv2DInfo {
  const { strides, pad, dimRoundingMode, dataFormat = "NHWC" } = attributes;
  if (dataFormat !== "NHWC") throw new Error("Convolutions on WebAssembly are channels last.");
  return tf.backend_util.computeConv2DInfo(xShape, filterShape, strides, 1, pad, dimRoundingMode);
}

/**
 * The kernel `Conv2DBackpropInput`: a convolution of dy, its values spread by the stride, with the filter turned by
 * 180° and its channels changed over.
 */
export function inputGradient(
  call: Call<
    { readonly dy: TensorInfo; readonly filter: TensorInfo },
    Attributes & { readonly inputShape: Shape4 }
  >,
): TensorInfo {
  const { tf, inputs, attributes } = call;
  const { inputShape } = attributes;
  const filter = inputs.filter as Tensor4D;
  const [Kh, Kw] = filter.shape;
  const [, H, W] = inputShape;
  const { strideHeight, strideWidth, padInfo } = plan(call, inputShape, filter.shape);
  const { top, left } = padInfo;
  const dy = spread(tf, inputs.dy as Tensor4D, strideHeight, strideWidth);
  const around = border(tf, dy, {
    top: Kh - 1 - top,
    bottom: H + top - dy.shape[1],
    left: Kw - 1 - left,
    right: W + left - dy.shape[2],
  });
  const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
  return tf.conv2d(around, turned, 1, "valid");
}

/** The kernel `Conv2DBackpropFilter`: dfilter(i, j, c, m) = Σ over n, p, q of x(n, p·s + i, q·s + j, c) · dy(n, p, q, m) */
export function filterGradient(
  call: Call<
    { readonly x: TensorInfo; readonly dy: TensorInfo },
    Attributes & { readonly filterShape: Shape4 }
  >,
): TensorInfo {
  const { tf, inputs, attributes } = call;
  const { filterShape } = attributes;
  const x = inputs.x as Tensor4D;
  const dy = inputs.dy as Tensor4D;
  const info = plan(call, x.shape, filterShape);
  const isOneTap = info.filterHeight * info.filterWidth === 1;
  const isPlain = info.strideHeight === 1 && info.strideWidth === 1;
  // Over few images the convolution would have few channels, which is slow.
  return isPlain && !isOneTap && info.batchSize >= 8
    ? byConvolution(tf, x, dy, info)
    : byTaps(tf, x, dy, info);
}

/** A matrix product for every tap: (C × places)·(places × M). */
function byTaps(tf: Tf, x: Tensor4D, dy: Tensor4D, info: backend_util.Conv2DInfo): Tensor {
  const { batchSize, outHeight, outWidth, inChannels, outChannels } = info;
  const places = batchSize * outHeight * outWidth;
  const rows = tf.reshape(dy, [places, outChannels]);
  const around = tf.transpose(padded(tf, x, info), [3, 0, 1, 2]) as Tensor4D;
  const products: Tensor[] = [];
  for (let i = 0; i < info.filterHeight; i++) {
    for (let j = 0; j < info.filterWidth; j++) {
      const product = (): Tensor =>
        tf.matMul(tf.reshape(tap(tf, around, info, i, j), [inChannels, places]), rows);
      products.push(tf.tidy(product));
    }
  }
  return tf.reshape(tf.concat(products, 0), info.filterShape);
}

/**
 * One convolution in which images are the channels, channels of dy the images, and x is the filter: slid over dy, it
 * meets it at every displacement of the taps, the last first.
 */
function byConvolution(tf: Tf, x: Tensor4D, dy: Tensor4D, info: backend_util.Conv2DInfo): Tensor {
  const { inHeight: H, inWidth: W, outHeight, outWidth, filterHeight, filterWidth, padInfo } = info;
  const above = filterHeight - 1 - padInfo.top;
  const before = filterWidth - 1 - padInfo.left;
  const around = border(tf, dy, {
    top: above,
    bottom: H + filterHeight - 1 - above - outHeight,
    left: before,
    right: W + filterWidth - 1 - before - outWidth,
  });
  const images = tf.transpose(around, [3, 1, 2, 0]) as Tensor4D;
  const filter = tf.transpose(x, [1, 2, 0, 3]) as Tensor4D;
  const met = tf.conv2d(images, filter, 1, "valid");
  return tf.transpose(tf.reverse(met, [1, 2]), [1, 2, 3, 0]);
}
