/** A convolution over images with every number settled. */
import type { FloatArray } from "../array.js";
import {
  type ConvAxis,
  type SettledConvolution,
  type SharedConvOptions,
  settleConvolution,
} from "./convolution-settling.js";
import type { Padding, PerAxis } from "./options.js";
import { IMAGE } from "./space.js";

/** Options of {@link conv2d}. */
export interface ConvOptions extends SharedConvOptions {
  /** Pixels from one place of the kernel to the next; a number, or `[down, across]` (default 1). */
  readonly stride?: PerAxis;
  /**
   * `"valid"` (default), `"same"`, `"full"`, a number, `[vertical, horizontal]` or `{ top, bottom, left, right }`. What
   * stands there is for `paddingMode` to say.
   */
  readonly padding?: Padding;
  /** Distance between neighbouring kernel entries; a number, or `[down, across]` (default 1). */
  readonly dilation?: PerAxis;
}

/** A convolution over images. */
export interface ConvolutionPlan extends SettledConvolution {
  readonly H: number;
  readonly W: number;
  readonly Kh: number;
  readonly Kw: number;
  readonly OH: number;
  readonly OW: number;
  readonly rows: ConvAxis;
  readonly columns: ConvAxis;
}

/**
 * Settles a convolution.
 *
 * @throws {ShapeError} when input and kernel do not go together.
 * @throws {ArgumentError} when an option is out of range.
 */
export function planConvolution(
  operation: string,
  input: FloatArray,
  kernel: FloatArray,
  options: ConvOptions,
): ConvolutionPlan {
  const { axes, ...settled } = settleConvolution(IMAGE, operation, input, kernel, options);
  const [rows, columns] = axes as readonly [ConvAxis, ConvAxis];
  return {
    ...settled,
    H: rows.n,
    W: columns.n,
    Kh: rows.k,
    Kw: columns.k,
    OH: rows.out,
    OW: columns.out,
    rows,
    columns,
  };
}
