/** Pixels apart and pixels left out, on tensors: zeros between them, and every so many of them. */
import type { Tensor4D, Tf } from "../../backend/compute.js";

/** N×H×W×C with zeros between its pixels: ((H − 1)·sy + 1)×((W − 1)·sx + 1). */
export function spreadPixels(tf: Tf, x: Tensor4D, [sy, sx]: readonly [number, number]): Tensor4D {
  const [N, H, W, C] = x.shape;
  if (sy === 1 && sx === 1) return x;
  const blocks = spreadBlocks(tf, x, [sy, sx]);
  return tf.slice(blocks, [0, 0, 0, 0], [N, (H - 1) * sy + 1, (W - 1) * sx + 1, C]);
}

/** N×H×W×C with each pixel in the upper left corner of a block of sy×sx, the rest of it zero. */
export function spreadBlocks(tf: Tf, x: Tensor4D, [sy, sx]: readonly [number, number]): Tensor4D {
  const [N, H, W, C] = x.shape;
  const across = tf.pad(tf.reshape(x, [N * H * W, C]), [
    [0, 0],
    [0, (sx - 1) * C],
  ]);
  const row = W * sx * C;
  const down = tf.pad(tf.reshape(across, [N * H, row]), [
    [0, 0],
    [0, (sy - 1) * row],
  ]);
  return tf.reshape(down, [N, H * sy, W * sx, C]);
}

/** Each `stride`-th row and column of N×H×W×C, `out` of them, starting at `first`. */
export function everyStride(
  tf: Tf,
  x: Tensor4D,
  first: readonly [number, number],
  stride: readonly [number, number],
  out: readonly [number, number],
): Tensor4D {
  const [N, , , C] = x.shape;
  const begin: [number, number, number, number] = [0, first[0], first[1], 0];
  if (stride[0] === 1 && stride[1] === 1) return tf.slice(x, begin, [N, ...out, C]);
  const end = [
    N,
    first[0] + (out[0] - 1) * stride[0] + 1,
    first[1] + (out[1] - 1) * stride[1] + 1,
    C,
  ];
  return tf.stridedSlice(x, begin, end, [1, ...stride, 1]) as Tensor4D;
}
