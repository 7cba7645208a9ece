/** Convolution on tensors: what tfjs's own lacks (groups, stride together with dilation) put together from what it has. */
import type { Tensor4D, Tf } from "../../backend/compute.js";

/** How a kernel walks over tensors that have their border already. */
export interface TensorWalk {
  readonly stride: readonly [down: number, across: number];
  readonly dilation: readonly [down: number, across: number];
  readonly groups: number;
}

/** Correlates N×H×W×Cin with Kh×Kw×(Cin / groups)×Cout, with no padding. */
export function correlateTensors(tf: Tf, x: Tensor4D, k: Tensor4D, walk: TensorWalk): Tensor4D {
  const { stride, dilation, groups } = walk;
  const strided = stride[0] > 1 || stride[1] > 1;
  const dilated = dilation[0] > 1 || dilation[1] > 1;
  const depthwise = groups > 1 && k.shape[2] === 1;
  // tfjs has no convolution with both, and TensorFlow's depthwise one has a single stride: every place, then each
  // stride-th of them, is the same thing.
  if (strided && (dilated || (depthwise && stride[0] !== stride[1]))) {
    const everywhere = correlateTensors(tf, x, k, { ...walk, stride: [1, 1] });
    return tf.stridedSlice(everywhere, [0, 0, 0, 0], everywhere.shape, [
      1,
      ...stride,
      1,
    ]) as Tensor4D;
  }
  const down = [...stride] as [number, number];
  const apart = [...dilation] as [number, number];
  if (groups === 1) return tf.conv2d(x, k, down, "valid", "NHWC", apart);
  if (depthwise) {
    const [Kh, Kw, , M] = k.shape;
    const each = tf.reshape(k, [Kh, Kw, groups, M / groups]) as Tensor4D;
    return tf.depthwiseConv2d(x, each, down, "valid", "NHWC", apart);
  }
  const inputs = tf.split(x, groups, 3) as Tensor4D[];
  const kernels = tf.split(k, groups, 3) as Tensor4D[];
  const outputs = inputs.map((one, g) => tf.conv2d(one, kernels[g]!, down, "valid", "NHWC", apart));
  return tf.concat(outputs, 3) as Tensor4D;
}
