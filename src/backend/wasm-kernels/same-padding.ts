/**
 * Convolutions with padding "same" and a stride larger than the filter: tfjs 4.22 leaves the padding to XNNPACK, which
 * takes the negative padding that comes out for a huge one and gives the bias, or zeros, instead.
 */
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Tensor4D } from "../tfjs.js";
import { padded } from "./borders.js";
import type { Call, Kernel } from "./kernel.js";

interface Inputs {
  readonly x: TensorInfo;
  readonly filter: TensorInfo;
}

interface Attributes {
  readonly strides: [number, number] | number;
  readonly dilations: [number, number] | number;
  readonly pad: unknown;
}

/** Gives the image its padding first, where XNNPACK would get it wrong. */
export function withSamePadding(isDepthwise: boolean): Kernel<Inputs, Attributes> {
  return (call: Call<Inputs, Attributes>) => {
    const { tf, inputs, attributes } = call;
    if (attributes.pad !== "same") return call.original(inputs);
    const { strides, dilations } = attributes;
    const x = inputs.x as Tensor4D;
    const filter = inputs.filter as Tensor4D;
    const info = tf.backend_util.computeConv2DInfo(
      x.shape,
      filter.shape,
      strides,
      dilations,
      "same",
      undefined,
      isDepthwise,
    );
    const isStrideLarger =
      info.strideHeight > info.effectiveFilterHeight ||
      info.strideWidth > info.effectiveFilterWidth;
    if (!isStrideLarger) return call.original(inputs);
    return call.original({ ...inputs, x: padded(tf, x, info) }, { ...attributes, pad: "valid" });
  };
}
