/** Depthwise separable convolution on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import type { Tensor2D, Tensor4D, Tf } from "../../backend/compute.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import * as reference from "../reference/separable.js";
import { planSeparable, type SeparableOptions, type SeparablePlan } from "../separable-plan.js";
import { withBorder, withoutBorder } from "./border.js";
import { biasGradient } from "./convolution-tensors.js";
import {
  depthwise,
  depthwiseInputGradient,
  depthwiseKernelGradient,
  passOver,
} from "./depthwise-tensors.js";
import { areFinite } from "./finite-input.js";
import { longProduct } from "./long-product.js";
import { computeEach } from "./results.js";

/**
 * {@link reference.separableConv2d} on the back end that `await useBackend()` loaded. A NaN or an infinity
 * sends it to the loops.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.separableConv2d(zeros([8, 8, 3]), zeros([3, 3, 3, 1]), zeros([3, 16]), { padding: "same" }).shape // → [8, 8, 16]
 */
export function separableConv2d(
  input: FloatArray,
  depthwiseKernel: FloatArray,
  pointwiseKernel: FloatArray,
  options: SeparableOptions = {},
): FloatArray {
  const plan = planSeparable("separableConv2d", input, depthwiseKernel, pointwiseKernel, options);
  if (!areFinite(input, depthwiseKernel)) {
    return reference.separableConv2d(input, depthwiseKernel, pointwiseKernel, options);
  }
  const { shape, N, bias } = plan.pointwise;
  return computeEach([shape], N, (tf) => {
    const { eachChannel, mix } = halves(tf, plan, input, depthwiseKernel, pointwiseKernel);
    return [tf.add(tf.matMul(eachChannel, mix), tf.tensor1d(bias))];
  })[0]!;
}

/**
 * {@link reference.separableConv2dGradient} on the back end that `await useBackend()` loaded. A NaN or
 * an infinity sends it to the loops.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * const [x, k, mix] = [array([[1, 2]]), array([[3]]), array([[10]])]
 * fast.separableConv2dGradient(x, k, mix, array([[[1], [1]]])).pointwiseKernel // → [[9]]
 */
export function separableConv2dGradient(
  input: FloatArray,
  depthwiseKernel: FloatArray,
  pointwiseKernel: FloatArray,
  outputGradient: FloatArray,
  options: SeparableOptions = {},
): reference.SeparableGradient {
  const name = "separableConv2dGradient";
  const plan = planSeparable(name, input, depthwiseKernel, pointwiseKernel, options);
  requireOutputGradient(name, outputGradient, plan.pointwise.shape);
  if (!areFinite(input, depthwiseKernel, pointwiseKernel, outputGradient)) {
    return reference.separableConv2dGradient(
      input,
      depthwiseKernel,
      pointwiseKernel,
      outputGradient,
      options,
    );
  }
  const { N, H: OH, W: OW, C: between, M } = plan.pointwise;
  const { rows, columns, paddingMode } = plan.depthwise;
  const shapes = [input.shape, depthwiseKernel.shape, pointwiseKernel.shape, [M]];
  const [gx, gk, gmix, gb] = computeEach(shapes, N, (tf) => {
    const { padded, k, eachChannel, mix } = halves(
      tf,
      plan,
      input,
      depthwiseKernel,
      pointwiseKernel,
    );
    const gy = tf.tensor4d(rowMajor(outputGradient), [N, OH, OW, M]);
    const flat = tf.reshape(gy, [N * OH * OW, M]) as Tensor2D;
    const gEach = tf.reshape(tf.matMul(flat, mix, false, true), [N, OH, OW, between]) as Tensor4D;
    const pass = passOver(plan.depthwise);
    const gPadded = depthwiseInputGradient(tf, k, gEach, pass);
    return [
      withoutBorder(tf, gPadded, [rows, columns], paddingMode),
      depthwiseKernelGradient(tf, padded, gEach, k.shape, pass),
      longProduct(tf, tf.transpose(eachChannel), flat),
      biasGradient(tf, gy),
    ];
  });
  return { input: gx!, depthwiseKernel: gk!, pointwiseKernel: gmix!, bias: gb! };
}

/** The input with its border, the weights, and what lies between the halves, as pixels × channels. */
function halves(
  tf: Tf,
  plan: SeparablePlan,
  input: FloatArray,
  depthwiseKernel: FloatArray,
  pointwiseKernel: FloatArray,
): { padded: Tensor4D; k: Tensor4D; eachChannel: Tensor2D; mix: Tensor2D } {
  const { N, H, W, C, Kh, Kw, multiplier, OH, OW, rows, columns, paddingMode } = plan.depthwise;
  const { C: between, M } = plan.pointwise;
  const x = tf.tensor4d(rowMajor(input), [N, H, W, C]);
  const padded = withBorder(tf, x, [rows, columns], paddingMode) as Tensor4D;
  const k = tf.tensor4d(rowMajor(depthwiseKernel), [Kh, Kw, C, multiplier]);
  const looked = depthwise(tf, padded, k, passOver(plan.depthwise));
  return {
    padded,
    k,
    eachChannel: tf.reshape(looked, [N * OH * OW, between]) as Tensor2D,
    mix: tf.tensor2d(rowMajor(pointwiseKernel), [between, M]),
  };
}
