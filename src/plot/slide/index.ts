import type { FloatArray } from "../../array.js";
import { ArgumentError } from "../../errors.js";
import type { ConvOptions } from "../../ops/convolution-plan.js";
import type { PerAxis } from "../../ops/options.js";
import type { PoolOptions } from "../../ops/pooling-plan.js";
import type { TransposedOptions } from "../../ops/transposed-plan.js";
import { requireFigureOptions } from "../figure-options.js";
import type { Interactive } from "../page/interactive.js";
import { word } from "../words.js";
import { type SlideFigureOptions, slideFigure } from "./figure.js";
import { convolutionMoves, poolingMoves } from "./moves.js";
import { transposedMoves } from "./spread-moves.js";

const knownOfFigure = { title: true, alt: true, at: true } as const;

/** Options of {@link slide}: those of `conv2d` for one channel, a title, and where the window stands at first. */
export interface SlideOptions
  extends Pick<ConvOptions, "stride" | "padding" | "paddingMode" | "dilation" | "bias" | "flip">,
    SlideFigureOptions {}

/** Options of {@link slideTransposed}: those of `transposedConv2d` for one channel, a title, and the first place. */
export interface SlideTransposedOptions
  extends Pick<TransposedOptions, "stride" | "padding" | "outputPadding" | "dilation" | "bias">,
    SlideFigureOptions {}

/** Options of {@link pool}. */
export interface PoolFigureOptions extends Omit<PoolOptions, "size">, SlideFigureOptions {
  /** "max" (default) takes the largest value of each window, "average" their mean. */
  readonly kind?: "max" | "average";
}

/**
 * Shows a kernel moving over an input: play it, pull the slider, or point at an output. The window and the value that it
 * makes are outlined in orange, and the sum is written out below. The padding is drawn around the input. A row of
 * numbers is drawn above its kernel, and the output below.
 *
 * @param input H×W, or L numbers in a row, of which the window visits at most 10,000 places
 * @param kernel Kh×Kw, or K numbers
 * @param options stride, padding, paddingMode, dilation, bias and flip as for `conv2d`; of a row, a number as padding counts for both
 *   ends, and `[before, after]` for each; title, alt, at
 * @throws {ShapeError} when input or kernel has other axes, or the kernel does not fit.
 * @throws {ArgumentError} when an option is out of range, there are more places, or a number is NaN or infinite: no sum
 *   could be written out.
 * @example plot.slide(image.digit(7), filters.sobelX(), { title: "Vertical edges of a seven" })
 */
export function slide(
  input: FloatArray,
  kernel: FloatArray,
  options: SlideOptions = {},
): Interactive {
  requireFigureOptions("plot.slide", options, {
    stride: true,
    padding: true,
    paddingMode: true,
    dilation: true,
    bias: true,
    flip: true,
    ...knownOfFigure,
  });
  const { title: _title, alt: _alt, at: _at, ...convolution } = options;
  return slideFigure(convolutionMoves(input, kernel, convolution), options, word("slide"));
}

/**
 * Shows a transposed convolution: every input value leaves a stamp of the kernel on the output, `stride` pixels apart,
 * and the output fills up where stamps overlap. A border that the padding cuts off is veiled.
 *
 * @param input H×W, or L numbers in a row, of at most 10,000 values
 * @param kernel Kh×Kw, or K numbers
 * @param options stride, padding, outputPadding, dilation and bias as for `transposedConv2d`; title, alt, at
 * @throws {ShapeError} when input or kernel has other axes, or nothing is left of the output.
 * @throws {ArgumentError} when an option is out of range.
 * @example plot.slideTransposed(array([1, 2, 3]), array([1, 1, 1]), { stride: 2, title: "Overlaps" })
 */
export function slideTransposed(
  input: FloatArray,
  kernel: FloatArray,
  options: SlideTransposedOptions = {},
): Interactive {
  requireFigureOptions("plot.slideTransposed", options, {
    stride: true,
    padding: true,
    outputPadding: true,
    dilation: true,
    bias: true,
    ...knownOfFigure,
  });
  const { title: _title, alt: _alt, at: _at, ...convolution } = options;
  return slideFigure(transposedMoves(input, kernel, convolution), options, word("spread"));
}

/**
 * Shows a pooling window moving over an input, with the maximum or the mean written out at each place.
 *
 * @param input H×W
 * @param size side of the window, or `[rows, columns]`
 * @param options kind, stride (the size when left out), padding; title, alt, at
 * @throws {ShapeError} when the input has other axes or the window does not fit.
 * @throws {ArgumentError} when an option is out of range.
 * @example plot.pool(image.digit(7), 2, { title: "The largest of four" })
 */
export function pool(
  input: FloatArray,
  size: PerAxis,
  options: PoolFigureOptions = {},
): Interactive {
  requireFigureOptions("plot.pool", options, {
    kind: true,
    stride: true,
    padding: true,
    ceil: true,
    ...knownOfFigure,
  });
  const { kind = "max", title: _title, alt: _alt, at: _at, ...pooling } = options;
  if (kind !== "max" && kind !== "average") {
    throw new ArgumentError(`plot.pool: the kind is "max" or "average"; got "${kind}".`);
  }
  const moves = poolingMoves(input, kind === "max" ? "max" : "mean", { size, ...pooling });
  return slideFigure(moves, options, word("slide"));
}
