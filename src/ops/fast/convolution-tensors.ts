/**
 * Convolution on tensors and its gradients. What tfjs's own lacks (groups, stride together with dilation, gradients
 * where either is) is put together from operations that every back end has.
 */
import type { Tensor, Tensor4D, Tf } from "../../backend/compute.js";
import type { PadMode } from "../border.js";
import { samePaddingFor, type Walk } from "../geometry.js";
import { pairwiseSum } from "./pairwise-sum.js";
import { spreadPixels } from "./zero-insertion-tensors.js";

/** How a kernel walks over tensors. */
export interface TensorWalk {
  readonly stride: readonly [down: number, across: number];
  readonly dilation: readonly [down: number, across: number];
  readonly groups: number;
}

/** Whether a walk leaves places out, and whether the kernel's entries stand apart. */
export function isSpread({ stride, dilation }: TensorWalk): { strided: boolean; dilated: boolean } {
  return {
    strided: stride[0] > 1 || stride[1] > 1,
    dilated: dilation[0] > 1 || dilation[1] > 1,
  };
}

/**
 * Whether tfjs's own "same" adds just the zeros that `axes` ask for, which saves a copy of the input. Where a
 * convolution is put together from two steps (see {@link correlateTensors}) it can't be used.
 */
export function isOwnSame(axes: readonly Walk[], mode: PadMode): boolean {
  if (mode !== "zero") return false;
  const strides = axes.map(({ stride }) => stride);
  if (strides.some((stride) => stride !== strides[0])) return false;
  if (strides[0]! > 1 && axes.some(({ dilation }) => dilation > 1)) return false;
  return axes.every(({ n, k, stride, dilation, before, after }) => {
    const same = samePaddingFor(n, k, stride, dilation);
    return same.before === before && same.after === after;
  });
}

/** Correlates N×H×W×Cin with Kh×Kw×(Cin / groups)×Cout. */
export function correlateTensors(
  tf: Tf,
  x: Tensor4D,
  k: Tensor4D,
  walk: TensorWalk,
  padding: "valid" | "same" = "valid",
): Tensor4D {
  const { stride, dilation, groups } = walk;
  const [Kh, Kw, Cg, M] = k.shape;
  const { strided, dilated } = isSpread(walk);
  const depthwise = groups > 1 && Cg === 1;
  // tfjs has no convolution with both. Of unequal strides TensorFlow's depthwise one knows nothing, and its plain one
  // over a single channel leaves rows unset where one column comes out. Every place, then each stride-th
  // of them, is the same thing.
  if (strided && (dilated || (Cg === 1 && stride[0] !== stride[1]))) {
    const everywhere = correlateTensors(tf, x, k, { ...walk, stride: [1, 1] });
    return tf.stridedSlice(everywhere, [0, 0, 0, 0], everywhere.shape, [
      1,
      ...stride,
      1,
    ]) as Tensor4D;
  }
  const step: [number, number] = [...stride];
  const apart: [number, number] = [...dilation];
  if (groups === 1) return tf.conv2d(x, k, step, padding, "NHWC", apart);
  if (depthwise) {
    const each = tf.reshape(k, [Kh, Kw, groups, M / groups]) as Tensor4D;
    return tf.depthwiseConv2d(x, each, step, padding, "NHWC", apart);
  }
  const inputs = tf.split(x, groups, 3) as Tensor4D[];
  const kernels = tf.split(k, groups, 3) as Tensor4D[];
  const outputs = inputs.map((one, g) => tf.conv2d(one, kernels[g]!, step, padding, "NHWC", apart));
  return tf.concat(outputs, 3) as Tensor4D;
}

/**
 * ∂L/∂x of {@link correlateTensors} for an input of H×W, its border counted: the gradients, `stride` apart, meet the kernel turned end
 * to end with its channels exchanged.
 */
export function inputGradient(
  tf: Tf,
  k: Tensor4D,
  g: Tensor4D,
  walk: TensorWalk,
  [H, W]: readonly [number, number],
): Tensor4D {
  const { stride, dilation, groups } = walk;
  const [Kh, Kw, Cg, M] = k.shape;
  if (groups === 1 && !isSpread(walk).dilated) {
    return tf.conv2dTranspose(g, k, [g.shape[0], H, W, Cg], [...stride], "valid") as Tensor4D;
  }
  const grouped = tf.reshape(k, [Kh * Kw, Cg, groups, M / groups]);
  const exchanged = tf.reshape(tf.transpose(grouped, [0, 3, 2, 1]), [
    Kh,
    Kw,
    M / groups,
    groups * Cg,
  ]) as Tensor4D;
  const spread = spreadPixels(tf, g, stride);
  const room = tf.pad(spread, [
    [0, 0],
    [dilation[0] * (Kh - 1), H - spread.shape[1]],
    [dilation[1] * (Kw - 1), W - spread.shape[2]],
    [0, 0],
  ]) as Tensor4D;
  return correlateTensors(tf, room, tf.reverse(exchanged, [0, 1]), {
    stride: [1, 1],
    dilation,
    groups,
  });
}

/** ∂L/∂b of a convolution: the sum of the gradients over all places of all images. */
export function biasGradient(tf: Tf, g: Tensor4D): Tensor {
  const M = g.shape[3];
  return tf.reshape(pairwiseSum(tf, tf.reshape(g, [1, -1, M])), [M]);
}
