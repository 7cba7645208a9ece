/** The mean of each window of a tensor. */
import type { Tensor4D, Tf } from "../../backend/compute.js";
import type { PoolingPlan } from "../pooling-plan.js";

/** Windows of more pixels are summed along rows first, then along columns: one long float32 sum drifts. */
const LARGE_WINDOW = 64;

/** The mean of each Kh×Kw window of N×H×W×C, without padding. */
export function windowMeans(
  tf: Tf,
  input: Tensor4D,
  { Kh, Kw }: PoolingPlan,
  [sy, sx]: [number, number],
): Tensor4D {
  if (Kh * Kw <= LARGE_WINDOW) return tf.avgPool(input, [Kh, Kw], [sy, sx], "valid");
  return tf.avgPool(tf.avgPool(input, [1, Kw], [1, sx], "valid"), [Kh, 1], [sy, 1], "valid");
}
