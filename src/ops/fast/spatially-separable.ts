/** Convolution by a column and a row in turn, on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import type { Tensor, Tensor2D, Tensor4D, Tf } from "../../backend/compute.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import * as reference from "../reference/spatially-separable.js";
import {
  planSpatiallySeparable,
  type SpatiallySeparableOptions,
  type SpatiallySeparablePlan,
} from "../spatially-separable-plan.js";
import { withBorder, withoutBorder } from "./border.js";
import { biasGradient } from "./convolution-tensors.js";
import { depthwise, depthwiseInputGradient, type Pass } from "./depthwise-tensors.js";
import { areFinite } from "./finite-input.js";
import { longProduct } from "./long-product.js";
import { computeEach } from "./results.js";

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
  const { N, C, Kh, Kw, OH, OW, rows, columns, paddingMode } = plan;
  const shapes = [input.shape, column.shape, row.shape, [C]];
  const [gx, ga, gb, gBias] = computeEach(shapes, N, (tf) => {
    const { padded, a, between, b, down, across } = passes(tf, plan, input, column, row);
    const gy = tf.tensor4d(rowMajor(outputGradient), [N, OH, OW, C]);
    const gBetween = depthwiseInputGradient(tf, b, gy, across);
    const gPadded = depthwiseInputGradient(tf, a, gBetween, down);
    return [
      withoutBorder(tf, gPadded, [rows, columns], paddingMode),
      factorGradient(tf, padded, gBetween, Kh, 1, rows),
      factorGradient(tf, between, gy, Kw, 2, columns),
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

/**
 * The gradient of the `k` numbers of a column (axis 1) or a row (axis 2). One product of matrices gives how each line of
 * what was read goes with each line of the gradient; those that the entry u joined stand on a diagonal of it.
 */
function factorGradient(
  tf: Tf,
  x: Tensor4D,
  gy: Tensor4D,
  k: number,
  axis: 1 | 2,
  { stride, dilation }: Pass["rows"],
): Tensor {
  const order = axis === 1 ? [1, 0, 2, 3] : [2, 0, 1, 3];
  const from = x.shape[axis]!;
  const out = gy.shape[axis]!;
  const lines = tf.reshape(tf.transpose(x, order), [from, -1]) as Tensor2D;
  const slopes = tf.reshape(tf.transpose(gy, order), [out, -1]) as Tensor2D;
  const together = longProduct(tf, lines, tf.transpose(slopes));
  const joined = Int32Array.from({ length: k * out }, (_, at) => {
    const [u, i] = [Math.floor(at / out), at % out];
    return (i * stride + u * dilation) * out + i;
  });
  const diagonals = tf.gather(tf.reshape(together, [-1]), tf.tensor1d(joined, "int32"));
  return tf.sum(tf.reshape(diagonals, [k, out]), 1);
}
