/** Convolutions and their gradients on tensors, with every stride, dilation and number of groups. */
import type { Tensor, Tensor4D, Tf } from "../../backend/compute.js";
import { convFilterGradient, convInputGradient } from "../../backend/kernels.js";
import type { Walks } from "../../network/windows.js";
import { correlateTensors } from "../../ops/fast/convolution-tensors.js";
import { samePaddingFor } from "../../ops/geometry.js";

/** How a convolution is put to tfjs. */
export interface TensorWalk {
  readonly stride: [number, number];
  readonly dilation: [number, number];
  readonly groups: number;
  /** tfjs's own padding; with `border`, "valid". */
  readonly pad: "same" | "valid";
  /** Rows and columns to add first: [[top, bottom], [left, right]]. */
  readonly border?: readonly [readonly [number, number], readonly [number, number]];
}

/**
 * Settles a walk.
 *
 * @param mayBeSame whether tfjs's own `same` will do, which spares a copy of the input
 */
export function tensorWalk({ rows, columns }: Walks, groups = 1, mayBeSame = true): TensorWalk {
  const axes = [rows, columns];
  const stride: [number, number] = [rows.stride, columns.stride];
  const dilation: [number, number] = [rows.dilation, columns.dilation];
  const plain = { stride, dilation, groups };
  // What hangs over the edge in ceil mode counts as border too; what is left over is not read at all.
  const needed = axes.map(({ n, k, stride, dilation, before, out }): [number, number] => [
    before,
    Math.max(0, (out - 1) * stride + dilation * (k - 1) + 1 - n - before),
  ]);
  if (needed.every(([before, after]) => before === 0 && after === 0)) {
    return { ...plain, pad: "valid" };
  }
  // TensorFlow's own "same" is wrong where the two strides differ.
  const same =
    mayBeSame &&
    rows.stride === columns.stride &&
    axes.every(({ n, k, stride, dilation, before, out }) => {
      const wanted = samePaddingFor(n, k, stride, dilation);
      return out === Math.ceil(n / stride) && before === wanted.before;
    });
  if (same && groups === 1 && dilation.every((d) => d === 1)) return { ...plain, pad: "same" };
  return { ...plain, pad: "valid", border: [needed[0]!, needed[1]!] };
}

/** The input with its border. */
export function bordered(tf: Tf, x: Tensor, { border }: TensorWalk, value = 0): Tensor4D {
  if (border === undefined) return x as Tensor4D;
  const [rows, columns] = border;
  return tf.pad(x, [[0, 0], [...rows], [...columns], [0, 0]], value) as Tensor4D;
}

/** The slope without the border. */
export function unbordered(
  tf: Tf,
  slope: Tensor,
  { border }: TensorWalk,
  [h, w]: readonly number[],
): Tensor {
  if (border === undefined) return slope;
  const [n, , , c] = slope.shape as [number, number, number, number];
  return tf.slice(slope, [0, border[0][0], border[1][0], 0], [n, h!, w!, c]);
}

/** Whether tfjs's own kernels do, forward and backward. */
export function isPlain({ groups, dilation }: TensorWalk): boolean {
  return groups === 1 && dilation[0] === 1 && dilation[1] === 1;
}

/** Correlates a bordered input with Kh×Kw×(Cin / groups)×Cout. */
export function correlate(tf: Tf, x: Tensor4D, kernel: Tensor4D, walk: TensorWalk): Tensor4D {
  // Unequal strides over one channel are a case of their own: see there.
  const oneChannel = kernel.shape[2] === 1 && walk.stride[0] !== walk.stride[1];
  return isPlain(walk) && !oneChannel
    ? tf.conv2d(x, kernel, walk.stride, walk.pad)
    : correlateTensors(tf, x, kernel, walk);
}

/** The slope for each entry of a kernel of `shape`, from the bordered input. */
export function kernelGradient(
  tf: Tf,
  x: Tensor4D,
  slope: Tensor4D,
  shape: readonly number[],
  walk: TensorWalk,
): Tensor {
  if (isPlain(walk)) return convFilterGradient(tf, x, slope, shape, walk.stride, walk.pad);
  const [kh, kw, seen, filters] = shape as [number, number, number, number];
  const { stride, dilation, groups } = walk;
  const [n, oh, ow] = slope.shape;
  const places = n * oh * ow;
  const made = filters / groups;
  // One entry (u, v) at a time: the pixels that it met, times the slopes of the outputs that it went into.
  const met = (u: number, v: number): Tensor => {
    const from = [0, u * dilation[0], v * dilation[1], 0];
    const to = [
      n,
      from[1]! + (oh - 1) * stride[0] + 1,
      from[2]! + (ow - 1) * stride[1] + 1,
      x.shape[3],
    ];
    return tf.stridedSlice(x, from, to, [1, ...stride, 1]);
  };
  const slopes = tf.reshape(slope, [places, groups, made]);
  const entries: Tensor[] = [];
  for (let u = 0; u < kh; u++) {
    for (let v = 0; v < kw; v++) {
      const pixels = tf.reshape(met(u, v), [places, groups, seen]);
      if (seen === 1) {
        entries.push(tf.reshape(tf.sum(tf.mul(pixels, slopes), 0), [1, filters]));
        continue;
      }
      const products = tf.matMul(tf.transpose(pixels, [1, 2, 0]), tf.transpose(slopes, [1, 0, 2]));
      entries.push(tf.reshape(tf.transpose(products, [1, 0, 2]), [seen, filters]));
    }
  }
  return tf.reshape(tf.concat(entries, 0), [...shape]);
}

/** The slope for each value of the bordered input, of shape `inputShape` (N×H×W×C). */
export function inputGradient(
  tf: Tf,
  kernel: Tensor4D,
  slope: Tensor4D,
  inputShape: readonly number[],
  walk: TensorWalk,
): Tensor4D {
  if (isPlain(walk)) {
    return convInputGradient(tf, kernel, slope, inputShape, walk.stride, walk.pad);
  }
  const [kh, kw, seen, filters] = kernel.shape;
  const turned = regroup(tf, kernel, walk.groups, seen, filters / walk.groups);
  return stamp(tf, slope, turned, [kh, kw], [inputShape[1]!, inputShape[2]!], walk);
}

/** Kh×Kw×a×(groups·b) as Kh×Kw×b×(groups·a): from what a group reads and makes to what it makes and reads. */
export function regroup(tf: Tf, kernel: Tensor4D, groups: number, a: number, b: number): Tensor4D {
  const [kh, kw] = kernel.shape;
  const apart = tf.reshape(kernel, [kh * kw, a, groups, b]);
  return tf.reshape(tf.transpose(apart, [0, 3, 2, 1]), [kh, kw, b, groups * a]);
}

/**
 * Each value of `x` stamps its kernel, `stride` apart, onto a map of `size`: the transpose of a convolution.
 *
 * @param kernel Kh×Kw×(channels of x / groups)×(channels of the map)
 */
export function stamp(
  tf: Tf,
  x: Tensor4D,
  kernel: Tensor4D,
  [kh, kw]: readonly [number, number],
  size: readonly [number, number],
  { stride, dilation, groups }: TensorWalk,
): Tensor4D {
  const spread = apart(tf, x, stride);
  const reach = [dilation[0] * (kh - 1), dilation[1] * (kw - 1)] as const;
  const wide = tf.pad(spread, [
    [0, 0],
    [reach[0], size[0] - spread.shape[1]],
    [reach[1], size[1] - spread.shape[2]],
    [0, 0],
  ]) as Tensor4D;
  const turned = tf.reverse(kernel, [0, 1]);
  return correlateTensors(tf, wide, turned, { stride: [1, 1], dilation, groups });
}

/** x with stride − 1 zeros between its rows and columns. */
function apart(tf: Tf, x: Tensor4D, [sy, sx]: readonly [number, number]): Tensor4D {
  const [n, h, w, c] = x.shape;
  if (sy === 1 && sx === 1) return x;
  const across = tf.pad(tf.reshape(x, [n * h * w, 1, c]), [
    [0, 0],
    [0, sx - 1],
    [0, 0],
  ]);
  const down = tf.pad(tf.reshape(across, [n * h, 1, w * sx * c]), [
    [0, 0],
    [0, sy - 1],
    [0, 0],
  ]);
  const all = tf.reshape(down, [n, h * sy, w * sx, c]);
  return tf.slice(all, [0, 0, 0, 0], [n, (h - 1) * sy + 1, (w - 1) * sx + 1, c]) as Tensor4D;
}
