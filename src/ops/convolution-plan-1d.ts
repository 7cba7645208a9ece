/** A convolution over signals with every number settled. */
import type { FloatArray } from "../array.js";
import {
  type ConvAxis,
  type SettledConvolution,
  type SharedConvOptions,
  settleConvolution,
} from "./convolution-settling.js";
import type { EndPadding } from "./options.js";
import { LINE } from "./space.js";

/** Options of {@link conv1d}. */
export interface Conv1dOptions extends SharedConvOptions {
  /** Steps from one place of the kernel to the next (default 1). */
  readonly stride?: number;
  /**
   * `"valid"` (default), `"same"`, `"full"`, a number, `[before, after]` or `{ before, after }`. What stands there is
   * for `paddingMode` to say.
   */
  readonly padding?: "valid" | "same" | "full" | EndPadding;
  /** Distance between neighbouring kernel entries (default 1). */
  readonly dilation?: number;
}

/** A convolution over signals. */
export interface ConvolutionPlan1d extends SettledConvolution {
  readonly L: number;
  readonly K: number;
  readonly OL: number;
  readonly steps: ConvAxis;
}

/**
 * Settles a convolution over signals.
 *
 * @throws {ShapeError} when input and kernel do not go together.
 * @throws {ArgumentError} when an option is out of range.
 */
export function planConvolution1d(
  operation: string,
  input: FloatArray,
  kernel: FloatArray,
  options: Conv1dOptions,
): ConvolutionPlan1d {
  const { axes, ...settled } = settleConvolution(LINE, operation, input, kernel, options);
  const [steps] = axes as readonly [ConvAxis];
  return { ...settled, L: steps.n, K: steps.k, OL: steps.out, steps };
}
