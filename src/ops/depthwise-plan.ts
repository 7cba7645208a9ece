/** What a depthwise convolution is about to do: every size settled and every mistake refused first. */

import { type FloatArray, shapeText } from "../array.js";
import { ShapeError } from "../errors.js";
import { borderSources, type PadMode, requirePadMode } from "./border.js";
import { requireChannels } from "./channel-arguments.js";
import type { ConvAxis } from "./convolution-settling.js";
import { type Known, requireOptions } from "./known-options.js";
import { type ImageLayout, imageLayout, requireArray } from "./layout.js";
import { type Padding, type PerAxis, windowWalk } from "./options.js";
import { channelBiases } from "./per-channel.js";
import { requireWalkRoom } from "./room.js";

/** Options of {@link depthwiseConv2d} and {@link separableConv2d}. */
export interface DepthwiseOptions {
  /** Pixels from one place of the kernel to the next; a number, or `[down, across]` (default 1). */
  readonly stride?: PerAxis;
  /** As for `conv2d` (default `"valid"`). */
  readonly padding?: Padding;
  /** What stands in the padding (default `"zero"`). */
  readonly paddingMode?: PadMode;
  /** Distance between neighbouring kernel entries; a number, or `[down, across]` (default 1). */
  readonly dilation?: PerAxis;
  /** Added to every output: one number, or one for each output channel (default 0). */
  readonly bias?: number | readonly number[] | FloatArray;
}

const known: Known<DepthwiseOptions> = {
  stride: true,
  padding: true,
  paddingMode: true,
  dilation: true,
  bias: true,
};

/**
 * Refuses options that a depthwise convolution does not have.
 *
 * @throws {ArgumentError} naming those that there are.
 */
export function requireDepthwiseOptions(operation: string, options: DepthwiseOptions): void {
  requireOptions(operation, options, known);
}

/** How a window walks over an image, and what it sees in the border. */
export interface WindowView {
  readonly rows: ConvAxis;
  readonly columns: ConvAxis;
  readonly OH: number;
  readonly OW: number;
  readonly paddingMode: PadMode;
}

/** A depthwise convolution with every number settled. */
export interface DepthwisePlan extends ImageLayout, WindowView {
  readonly Kh: number;
  readonly Kw: number;
  /** Output channels for each input channel. */
  readonly multiplier: number;
  /** One bias for each of the C·multiplier output channels. */
  readonly bias: Float32Array;
  readonly shape: number[];
}

/**
 * Settles a depthwise convolution.
 *
 * @throws {ShapeError} when input and kernel do not go together.
 * @throws {ArgumentError} when an option is out of range.
 */
export function planDepthwise(
  operation: string,
  input: FloatArray,
  kernel: FloatArray,
  options: DepthwiseOptions,
): DepthwisePlan {
  requireDepthwiseOptions(operation, options);
  const layout = imageLayout(input, operation);
  requireArray(kernel, operation, "kernel");
  const ks = kernel.shape;
  if (ks.length !== 2 && ks.length !== 4) {
    const one = ks.length === 3 ? ` One filter for each channel is ${shapeText([...ks, 1])}.` : "";
    throw new ShapeError(
      `${operation}: the kernel is Kh×Kw×C×multiplier, or Kh×Kw for one channel; got ${shapeText(ks)}.${one}`,
    );
  }
  if (ks.includes(0)) {
    throw new ShapeError(`${operation}: the kernel ${shapeText(ks)} is empty along one axis.`);
  }
  const [Kh, Kw, channels = 1, multiplier = 1] = ks as [number, number, number?, number?];
  requireChannels(operation, input, layout, kernel, channels, "its third axis");
  const view = windowView(operation, layout, [Kh, Kw], options);
  const outputs = channels * multiplier;
  const flat = layout.rank === 2 && ks.length === 2;
  const image = flat ? [view.OH, view.OW] : [view.OH, view.OW, outputs];
  return {
    ...layout,
    ...view,
    Kh,
    Kw,
    multiplier,
    bias: channelBiases(operation, options.bias, outputs),
    shape: layout.rank === 4 ? [layout.N, ...image] : image,
  };
}

/**
 * Settles where a window of Kh×Kw walks over an image, and what it sees in the border.
 *
 * @throws {ShapeError} when the window does not fit, or the image is too small to be mirrored that far.
 * @throws {ArgumentError} when an option is out of range.
 */
export function windowView(
  operation: string,
  { N, H, W, C }: ImageLayout,
  kernel: readonly [number, number],
  options: Omit<DepthwiseOptions, "bias">,
): WindowView {
  const walks = windowWalk([H, W], kernel, {
    stride: options.stride ?? 1,
    padding: options.padding ?? "valid",
    dilation: options.dilation ?? 1,
    evenSame: false,
  });
  requireWalkRoom(operation, [walks.rows, walks.columns], { N, C, M: C });
  const paddingMode = options.paddingMode ?? "zero";
  requirePadMode(paddingMode, operation);
  const rows = {
    ...walks.rows,
    sources: borderSources(H, walks.rows, paddingMode, operation, "rows"),
  };
  const columns = {
    ...walks.columns,
    sources: borderSources(W, walks.columns, paddingMode, operation, "columns"),
  };
  return { rows, columns, OH: rows.out, OW: columns.out, paddingMode };
}
