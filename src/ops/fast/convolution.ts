/** Convolution on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import { compute, type Tensor4D } from "../../backend/compute.js";
import { type ConvOptions, planConvolution } from "../convolution-plan.js";

/**
 * {@link reference.conv2d} on the back end that `await useBackend()` loaded: the same result, sooner.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
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
  const { N, H, W, C, Kh, Kw, M, rows, columns, bias, flip } = plan;
  return compute(plan.shape, (tf) => {
    const x = tf.tensor4d(rowMajor(input), [N, H, W, C]);
    const k = tf.tensor4d(rowMajor(kernel), [Kh, Kw, C, M]);
    // Numbers as padding mean different things to different back ends: zeros of our own, then "valid", always.
    const padded = tf.pad(x, [
      [0, 0],
      [rows.before, rows.after],
      [columns.before, columns.after],
      [0, 0],
    ]) as Tensor4D;
    const turned = flip ? tf.reverse(k, [0, 1]) : k;
    const stride: [number, number] = [rows.stride, columns.stride];
    const dilation: [number, number] = [rows.dilation, columns.dilation];
    const strided = stride[0] > 1 || stride[1] > 1;
    const dilated = dilation[0] > 1 || dilation[1] > 1;
    let y: Tensor4D;
    if (strided && dilated) {
      // tfjs has no convolution with both; every place, then each stride-th of them, is the same thing.
      const everywhere = tf.conv2d(padded, turned, 1, "valid", "NHWC", dilation);
      y = tf.stridedSlice(everywhere, [0, 0, 0, 0], everywhere.shape, [
        1,
        ...stride,
        1,
      ]) as Tensor4D;
    } else {
      y = tf.conv2d(padded, turned, stride, "valid", "NHWC", dilation);
    }
    return tf.add(y, tf.tensor1d(bias));
  });
}
