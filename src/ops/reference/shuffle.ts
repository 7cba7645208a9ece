/** The channel shuffle as loops that read like the formula, and the convolution that goes before it. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { type ConvOptions, planConvolution } from "../convolution-plan.js";
import type { ConvGradients } from "../convolution-settling.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import { planShuffle, type ShufflePlan } from "../shuffle-plan.js";
import { conv2d } from "./convolution.js";
import { conv2dGradient } from "./convolution-gradient.js";

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

/**
 * A convolution in groups, then a {@link channelShuffle} among the same groups, so that the next convolution in groups
 * sees channels of each (Zhang et al. 2018, "ShuffleNet").
 *
 * @param input H×W×Cin or N×H×W×Cin.
 * @param kernel Kh×Kw×(Cin / groups)×Cout.
 * @param options as for {@link conv2d}; `groups` divides Cin and Cout.
 * @returns as {@link conv2d}.
 * @throws {ShapeError} and {ArgumentError} as {@link conv2d}.
 * @example
 * const kernel = array([[[[1, 2, 3, 4]]]])
 * shuffledGroupConv2d(array([[[1, 10]]]), kernel, { groups: 2 }) // → [[[1, 30, 2, 40]]]
 */
export function shuffledGroupConv2d(
  input: FloatArray,
  kernel: FloatArray,
  options: ConvOptions = {},
): FloatArray {
  const { shape, rank, groups } = planConvolution("shuffledGroupConv2d", input, kernel, options);
  const maps = conv2d(input, kernel, options);
  // H×W has one channel, and so one group: nothing to shuffle.
  return rank === 2 && shape.length === 2 ? maps : channelShuffle(maps, groups);
}

/**
 * How a loss L changes with input, kernel and bias of {@link shuffledGroupConv2d}: back through the shuffle, then
 * through the convolution.
 *
 * @param outputGradient ∂L/∂y, of the result's shape.
 * @returns ∂L/∂x, ∂L/∂k and ∂L/∂b.
 * @throws {ShapeError} and {ArgumentError} as {@link shuffledGroupConv2d}.
 * @example
 * const kernel = array([[[[1, 2, 3, 4]]]])
 * shuffledGroupConv2dGradient(zeros([1, 1, 2]), kernel, array([[[1, 1, 1, 0]]]), { groups: 2 }).input // → [[[3, 3]]]
 */
export function shuffledGroupConv2dGradient(
  input: FloatArray,
  kernel: FloatArray,
  outputGradient: FloatArray,
  options: ConvOptions = {},
): ConvGradients {
  const name = "shuffledGroupConv2dGradient";
  const { shape, rank, groups } = planConvolution(name, input, kernel, options);
  requireOutputGradient(name, outputGradient, shape);
  const flat = rank === 2 && shape.length === 2;
  const unshuffled = flat
    ? outputGradient
    : channelShuffleGradient(outputGradient, groups, outputGradient);
  return conv2dGradient(input, kernel, unshuffled, options);
}
