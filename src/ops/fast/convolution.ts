/** Convolution over images on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor, zeros } from "../../array.js";
import { compute, type Tensor4D } from "../../backend/compute.js";
import { type ConvOptions, planConvolution } from "../convolution-plan.js";
import { withBorder } from "./border.js";
import { correlateTensors } from "./convolution-tensors.js";

/**
 * {@link reference.conv2d} on the back end that `await useBackend()` loaded: the same result, sooner.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example await useBackend();
 * fast.conv2d(array([[1, 2, 0], [3, 4, 1], [0, 1, 2]]), array([[1, 0], [2, -1]])) // → [[3, 9], [2, 4]]
 */
export function conv2d(
  input: FloatArray,
  kernel: FloatArray,
  options: ConvOptions = {},
): FloatArray {
  return correlate("conv2d", input, kernel, options);
}

/**
 * {@link reference.convolve2d} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example await useBackend();
 * fast.convolve2d(array([[0, 0, 0], [0, 1, 0], [0, 0, 0]]), array([[1, 2], [3, 4]])) // → [[1, 2], [3, 4]]
 */
export function convolve2d(
  input: FloatArray,
  kernel: FloatArray,
  options: ConvOptions = {},
): FloatArray {
  return correlate("convolve2d", input, kernel, { ...options, flip: true });
}

function correlate(
  operation: string,
  input: FloatArray,
  kernel: FloatArray,
  options: ConvOptions,
): FloatArray {
  const plan = planConvolution(operation, input, kernel, options);
  const { N, H, W, C, Kh, Kw, M, rows, columns, groups, bias, flip } = plan;
  if (N === 0) return zeros(plan.shape);
  return compute(plan.shape, (tf) => {
    const x = tf.tensor4d(rowMajor(input), [N, H, W, C]);
    const k = tf.tensor4d(rowMajor(kernel), [Kh, Kw, C / groups, M]);
    // Numbers as padding mean different things to different back ends: a border of our own, then "valid", always.
    const padded = withBorder(tf, x, 1, [rows, columns], plan.paddingMode) as Tensor4D;
    const y = correlateTensors(tf, padded, flip ? tf.reverse(k, [0, 1]) : k, {
      stride: [rows.stride, columns.stride],
      dilation: [rows.dilation, columns.dilation],
      groups,
    });
    return tf.add(y, tf.tensor1d(bias));
  });
}
