/** Borders around tensors, and the way back from a border's gradient to the values that stand in it. */
import type { Tensor3D } from "@tensorflow/tfjs-core";
import type { Tensor, Tf } from "../../backend/compute.js";
import type { PadMode } from "../border.js";
import type { PaddedAxis } from "../padding-plan.js";

/** N×(spatial axes)×C with a border along each spatial axis. */
export function withBorder(tf: Tf, x: Tensor, axes: readonly PaddedAxis[], mode: PadMode): Tensor {
  if (axes.every(({ before, after }) => before + after === 0)) return x;
  if (mode === "zero") {
    const amounts = axes.map(({ before, after }): [number, number] => [before, after]);
    return tf.pad(x, [[0, 0], ...amounts, [0, 0]]);
  }
  return axes.reduce(
    (y, { before, after, sources }, axis) =>
      before + after === 0 ? y : tf.gather(y, tf.tensor1d(sources, "int32"), axis + 1),
    x,
  );
}

/** The gradient of {@link withBorder}: each value gets what all the places get where it stands. */
export function withoutBorder(
  tf: Tf,
  gradient: Tensor,
  axes: readonly PaddedAxis[],
  mode: PadMode,
): Tensor {
  return axes.reduce((g, padded, axis) => foldBack(tf, g, axis + 1, padded, mode), gradient);
}

function foldBack(
  tf: Tf,
  gradient: Tensor,
  axis: number,
  { before, after, sources }: PaddedAxis,
  mode: PadMode,
): Tensor {
  if (before + after === 0) return gradient;
  const n = sources.length - before - after;
  const outside = gradient.shape.slice(0, axis);
  const inside = gradient.shape.slice(axis + 1);
  const outer = outside.reduce((product, size) => product * size, 1);
  const inner = inside.reduce((product, size) => product * size, 1);
  const g = tf.reshape(gradient, [outer, sources.length, inner]) as Tensor3D;
  const cut = (from: number, count: number): Tensor3D =>
    tf.slice(g, [0, from, 0], [outer, count, inner]);
  /** What stood in `count` places of the border, as the values from `to` on get it. */
  const shown = (from: number, count: number, to: number): Tensor3D => {
    let part = cut(from, count);
    if (mode === "reflect") part = tf.reverse(part, 1);
    if (mode === "replicate") part = tf.sum(part, 1, true);
    const rest = n - to - part.shape[1];
    return tf.pad(part, [
      [0, 0],
      [to, rest],
      [0, 0],
    ]) as Tensor3D;
  };
  // The first value that the border before the input shows, and the first that the border after it shows.
  const first = { zero: 0, reflect: 1, replicate: 0, circular: n - before }[mode];
  const last = { zero: 0, reflect: n - 1 - after, replicate: n - 1, circular: 0 }[mode];
  let total = cut(before, n);
  if (mode !== "zero" && before > 0) total = tf.add(total, shown(0, before, first));
  if (mode !== "zero" && after > 0) total = tf.add(total, shown(before + n, after, last));
  return tf.reshape(total, [...outside, n, ...inside]);
}
