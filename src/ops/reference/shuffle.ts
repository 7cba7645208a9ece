/** The channel shuffle as loops that read like the formula. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import { planShuffle, type ShufflePlan } from "../shuffle-plan.js";

/**
 * Deals the channels of all groups in turn, so that the next group convolution sees some of each: with n channels in
 * each of G groups
 *
 *     y[…, i·G + g] = x[…, g·n + i]
 *
 * (Zhang et al. 2018, "ShuffleNet"). Six channels in two groups, 0 1 2 | 3 4 5, become 0 3 1 4 2 5.
 *
 * @param x any shape with the channels last.
 * @param groups how many groups the channels stand in; it divides their number.
 * @returns the same shape.
 * @throws {ArgumentError} when the groups do not divide the channels.
 * @throws {ShapeError} when there are no channels.
 * @example channelShuffle(array([0, 1, 2, 3, 4, 5]), 2) // → [0, 3, 1, 4, 2, 5]
 */
export function channelShuffle(x: FloatArray, groups: number): FloatArray {
  return deal(x, planShuffle("channelShuffle", x, groups));
}

/**
 * The gradient of {@link channelShuffle}: every channel's gradient goes back to where the channel came from, which is
 * a shuffle with as many groups as a group had channels.
 *
 * @param outputGradient ∂L/∂y, of the shape of x.
 * @returns ∂L/∂x.
 * @throws {ShapeError} and {ArgumentError} as {@link channelShuffle}.
 * @example
 * channelShuffleGradient(zeros([6]), 2, array([0, 3, 1, 4, 2, 5])) // → [0, 1, 2, 3, 4, 5]
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

function deal(array: FloatArray, { places, groups: G, perGroup: n }: ShufflePlan): FloatArray {
  const x = rowMajor(array);
  const y = new Float32Array(x.length);
  for (let p = 0; p < places; p++) {
    for (let g = 0; g < G; g++) {
      for (let i = 0; i < n; i++) {
        y[p * n * G + i * G + g] = x[p * G * n + g * n + i]!;
      }
    }
  }
  return fromData(y, array.shape);
}
