/** Padding on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import { compute } from "../../backend/compute.js";
import type { SidePadding } from "../options.js";
import { type PadMode, planPadding } from "../padding-plan.js";

/**
 * {@link reference.pad} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 */
export function pad(x: FloatArray, padding: SidePadding, mode: PadMode = "zero"): FloatArray {
  const plan = planPadding(x, padding, mode);
  const { N, H, W, C, top, bottom, left, right, rowOf, columnOf } = plan;
  return compute(plan.shape, (tf) => {
    const input = tf.tensor4d(rowMajor(x), [N, H, W, C]);
    if (mode === "zero") {
      return tf.pad(input, [
        [0, 0],
        [top, bottom],
        [left, right],
        [0, 0],
      ]);
    }
    const rows = tf.gather(input, tf.tensor1d(rowOf, "int32"), 1);
    return tf.gather(rows, tf.tensor1d(columnOf, "int32"), 2);
  });
}
