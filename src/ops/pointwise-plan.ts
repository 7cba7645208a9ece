/** What a pointwise convolution is about to do: every size settled and every mistake refused first. */

import { type FloatArray, shapeText } from "../array.js";
import { ShapeError } from "../errors.js";
import { requireChannels } from "./channel-arguments.js";
import { wholeNumber } from "./geometry.js";
import { type Known, requireOptions } from "./known-options.js";
import { type ImageLayout, imageLayout, requireArray } from "./layout.js";
import { channelBiases } from "./per-channel.js";

/** Options of {@link pointwiseConv2d}. */
export interface PointwiseOptions {
  /** Added to every output: one number, or one for each output channel (default 0). */
  readonly bias?: number | readonly number[] | FloatArray;
  /** Groups of channels that do not see each other (default 1); the kernel is then (Cin/groups)×Cout. */
  readonly groups?: number;
}

const known: Known<PointwiseOptions> = { bias: true, groups: true };

/** A pointwise convolution with every number settled. */
export interface PointwisePlan extends ImageLayout {
  /** Output channels. */
  readonly M: number;
  readonly groups: number;
  readonly bias: Float32Array;
  readonly shape: number[];
}

/**
 * Settles a pointwise convolution.
 *
 * @throws {ShapeError} when input and kernel do not go together.
 * @throws {ArgumentError} when an option is out of range.
 */
export function planPointwise(
  operation: string,
  input: FloatArray,
  kernel: FloatArray,
  options: PointwiseOptions,
): PointwisePlan {
  requireOptions(operation, options, known);
  const layout = imageLayout(input, operation);
  requireArray(kernel, operation, "kernel");
  const ks = kernel.shape;
  if ((ks.length !== 2 && ks.length !== 4) || (ks.length === 4 && ks[0]! * ks[1]! !== 1)) {
    throw new ShapeError(
      `${operation}: the kernel is Cin×Cout or 1×1×Cin×Cout; got ${shapeText(ks)}. A larger kernel is for conv2d.`,
    );
  }
  if (ks.includes(0)) {
    throw new ShapeError(`${operation}: the kernel ${shapeText(ks)} is empty along one axis.`);
  }
  const [Cin, M] = ks.slice(-2) as [number, number];
  const groups = wholeNumber(options.groups ?? 1, `${operation}: the number of groups`, 1);
  const where = groups === 1 ? "Cin" : `${groups} groups of ${Cin}`;
  requireChannels(operation, input, layout, kernel, Cin * groups, where);
  if (M % groups !== 0) {
    throw new ShapeError(
      `${operation}: ${groups} groups cannot share ${M} output channels (the kernel's last axis) evenly. Take a number of groups that divides ${M}.`,
    );
  }
  const { rank, N, H, W } = layout;
  return {
    ...layout,
    M,
    groups,
    bias: channelBiases(operation, options.bias, M),
    shape: rank === 4 ? [N, H, W, M] : [H, W, M],
  };
}
