/** Convolution by a column and a row in turn, on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import type { Tensor, Tensor4D, Tf } from "../../backend/compute.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import * as reference from "../reference/spatially-separable.js";
import {
  planSpatiallySeparable,
  type SpatiallySeparableOptions,
  type SpatiallySeparablePlan,
} from "../spatially-separable-plan.js";
import { withBorder, withoutBorder } from "./border.js";
import { biasGradient } from "./convolution-tensors.js";
import { areFinite } from "./depthwise-finite.js";
import { computeEach } from "./depthwise-results.js";
import {
  depthwise,
  depthwiseInputGradient,
  depthwiseKernelGradient,
  type Pass,
} from "./depthwise-tensors.js";

/**
 * {@link reference.spatiallySeparableConv2d} on the back end that `await useBackend()` loaded. A NaN or an
 * infinity sends it to the loops.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * const { column, row } = separate(filters.sobelX())
 * fast.spatiallySeparableConv2d(array([[1, 2, 4], [1, 2, 4], [1, 2, 4]]), column, row) // → [[12]]
 */
export function spatiallySeparableConv2d(
  input: FloatArray,
  column: FloatArray,
  row: FloatArray,
  options: SpatiallySeparableOptions = {},
): FloatArray {
  const plan = planSpatiallySeparable("spatiallySeparableConv2d", input, column, row, options);
  if (!areFinite(input, column, row)) {
    return reference.spatiallySeparableConv2d(input, column, row, options);
  }
  const { N, bias, shape } = plan;
  return computeEach([shape], N, (tf) => {
    const { between, b, across } = passes(tf, plan, input, column, row);
    return [tf.add(depthwise(tf, between, b, across), tf.tensor1d(bias))];
  })[0]!;
}

/**
 * {@link reference.spatiallySeparableConv2dGradient} on the back end that `await useBackend()` loaded. A NaN
 * or an infinity sends it to the loops.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.spatiallySeparableConv2dGradient(array([[1, 2]]), array([3]), array([4, 5]), array([[1]])).row // → [3, 6]
 */
export function spatiallySeparableConv2dGradient(
  input: FloatArray,
  column: FloatArray,
  row: FloatArray,
  outputGradient: FloatArray,
  options: SpatiallySeparableOptions = {},
): reference.SpatiallySeparableGradient {
  const name = "spatiallySeparableConv2dGradient";
  const plan = planSpatiallySeparable(name, input, column, row, options);
  requireOutputGradient(name, outputGradient, plan.shape);
  if (!areFinite(input, column, row, outputGradient)) {
    return reference.spatiallySeparableConv2dGradient(input, column, row, outputGradient, options);
  }
  const { N, C, OH, OW, rows, columns, paddingMode } = plan;
  const shapes = [input.shape, column.shape, row.shape, [C]];
  const [gx, ga, gb, gBias] = computeEach(shapes, N, (tf) => {
    const { padded, a, between, b, down, across } = passes(tf, plan, input, column, row);
    const gy = tf.tensor4d(rowMajor(outputGradient), [N, OH, OW, C]);
    const gBetween = depthwiseInputGradient(tf, b, gy, across);
    const gPadded = depthwiseInputGradient(tf, a, gBetween, down);
    return [
      withoutBorder(tf, gPadded, [rows, columns], paddingMode),
      overChannels(tf, depthwiseKernelGradient(tf, padded, gBetween, a.shape, down)),
      overChannels(tf, depthwiseKernelGradient(tf, between, gy, b.shape, across)),
      biasGradient(tf, gy),
    ];
  });
  return { input: gx!, column: ga!, row: gb!, bias: gBias! };
}

/** The factors as depthwise kernels, how each walks, and what both passes read. */
function passes(
  tf: Tf,
  plan: SpatiallySeparablePlan,
  input: FloatArray,
  column: FloatArray,
  row: FloatArray,
): { padded: Tensor4D; a: Tensor4D; between: Tensor4D; b: Tensor4D; down: Pass; across: Pass } {
  const { N, H, W, C, Kh, Kw, OH, OW, rows, columns, paddingMode } = plan;
  const x = tf.tensor4d(rowMajor(input), [N, H, W, C]);
  const padded = withBorder(tf, x, [rows, columns], paddingMode) as Tensor4D;
  const forAll = (values: Float32Array, size: [number, number]): Tensor4D =>
    tf.tile(tf.tensor4d(values, [...size, 1, 1]), [1, 1, C, 1]) as Tensor4D;
  const a = forAll(rowMajor(column), [Kh, 1]);
  const b = forAll(rowMajor(row), [1, Kw]);
  const still = { stride: 1, dilation: 1 };
  // Each pass leaves the other axis as it is: a column sees the whole padded width, a row what the column has made.
  const PW = columns.sources.length;
  const down = { rows, columns: still, out: [OH, PW], from: [rows.sources.length, PW] } as const;
  const across = { rows: still, columns, out: [OH, OW], from: [OH, PW] } as const;
  return { padded, a, between: depthwise(tf, padded, a, down), b, down, across };
}

/** Kh×Kw×C×1 summed over its channels. */
function overChannels(tf: Tf, kernelGradient: Tensor4D): Tensor {
  return tf.sum(kernelGradient, [2, 3]);
}
