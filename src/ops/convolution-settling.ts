/** What a convolution in any space is about to do: every size settled, every mistake refused before the first product. */

import { type FloatArray, shapeText } from "../array.js";
import { cameText } from "../came.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { borderSources, type PadMode, requirePadMode } from "./border.js";
import { refuseChannelsFirst } from "./channel-arguments.js";
import { type Walk, wholeNumber } from "./geometry.js";
import { type Known, requireOptions } from "./known-options.js";
import { type Layout, layoutIn, requireArray, shapeIn } from "./layout.js";
import { settleWalks } from "./per-axis.js";
import { channelBiases } from "./per-channel.js";
import { requireWalkRoom } from "./room.js";
import { kernelLetters, type Space } from "./space.js";

/** The options that mean the same in every space. */
export interface SharedConvOptions {
  /** What stands in the padding: `"zero"` (default), `"reflect"`, `"replicate"` or `"circular"`. */
  readonly paddingMode?: PadMode;
  /**
   * Groups of channels that do not see each other (default 1): output channel m of Cout reads the input channels of
   * group ⌊m·groups / Cout⌋ alone, so the kernel's Cin is that of the input divided by `groups`.
   */
  readonly groups?: number;
  /** Added to every output: one number, or one for each output channel (default 0). */
  readonly bias?: number | readonly number[] | FloatArray;
  /** `true` turns the kernel end to end on every axis: convolution in the sense of mathematics (default `false`). */
  readonly flip?: boolean;
}

/** {@link SharedConvOptions} with stride, padding and dilation in whatever forms a space has for them. */
export interface AnyConvOptions extends SharedConvOptions {
  readonly stride?: unknown;
  readonly padding?: unknown;
  readonly dilation?: unknown;
}

/** The names of all options of a convolution. */
export const knownConvOptions: Known<AnyConvOptions> = {
  stride: true,
  padding: true,
  paddingMode: true,
  dilation: true,
  groups: true,
  bias: true,
  flip: true,
};

/** What a convolution's gradient gives back: how the loss changes with everything that went in. */
export interface ConvGradients {
  /** Of the input's shape. */
  readonly input: FloatArray;
  /** Of the kernel's shape. */
  readonly kernel: FloatArray;
  /** One number for each output channel. */
  readonly bias: FloatArray;
}

/** One spatial axis of a convolution. */
export interface ConvAxis extends Walk {
  /** For each place of the padded axis the place of the input that stands there, −1 for a zero. */
  readonly sources: Int32Array;
}

/** What a convolution in any space has settled. */
export interface SettledConvolution {
  /** Number of axes of the input. */
  readonly rank: number;
  readonly N: number;
  /** Input channels. */
  readonly C: number;
  /** Output channels. */
  readonly M: number;
  readonly groups: number;
  readonly paddingMode: PadMode;
  /** One bias for each output channel. */
  readonly bias: Float32Array;
  readonly flip: boolean;
  /** Shape of the result. */
  readonly shape: number[];
}

/**
 * Settles a convolution in a space.
 *
 * @throws {ShapeError} when input and kernel do not go together.
 * @throws {ArgumentError} when an option is out of range.
 */
export function settleConvolution(
  space: Space,
  operation: string,
  input: FloatArray,
  kernel: FloatArray,
  options: AnyConvOptions,
): SettledConvolution & { readonly axes: readonly ConvAxis[] } {
  requireOptions(operation, options, knownConvOptions);
  const layout = layoutIn(space, input, operation);
  const { sizes, kernelC, M } = readKernel(space, operation, kernel);
  const groups = wholeNumber(options.groups ?? 1, `${operation}: the number of groups`, 1);
  requireChannels(space, operation, input, layout, kernel, kernelC * groups, groups);
  if (M % groups !== 0) {
    throw new ShapeError(
      `${operation}: ${groups} groups cannot share ${M} output channels (the kernel's last axis) evenly. Take a number of groups that divides ${M}.`,
    );
  }
  const { paddingMode = "zero", flip = false } = options;
  requirePadMode(paddingMode, operation);
  if (typeof flip !== "boolean") {
    throw new ArgumentError(`${operation}: flip is true or false; got ${cameText(flip)}.`);
  }
  const walks = settleWalks(space, layout.sizes, sizes, {
    stride: options.stride ?? 1,
    padding: options.padding ?? "valid",
    dilation: options.dilation ?? 1,
    evenSame: false,
  });
  requireWalkRoom(operation, walks, { ...layout, M });
  const axes = walks.map((walk, axis) => {
    const sources = borderSources(walk.n, walk, paddingMode, operation, space[axis]!.plural);
    return { ...walk, sources };
  });
  const { rank, N, C } = layout;
  const outputs = walks.map(({ out }) => out);
  const flat = rank === space.length && kernel.shape.length === space.length;
  return {
    rank,
    N,
    C,
    M,
    groups,
    paddingMode,
    axes,
    bias: channelBiases(operation, options.bias, M),
    flip,
    shape: shapeIn(space, layout, outputs, M, flat),
  };
}

function readKernel(
  space: Space,
  operation: string,
  kernel: FloatArray,
): { sizes: number[]; kernelC: number; M: number } {
  requireArray(kernel, operation, "kernel");
  const { shape } = kernel;
  const spatial = space.length;
  if (shape.length !== spatial && shape.length !== spatial + 2) {
    const one =
      shape.length === spatial + 1
        ? ` One filter of that shape is ${shapeText([...shape, 1])}.`
        : "";
    const axes = kernelLetters(space);
    throw new ShapeError(
      `${operation}: the kernel is ${axes} or ${axes}×Cin×Cout; got ${shapeText(shape)}.${one}`,
    );
  }
  if (shape.includes(0)) {
    throw new ShapeError(`${operation}: the kernel ${shapeText(shape)} is empty along one axis.`);
  }
  return {
    sizes: shape.slice(0, spatial),
    kernelC: shape[spatial] ?? 1,
    M: shape[spatial + 1] ?? 1,
  };
}

function requireChannels(
  space: Space,
  operation: string,
  input: FloatArray,
  { rank, C }: Layout,
  kernel: FloatArray,
  reads: number,
  groups: number,
): void {
  if (C === reads) return;
  const ks = kernel.shape;
  const spatial = space.length;
  const grouped = groups > 1 ? ` in ${groups} groups` : "";
  if (ks.length > spatial) {
    refuseChannelsFirst(space, operation, input, rank, kernel, reads, grouped);
  }
  const came = `${operation}: the input ${shapeText(input.shape)} has ${C} channels (its last axis)`;
  if (ks.length === spatial) {
    throw new ShapeError(
      `${came}, but a kernel of ${shapeText(ks)} reads one. Give it as ${kernelLetters(space)}×Cin×Cout = ${shapeText([...ks, C, 1])}, or filter one channel at a time.`,
    );
  }
  const each = groups > 1 ? `${grouped} of ${reads / groups}` : "";
  const third = `${["second", "third", "fourth"][spatial - 1]} axis, ${groups > 1 ? "Cin / groups" : "Cin"}`;
  throw new ShapeError(
    `${came}, but the kernel ${shapeText(ks)} reads ${reads}${each} (its ${third}). The two must be equal.`,
  );
}
