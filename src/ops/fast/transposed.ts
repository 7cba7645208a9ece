/** Transposed convolution on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import type { Tensor, Tensor4D, Tf } from "../../backend/compute.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import type { TransposedGradient } from "../reference/transposed.js";
import { planTransposed, type TransposedOptions, type TransposedPlan } from "../transposed-plan.js";
import { correlateTensors } from "./convolution-tensors.js";
import { computeEach } from "./depthwise-results.js";
import { everyStride, spreadPixels, sumOverPixels } from "./zero-insertion-tensors.js";

/**
 * {@link reference.transposedConv2d} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.transposedConv2d(array([[1, 2]]), array([[1, 1, 1]]), { stride: 2 }) // → [[1, 1, 3, 2, 2]]
 */
export function transposedConv2d(
  input: FloatArray,
  kernel: FloatArray,
  options: TransposedOptions = {},
): FloatArray {
  const plan = planTransposed("transposedConv2d", input, kernel, options);
  const { N, H, W, C } = plan;
  return computeEach([plan.shape], N, (tf) => {
    const x = tf.tensor4d(rowMajor(input), [N, H, W, C]);
    const inputs = tf.split(x, plan.groups, 3) as Tensor4D[];
    const kernels = tf.split(kernelTensor(tf, kernel, plan), plan.groups, 3) as Tensor4D[];
    const stamped = inputs.map((one, g) => stampAll(tf, one, kernels[g]!, plan));
    const y = fromCovered(tf, tf.concat(stamped, 3) as Tensor4D, plan);
    return [tf.add(y, tf.tensor1d(plan.bias))];
  })[0]!;
}

/**
 * {@link reference.transposedConv2dGradient} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * const g = array([[1, 2, 3, 4, 5]])
 * fast.transposedConv2dGradient(array([[1, 2]]), array([[1, 1, 1]]), g, { stride: 2 }).input // → [[6, 12]]
 */
export function transposedConv2dGradient(
  input: FloatArray,
  kernel: FloatArray,
  outputGradient: FloatArray,
  options: TransposedOptions = {},
): TransposedGradient {
  const plan = planTransposed("transposedConv2dGradient", input, kernel, options);
  requireOutputGradient("transposedConv2dGradient", outputGradient, plan.shape);
  const { N, H, W, C, M, groups, rows, columns } = plan;
  const [gx, gk, gb] = computeEach([input.shape, kernel.shape, [M]], N, (tf) => {
    const x = tf.tensor4d(rowMajor(input), [N, H, W, C]);
    const gy = tf.tensor4d(rowMajor(outputGradient), [N, rows.out, columns.out, M]);
    const covered = toCovered(tf, gy, plan);
    const stride: [number, number] = [rows.stride, columns.stride];
    const dilation: [number, number] = [rows.dilation, columns.dilation];
    const k = kernelTensor(tf, kernel, plan);
    return [
      correlateTensors(tf, covered, k, { stride, dilation, groups }),
      kernelGradient(tf, covered, x, plan),
      sumOverPixels(tf, gy),
    ];
  });
  return { input: gx!, kernel: gk!, bias: gb! };
}

function kernelTensor(tf: Tf, kernel: FloatArray, plan: TransposedPlan): Tensor4D {
  const { rows, columns, M, C, groups } = plan;
  return tf.tensor4d(rowMajor(kernel), [rows.k, columns.k, M / groups, C]);
}

/** All that the stamps of one group cover: nothing cut off yet. */
function stampAll(tf: Tf, x: Tensor4D, k: Tensor4D, { rows, columns }: TransposedPlan): Tensor4D {
  const stride: [number, number] = [rows.stride, columns.stride];
  if (rows.dilation === 1 && columns.dilation === 1) {
    const shape: [number, number, number, number] = [
      x.shape[0],
      rows.covered,
      columns.covered,
      k.shape[2],
    ];
    return tf.conv2dTranspose(x, k, shape, stride, "valid");
  }
  // tfjs has no transposed convolution with dilation: it is a convolution of the pixels moved apart with the kernel
  // turned by half a turn, its channels exchanged.
  const spread = spreadPixels(tf, x, stride);
  const reachH = (rows.k - 1) * rows.dilation;
  const reachW = (columns.k - 1) * columns.dilation;
  const room = tf.pad(spread, [
    [0, 0],
    [reachH, reachH],
    [reachW, reachW],
    [0, 0],
  ]) as Tensor4D;
  const turned = tf.transpose(tf.reverse(k, [0, 1]), [0, 1, 3, 2]) as Tensor4D;
  return tf.conv2d(room, turned, 1, "valid", "NHWC", [rows.dilation, columns.dilation]);
}

/** The part of what is covered that the result keeps, and zeros where it goes beyond. */
function fromCovered(tf: Tf, covered: Tensor4D, { rows, columns }: TransposedPlan): Tensor4D {
  const beyondH = Math.max(0, rows.before + rows.out - rows.covered);
  const beyondW = Math.max(0, columns.before + columns.out - columns.covered);
  const room = tf.pad(covered, [
    [0, 0],
    [0, beyondH],
    [0, beyondW],
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

/** For each entry of the kernel the pixels that its stamps reached, times the inputs that weighted them. */
function kernelGradient(tf: Tf, covered: Tensor4D, x: Tensor4D, plan: TransposedPlan): Tensor {
  const { N, H, W, C, M, groups, rows, columns } = plan;
  const inputs = tf.split(tf.reshape(x, [N * H * W, C]), groups, 1);
  const entries: Tensor[] = [];
  for (let u = 0; u < rows.k; u++) {
    for (let v = 0; v < columns.k; v++) {
      const first: [number, number] = [u * rows.dilation, v * columns.dilation];
      const reached = everyStride(tf, covered, first, [rows.stride, columns.stride], [H, W]);
      const outputs = tf.split(tf.reshape(reached, [N * H * W, M]), groups, 1);
      const products = outputs.map((one, g) => tf.matMul(one, inputs[g]!, true, false));
      entries.push(tf.concat(products, 1)); // (M / groups)×C
    }
  }
  return tf.stack(entries);
}
