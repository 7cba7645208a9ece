/** A convolution over volumes with every number settled. */
import type { FloatArray } from "../array.js";
import {
  type ConvAxis,
  type SettledConvolution,
  type SharedConvOptions,
  settleConvolution,
} from "./convolution-settling.js";
import type { PerAxis3d, VolumePadding } from "./options.js";
import { VOLUME } from "./space.js";

/** Options of {@link conv3d}. */
export interface Conv3dOptions extends SharedConvOptions {
  /** Voxels from one place of the kernel to the next; a number, or `[deep, down, across]` (default 1). */
  readonly stride?: PerAxis3d;
  /**
   * `"valid"` (default), `"same"`, `"full"`, a number, `[depth, vertical, horizontal]` or
   * `{ front, back, top, bottom, left, right }`. What stands there is for `paddingMode` to say.
   */
  readonly padding?: "valid" | "same" | "full" | VolumePadding;
  /** Distance between neighbouring kernel entries; a number, or `[deep, down, across]` (default 1). */
  readonly dilation?: PerAxis3d;
}

/** A convolution over volumes. */
export interface ConvolutionPlan3d extends SettledConvolution {
  readonly D: number;
  readonly H: number;
  readonly W: number;
  readonly Kd: number;
  readonly Kh: number;
  readonly Kw: number;
  readonly OD: number;
  readonly OH: number;
  readonly OW: number;
  readonly slices: ConvAxis;
  readonly rows: ConvAxis;
  readonly columns: ConvAxis;
}

/**
 * Settles a convolution over volumes.
 *
 * @throws {ShapeError} when input and kernel do not go together.
 * @throws {ArgumentError} when an option is out of range.
 */
export function planConvolution3d(
  operation: string,
  input: FloatArray,
  kernel: FloatArray,
  options: Conv3dOptions,
): ConvolutionPlan3d {
  const { axes, ...settled } = settleConvolution(VOLUME, operation, input, kernel, options);
  const [slices, rows, columns] = axes as readonly [ConvAxis, ConvAxis, ConvAxis];
  return {
    ...settled,
    D: slices.n,
    H: rows.n,
    W: columns.n,
    Kd: slices.k,
    Kh: rows.k,
    Kw: columns.k,
    OD: slices.out,
    OH: rows.out,
    OW: columns.out,
    slices,
    rows,
    columns,
  };
}
