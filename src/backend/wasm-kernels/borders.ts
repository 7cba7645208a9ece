/** Images with rows and columns added, cut off, or set apart: the geometry of gradients of convolutions. */
import type { backend_util } from "@tensorflow/tfjs-core";
import type { Tensor4D, Tf } from "../tfjs.js";

/** How many rows and columns are added at each side; negative ones are cut off. */
export interface Sides {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/** An N×H×W×C tensor with zeros around it, or without its edge. */
export function border(tf: Tf, x: Tensor4D, { top, bottom, left, right }: Sides): Tensor4D {
  const rows: [number, number] = [Math.max(0, top), Math.max(0, bottom)];
  const columns: [number, number] = [Math.max(0, left), Math.max(0, right)];
  const isLarger = rows[0] + rows[1] + columns[0] + columns[1] > 0;
  const larger = isLarger ? tf.pad(x, [[0, 0], rows, columns, [0, 0]]) : x;
  const [N, H, W, C] = x.shape;
  const size: [number, number, number, number] = [N, H + top + bottom, W + left + right, C];
  if (larger.shape[1] === size[1] && larger.shape[2] === size[2]) return larger;
  return tf.slice(larger, [0, Math.max(0, -top), Math.max(0, -left), 0], size);
}

/** The image of a convolution with its padding, cut to what the filter meets. */
export function padded(tf: Tf, x: Tensor4D, info: backend_util.Conv2DInfo): Tensor4D {
  const { top, left } = info.padInfo;
  const rows = (info.outHeight - 1) * info.strideHeight + info.effectiveFilterHeight;
  const columns = (info.outWidth - 1) * info.strideWidth + info.effectiveFilterWidth;
  return border(tf, x, {
    top,
    bottom: rows - top - info.inHeight,
    left,
    right: columns - left - info.inWidth,
  });
}

/** What tap (i, j) of the filter meets of a padded image, whose axes are C×N×H×W. */
export function tap(
  tf: Tf,
  around: Tensor4D,
  info: backend_util.Conv2DInfo,
  i: number,
  j: number,
): Tensor4D {
  const { strideHeight, strideWidth, outHeight, outWidth } = info;
  const [C, N] = around.shape;
  const rows = (outHeight - 1) * strideHeight + 1;
  const columns = (outWidth - 1) * strideWidth + 1;
  const begin: [number, number, number, number] = [0, 0, i, j];
  if (strideHeight === 1 && strideWidth === 1) {
    return tf.slice(around, begin, [C, N, rows, columns]);
  }
  const end = [C, N, i + rows, j + columns];
  return tf.stridedSlice(around, begin, end, [1, 1, strideHeight, strideWidth]) as Tensor4D;
}

/** An N×H×W×C tensor with `rows` − 1 rows of zeros after each row, and `columns` − 1 columns after each column. */
export function spread(tf: Tf, x: Tensor4D, rows: number, columns: number): Tensor4D {
  const [N, H, W, C] = x.shape;
  const wide =
    columns === 1
      ? x
      : tf.pad(tf.reshape(x, [N * H * W, 1, C]), [
          [0, 0],
          [0, columns - 1],
          [0, 0],
        ]);
  const high =
    rows === 1
      ? wide
      : tf.pad(tf.reshape(wide, [N * H, 1, W * columns * C]), [
          [0, 0],
          [0, rows - 1],
          [0, 0],
        ]);
  return tf.reshape(high, [N, H * rows, W * columns, C]);
}
