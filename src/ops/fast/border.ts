/** Borders around tensors, and the way back from a border's gradient to the values that stand in it. */
import type { Tensor, Tf } from "../../backend/compute.js";
import type { PadMode } from "../border.js";
import type { PaddedAxis } from "../padding-plan.js";

/** `x` with a border along the axes from `first` on: one for each of `axes`. */
export function withBorder(
  tf: Tf,
  x: Tensor,
  first: number,
  axes: readonly PaddedAxis[],
  mode: PadMode,
): Tensor {
  if (axes.every(({ before, after }) => before + after === 0)) return x;
  if (mode === "zero") {
    const amounts: [number, number][] = x.shape.map(() => [0, 0]);
    axes.forEach(({ before, after }, a) => {
      amounts[first + a] = [before, after];
    });
    return tf.pad(x, amounts);
  }
  return axes.reduce(
    (y, { before, after, sources }, a) =>
      before + after === 0 ? y : tf.gather(y, tf.tensor1d(sources, "int32"), first + a),
    x,
  );
}
