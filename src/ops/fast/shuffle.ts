/** The channel shuffle and the convolution that goes before it, on tfjs: the same arguments, results and errors as the reference. */
import { type FloatArray, rowMajor } from "../../array.js";
import { type ConvOptions, planConvolution } from "../convolution-plan.js";
import type { ConvGradients } from "../convolution-settling.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import { planShuffle, type ShufflePlan } from "../shuffle-plan.js";
import { conv2d, conv2dGradient } from "./convolution.js";
import { computeEach } from "./results.js";

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

/**
 * {@link reference.shuffledGroupConv2d} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * fast.shuffledGroupConv2d(array([[[1, 10]]]), array([[[[1, 2, 3, 4]]]]), { groups: 2 }) // → [[[1, 30, 2, 40]]]
 */
export function shuffledGroupConv2d(
  input: FloatArray,
  kernel: FloatArray,
  options: ConvOptions = {},
): FloatArray {
  const { shape, rank, groups } = planConvolution("shuffledGroupConv2d", input, kernel, options);
  const maps = conv2d(input, kernel, options);
  return rank === 2 && shape.length === 2 ? maps : channelShuffle(maps, groups);
}

/**
 * {@link reference.shuffledGroupConv2dGradient} on the back end that `await useBackend()` loaded.
 *
 * @throws {Error} before `await useBackend()`; otherwise as the reference.
 * @example
 * await useBackend();
 * const kernel = array([[[[1, 2, 3, 4]]]])
 * fast.shuffledGroupConv2dGradient(zeros([1, 1, 2]), kernel, array([[[1, 1, 1, 0]]]), { groups: 2 }).input // → [[[3, 3]]]
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
