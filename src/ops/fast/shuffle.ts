/** The channel shuffle on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import { planShuffle, type ShufflePlan } from "../shuffle-plan.js";
import { computeEach } from "./depthwise-results.js";

/**
 * {@link reference.channelShuffle} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.channelShuffle(array([0, 1, 2, 3, 4, 5]), 2) // → [0, 3, 1, 4, 2, 5]
 */
export function channelShuffle(x: FloatArray, groups: number): FloatArray {
  return deal(x, planShuffle("channelShuffle", x, groups));
}

/**
 * {@link reference.channelShuffleGradient} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.channelShuffleGradient(zeros([6]), 2, array([0, 3, 1, 4, 2, 5])) // → [0, 1, 2, 3, 4, 5]
 */
export function channelShuffleGradient(
  x: FloatArray,
  groups: number,
  outputGradient: FloatArray,
): FloatArray {
  const { places, perGroup } = planShuffle("channelShuffleGradient", x, groups);
  requireOutputGradient("channelShuffleGradient", outputGradient, x.shape);
  return deal(outputGradient, { places, groups: perGroup, perGroup: groups });
}

function deal(array: FloatArray, { places, groups, perGroup }: ShufflePlan): FloatArray {
  return computeEach([array.shape], array.size, (tf) => {
    const x = tf.tensor3d(rowMajor(array), [places, groups, perGroup]);
    return [tf.transpose(x, [0, 2, 1])];
  })[0]!;
}
