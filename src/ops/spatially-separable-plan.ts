/** What a spatially separable convolution is about to do: every size settled and every mistake refused first. */
import { type FloatArray, shapeText } from "../array.js";
import { ShapeError } from "../errors.js";
import {
  type DepthwiseOptions,
  requireDepthwiseOptions,
  type WindowView,
  windowView,
} from "./depthwise-plan.js";
import { type ImageLayout, imageLayout, requireArray } from "./layout.js";
import { channelBiases } from "./per-channel.js";

/** Options of {@link spatiallySeparableConv2d}. */
export type SpatiallySeparableOptions = DepthwiseOptions;

/** A spatially separable convolution with every number settled. */
export interface SpatiallySeparablePlan extends ImageLayout, WindowView {
  readonly Kh: number;
  readonly Kw: number;
  /** One bias for each channel. */
  readonly bias: Float32Array;
  readonly shape: number[];
}

/**
 * Settles a spatially separable convolution.
 *
 * @throws {ShapeError} when input, column and row do not go together.
 * @throws {ArgumentError} when an option is out of range.
 */
export function planSpatiallySeparable(
  operation: string,
  input: FloatArray,
  column: FloatArray,
  row: FloatArray,
  options: SpatiallySeparableOptions,
): SpatiallySeparablePlan {
  requireDepthwiseOptions(operation, options);
  const layout = imageLayout(input, operation);
  const Kh = lengthOf(operation, column, "column", "Kh×1 or Kh", 0);
  const Kw = lengthOf(operation, row, "row", "1×Kw or Kw", 1);
  const view = windowView(operation, layout, [Kh, Kw], options);
  const { rank, N, C } = layout;
  const image = rank === 2 ? [view.OH, view.OW] : [view.OH, view.OW, C];
  return {
    ...layout,
    ...view,
    Kh,
    Kw,
    bias: channelBiases(operation, options.bias, C),
    shape: rank === 4 ? [N, ...image] : image,
  };
}

function lengthOf(
  operation: string,
  factor: FloatArray,
  what: "column" | "row",
  wanted: string,
  axis: 0 | 1,
): number {
  requireArray(factor, operation, what);
  const { shape } = factor;
  const flat = shape.length === 1;
  const length = flat ? shape[0]! : shape[axis]!;
  if ((!flat && (shape.length !== 2 || shape[1 - axis] !== 1)) || length === 0) {
    throw new ShapeError(
      `${operation}: the ${what} is ${wanted}, as separate() gives it; got ${shapeText(shape)}.`,
    );
  }
  return length;
}
