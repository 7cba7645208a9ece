/** The gradient of a convolution with respect to its kernel, on tensors. */
import type { Tensor, Tensor4D, Tf } from "../../backend/compute.js";
import { isSpread, type TensorWalk } from "./convolution-tensors.js";
import { pairwiseSum } from "./pairwise-sum.js";
import { everyStride } from "./zero-insertion-tensors.js";

/** Up to here a back end may add by itself: 8,192 equal terms drift by 1.2e-5, 262,144 of them by 9e-4. */
const PLACES = 8192;

/**
 * ∂L/∂k of {@link correlateTensors}: for each entry of the kernel, the pixels that it met times the gradients there.
 * Pictures and strips of rows are summed each for itself and their sums added in pairs.
 */
export function kernelGradient(
  tf: Tf,
  x: Tensor4D,
  g: Tensor4D,
  walk: TensorWalk,
  size: readonly [number, number],
): Tensor4D {
  const [N, OH, OW, M] = g.shape;
  if (N * OH * OW <= PLACES) return stripGradient(tf, x, g, walk, size);
  const pictures = Math.max(1, Math.floor(PLACES / (OH * OW)));
  const lines = Math.min(OH, Math.max(1, Math.floor(PLACES / OW)));
  const sums: Tensor4D[] = [];
  for (let n = 0; n < N; n += pictures) {
    for (let i = 0; i < OH; i += lines) {
      const [many, rows] = [Math.min(pictures, N - n), Math.min(lines, OH - i)];
      const below = (rows - 1) * walk.stride[0] + (size[0] - 1) * walk.dilation[0] + 1;
      const [, , W, C] = x.shape;
      const seen = tf.slice(x, [n, i * walk.stride[0], 0, 0], [many, below, W, C]);
      const slopes = tf.slice(g, [n, i, 0, 0], [many, rows, OW, M]);
      sums.push(stripGradient(tf, seen, slopes, walk, size));
    }
  }
  const { shape } = sums[0]!;
  const parts = tf.reshape(tf.stack(sums), [1, sums.length, -1]);
  return tf.reshape(pairwiseSum(tf, parts), shape);
}

function stripGradient(
  tf: Tf,
  x: Tensor4D,
  g: Tensor4D,
  walk: TensorWalk,
  [Kh, Kw]: readonly [number, number],
): Tensor4D {
  const { stride, dilation, groups } = walk;
  const [N, OH, OW, M] = g.shape;
  if (groups === 1 && !isSpread(walk).dilated) {
    const filterShape = [Kh, Kw, x.shape[3], M];
    const attributes = { strides: [...stride], pad: "valid", dataFormat: "NHWC", filterShape };
    return tf.engine().runKernel("Conv2DBackpropFilter", { x, dy: g }, attributes) as Tensor4D;
  }
  const places = N * OH * OW;
  const Cg = x.shape[3] / groups;
  const Mg = M / groups;
  const slopes = tf.transpose(tf.reshape(g, [places, groups, Mg]), [1, 0, 2]);
  const entries: Tensor[] = [];
  for (let u = 0; u < Kh; u++) {
    for (let v = 0; v < Kw; v++) {
      const first: [number, number] = [u * dilation[0], v * dilation[1]];
      const met = tf.reshape(everyStride(tf, x, first, stride, [OH, OW]), [places, groups, Cg]);
      const products = tf.matMul(tf.transpose(met, [1, 2, 0]), slopes); // groups×Cg×Mg
      entries.push(tf.transpose(products, [1, 0, 2]));
    }
  }
  return tf.reshape(tf.stack(entries), [Kh, Kw, Cg, M]);
}
