/** Pointwise convolution on tfjs, as a product of matrices: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import type { Tensor, Tensor2D, Tensor4D, Tf } from "../../backend/compute.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import { type PointwiseOptions, type PointwisePlan, planPointwise } from "../pointwise-plan.js";
import type { PointwiseGradient } from "../reference/pointwise.js";
import { biasGradient } from "./convolution-tensors.js";
import { longProduct } from "./long-product.js";
import { computeEach } from "./results.js";

/**
 * {@link reference.pointwiseConv2d} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.pointwiseConv2d(array([[[1, 2, 3]]]), array([[1, 0], [1, 0], [1, 10]])) // → [[[6, 30]]]
 */
export function pointwiseConv2d(
  input: FloatArray,
  kernel: FloatArray,
  options: PointwiseOptions = {},
): FloatArray {
  const plan = planPointwise("pointwiseConv2d", input, kernel, options);
  return computeEach([plan.shape], plan.N, (tf) => {
    const { x, k } = matrices(tf, input, kernel, plan);
    const y = joinGroups(tf, tf.matMul(x, k));
    return [tf.add(y, tf.tensor1d(plan.bias))];
  })[0]!;
}

/**
 * {@link reference.pointwiseConv2dGradient} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.pointwiseConv2dGradient(array([[[1, 2]]]), array([[3], [4]]), array([[[1]]])).input // → [[[3, 4]]]
 */
export function pointwiseConv2dGradient(
  input: FloatArray,
  kernel: FloatArray,
  outputGradient: FloatArray,
  options: PointwiseOptions = {},
): PointwiseGradient {
  const plan = planPointwise("pointwiseConv2dGradient", input, kernel, options);
  requireOutputGradient("pointwiseConv2dGradient", outputGradient, plan.shape);
  const { N, H, W, M, groups } = plan;
  const [gx, gk, gb] = computeEach([input.shape, kernel.shape, [M]], N, (tf) => {
    const { x, k } = matrices(tf, input, kernel, plan);
    const all = tf.tensor4d(rowMajor(outputGradient), [N, H, W, M]);
    const gy = splitGroups(tf, tf.reshape(all, [N * H * W, M]), groups);
    return [
      joinGroups(tf, tf.matMul(gy, k, false, true)),
      joinGroups(tf, overPlaces(tf, x, gy)),
      biasGradient(tf, all as Tensor4D),
    ];
  });
  return { input: gx!, kernel: gk!, bias: gb! };
}

/** xᵀ·g, a sum over all pixels, for each group. */
function overPlaces(tf: Tf, x: Tensor, g: Tensor): Tensor {
  if (x.rank === 2) return longProduct(tf, tf.transpose(x as Tensor2D), g as Tensor2D);
  const slopes = tf.unstack(g) as Tensor2D[];
  const inputs = tf.unstack(x) as Tensor2D[];
  return tf.stack(inputs.map((one, group) => longProduct(tf, tf.transpose(one), slopes[group]!)));
}

/** Pixels × channels and Cin × Cout, one such matrix for each group. */
function matrices(
  tf: Tf,
  input: FloatArray,
  kernel: FloatArray,
  { N, H, W, C, M, groups }: PointwisePlan,
): { x: Tensor; k: Tensor } {
  return {
    x: splitGroups(tf, tf.tensor2d(rowMajor(input), [N * H * W, C]), groups),
    k: splitGroups(tf, tf.tensor2d(rowMajor(kernel), [C / groups, M]), groups),
  };
}

/** Rows × columns as groups × rows × (columns/groups); one group stays as it is. */
function splitGroups(tf: Tf, matrix: Tensor, groups: number): Tensor {
  if (groups === 1) return matrix;
  const [rows = 0, columns = 0] = matrix.shape;
  return tf.transpose(tf.reshape(matrix, [rows, groups, columns / groups]), [1, 0, 2]);
}

/** The inverse of {@link splitGroups}. */
function joinGroups(tf: Tf, matrices: Tensor): Tensor {
  if (matrices.rank === 2) return matrices;
  const [groups = 0, rows = 0, columns = 0] = matrices.shape;
  return tf.reshape(tf.transpose(matrices, [1, 0, 2]), [rows, groups * columns]);
}
