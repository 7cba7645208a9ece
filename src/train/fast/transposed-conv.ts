/** The transposed convolution on tfjs: the transpose of a convolution, forward and backward. */
import type { Tensor4D, Tf } from "../../backend/compute.js";
import { biasGradient } from "../../backend/kernels.js";
import { spreadOf } from "../../network/windows.js";
import type { FastLayer } from "./layer.js";
import type { FastParameter, Unit } from "./unit.js";
import { correlate, kernelGradient, regroup, stamp, type TensorWalk } from "./walk-tensors.js";

/** Each pixel stamps its kernels onto the full map, of which the output is a part. */
export function fastTransposedConv(unit: Unit): FastLayer {
  const { spec, inputShape } = unit;
  if (spec.kind !== "transposedConv") throw new TypeError(spec.kind);
  const channels = inputShape[2]!;
  const groups = spec.groups ?? 1;
  const seen = channels / groups;
  const made = spec.filters / groups;
  const { rows, columns } = spreadOf(spec, inputShape);
  const walk: TensorWalk = {
    stride: [rows.stride, columns.stride],
    dilation: [rows.dilation, columns.dilation],
    groups,
    pad: "valid",
  };
  /** Rows (or columns) that the stamps cover, before anything is cut off. */
  const extent = ({ n, k, stride, dilation }: typeof rows): number =>
    (n - 1) * stride + dilation * (k - 1) + 1;
  const full = [extent(rows), extent(columns)] as const;
  /** The full map with room for output padding behind. */
  const room = [
    Math.max(full[0], rows.before + rows.out),
    Math.max(full[1], columns.before + columns.out),
  ] as const;
  const [kernel, bias] = unit.parameters as [FastParameter, FastParameter?];
  const [kh, kw] = kernel.shape as [number, number];
  let input: Tensor4D | undefined;

  /** Kh×Kw×Cin×(Cout / groups) as Kh×Kw×(Cin / groups)×Cout. */
  const stamps = (tf: Tf): Tensor4D =>
    tf.reshape(
      tf.transpose(tf.reshape(kernel.value, [kh * kw, groups, seen, made]), [0, 2, 1, 3]),
      [kh, kw, seen, groups * made],
    );

  return {
    forward(tf, x) {
      input = x as Tensor4D;
      const map = stamp(tf, input, stamps(tf), [kh, kw], room, walk);
      const cut = tf.slice(
        map,
        [0, rows.before, columns.before, 0],
        [map.shape[0], rows.out, columns.out, spec.filters],
      );
      return bias ? tf.add(cut, bias.value) : cut;
    },
    backward(tf, slope, wants) {
      if (bias && wants.weights) bias.gradient = biasGradient(tf, slope);
      const wide = tf.pad(slope, [
        [0, 0],
        [rows.before, room[0] - rows.before - rows.out],
        [columns.before, room[1] - columns.before - columns.out],
        [0, 0],
      ]);
      const onFull = tf.slice(
        wide,
        [0, 0, 0, 0],
        [wide.shape[0]!, ...full, spec.filters],
      ) as Tensor4D;
      if (wants.weights) {
        const shape = [kh, kw, made, channels];
        const turned = kernelGradient(tf, onFull, input!, shape, walk) as Tensor4D;
        const slopes = tf.reshape(turned, [kh * kw, made, groups, seen]);
        kernel.gradient = tf.reshape(tf.transpose(slopes, [0, 2, 3, 1]), [...kernel.shape]);
      }
      if (!wants.input) return undefined;
      return correlate(tf, onFull, regroup(tf, stamps(tf), groups, seen, made), walk);
    },
  };
}
