/**
 * Transposed convolution on tensors. It is the gradient of a convolution with respect to its input, and its own
 * gradients are that convolution and its gradient with respect to the kernel.
 */
import type { Tensor, Tensor4D, Tf } from "../../backend/compute.js";
import type { TransposedPlan } from "../transposed-plan.js";
import {
  biasGradient,
  correlateTensors,
  inputGradient,
  type TensorWalk,
} from "./convolution-tensors.js";
import { kernelGradient } from "./kernel-gradient.js";

/** N×H×W×Cin with the kernel Kh×Kw×(M / groups)×Cin stamped on: N×OH×OW×M. */
export function transposedTensors(
  tf: Tf,
  x: Tensor4D,
  k: Tensor4D,
  plan: TransposedPlan,
): Tensor4D {
  const size: [number, number] = [plan.rows.covered, plan.columns.covered];
  return fromCovered(tf, inputGradient(tf, k, x, walkOf(plan), size), plan);
}

/** The gradients of {@link transposedTensors}: of the input, of the kernel, and of a bias that is added to the result. */
export function transposedGradients(
  tf: Tf,
  x: Tensor4D,
  k: Tensor4D,
  gy: Tensor4D,
  plan: TransposedPlan,
): [input: Tensor, kernel: Tensor, bias: Tensor] {
  const covered = toCovered(tf, gy, plan);
  return [
    correlateTensors(tf, covered, k, walkOf(plan)),
    kernelGradient(tf, covered, x, walkOf(plan), [plan.rows.k, plan.columns.k]),
    biasGradient(tf, gy),
  ];
}

function walkOf({ rows, columns, groups }: TransposedPlan): TensorWalk {
  return {
    stride: [rows.stride, columns.stride],
    dilation: [rows.dilation, columns.dilation],
    groups,
  };
}

/** The part of what the stamps cover that the result keeps, and zeros where it goes beyond. */
function fromCovered(tf: Tf, covered: Tensor4D, { rows, columns }: TransposedPlan): Tensor4D {
  const room = tf.pad(covered, [
    [0, 0],
    [0, Math.max(0, rows.before + rows.out - rows.covered)],
    [0, Math.max(0, columns.before + columns.out - columns.covered)],
    [0, 0],
  ]) as Tensor4D;
  const [N, , , M] = covered.shape;
  return tf.slice(room, [0, rows.before, columns.before, 0], [N, rows.out, columns.out, M]);
}

/** The gradient of {@link fromCovered}. */
function toCovered(tf: Tf, gy: Tensor4D, { rows, columns }: TransposedPlan): Tensor4D {
  const room = tf.pad(gy, [
    [0, 0],
    [rows.before, Math.max(0, rows.covered - rows.before - rows.out)],
    [columns.before, Math.max(0, columns.covered - columns.before - columns.out)],
    [0, 0],
  ]) as Tensor4D;
  const [N, , , M] = gy.shape;
  return tf.slice(room, [0, 0, 0, 0], [N, rows.covered, columns.covered, M]);
}
