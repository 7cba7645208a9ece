/** A transposed convolution over images, or over signals, with every number settled. */
import type { FloatArray } from "../array.js";
import type { EndPadding, Padding, PerAxis } from "./options.js";
import { IMAGE, LINE } from "./space.js";
import {
  type SettledTransposed,
  type SharedTransposedOptions,
  type Stamps,
  settleTransposed,
} from "./transposed-settling.js";

/** Options of {@link transposedConv2d}: those of the convolution whose transpose it is. */
export interface TransposedOptions extends SharedTransposedOptions {
  /** Pixels from one stamp of the kernel to the next; a number, or `[down, across]` (default 1). */
  readonly stride?: PerAxis;
  /**
   * What the convolution would add, and so what is cut off here: `"valid"` (default) nothing, numbers that many
   * pixels, `"same"` so much that n·stride are left, `"full"` d(k − 1) on every side.
   */
  readonly padding?: Padding;
  /** Rows and columns more at the bottom and the right, fewer than the stride (default 0). */
  readonly outputPadding?: PerAxis;
  /** Distance between neighbouring kernel entries; a number, or `[down, across]` (default 1). */
  readonly dilation?: PerAxis;
}

/** Options of {@link transposedConv1d}. */
export interface Transposed1dOptions extends SharedTransposedOptions {
  /** Steps from one stamp of the kernel to the next (default 1). */
  readonly stride?: number;
  /** As for {@link transposedConv2d}; in numbers one for both ends, `[before, after]` or `{ before, after }`. */
  readonly padding?: "valid" | "same" | "full" | EndPadding;
  /** Steps more at the end, fewer than the stride (default 0). */
  readonly outputPadding?: number;
  /** Distance between neighbouring kernel entries (default 1). */
  readonly dilation?: number;
}

/** A transposed convolution over images. */
export interface TransposedPlan extends SettledTransposed {
  readonly rows: Stamps;
  readonly columns: Stamps;
}

/** A transposed convolution over signals. */
export interface TransposedPlan1d extends SettledTransposed {
  readonly steps: Stamps;
}

/**
 * Settles a transposed convolution over images.
 *
 * @throws {ShapeError} when input and kernel do not go together, or nothing is left of the result.
 * @throws {ArgumentError} when an option is out of range.
 */
export function planTransposed(
  operation: string,
  input: FloatArray,
  kernel: FloatArray,
  options: TransposedOptions,
): TransposedPlan {
  const { axes, ...settled } = settleTransposed(IMAGE, operation, input, kernel, options);
  const [rows, columns] = axes as readonly [Stamps, Stamps];
  return { ...settled, rows, columns };
}

/**
 * Settles a transposed convolution over signals.
 *
 * @throws {ShapeError} when input and kernel do not go together, or nothing is left of the result.
 * @throws {ArgumentError} when an option is out of range.
 */
export function planTransposed1d(
  operation: string,
  input: FloatArray,
  kernel: FloatArray,
  options: Transposed1dOptions,
): TransposedPlan1d {
  const { axes, ...settled } = settleTransposed(LINE, operation, input, kernel, options);
  const [steps] = axes as readonly [Stamps];
  return { ...settled, steps };
}
