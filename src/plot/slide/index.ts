import type { FloatArray } from "../../array.js";
import { ArgumentError } from "../../errors.js";
import type { ConvOptions } from "../../ops/convolution-plan.js";
import type { PerAxis } from "../../ops/options.js";
import type { PoolOptions } from "../../ops/pooling-plan.js";
import type { Figure } from "../figure.js";
import { word } from "../words.js";
import { type SlideFigureOptions, slideFigure } from "./figure.js";
import { convolutionMoves, poolingMoves } from "./moves.js";

/** Options of {@link slide}: those of `conv2d`, a title, and where the window stands at first. */
export interface SlideOptions extends ConvOptions, SlideFigureOptions {}

/** Options of {@link pool}. */
export interface PoolFigureOptions extends Omit<PoolOptions, "size">, SlideFigureOptions {
  /** "max" (default) takes the largest value of each window, "average" their mean. */
  readonly kind?: "max" | "average";
}

/**
 * Shows a kernel moving over an input: play it, or pull the slider to a place. The window is outlined in orange, the
 * value that it makes in green, and the sum is written out below. Zeros of a padding are drawn around the input.
 *
 * @param input H×W, of which the window visits at most 1024 places
 * @param kernel Kh×Kw
 * @param options stride, padding, dilation, bias and flip as for `conv2d`; title, alt, at
 * @throws {ShapeError} when input or kernel has other axes, or the kernel does not fit.
 * @throws {ArgumentError} when an option is out of range, or there are more places.
 */
export function slide(input: FloatArray, kernel: FloatArray, options: SlideOptions = {}): Figure {
  return slideFigure(convolutionMoves(input, kernel, options), options, word("slide"));
}

/**
 * Shows a pooling window moving over an input, with the maximum or the mean written out at each place.
 *
 * @param input H×W
 * @param size side of the window, or `[rows, columns]`
 * @param options kind, stride (the size when left out), padding; title, alt, at
 * @throws {ShapeError} when the input has other axes or the window does not fit.
 * @throws {ArgumentError} when an option is out of range.
 */
export function pool(input: FloatArray, size: PerAxis, options: PoolFigureOptions = {}): Figure {
  const { kind = "max" } = options;
  if (kind !== "max" && kind !== "average") {
    throw new ArgumentError(`plot.pool: the kind is "max" or "average"; got "${kind}".`);
  }
  const { stride, padding } = options;
  const pooling: PoolOptions = {
    size,
    ...(stride === undefined ? {} : { stride }),
    ...(padding === undefined ? {} : { padding }),
  };
  return slideFigure(
    poolingMoves(input, kind === "max" ? "max" : "mean", pooling),
    options,
    word("slide"),
  );
}
