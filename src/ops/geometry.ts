/**
 * How a window walks along one axis of an image: the arithmetic behind every output size.
 *
 * Sources: Dumoulin & Visin 2016, "A guide to convolution arithmetic for deep learning", relations 6 and 15;
 * TensorFlow's definition of `same` padding.
 */

import { cameText } from "../came.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { requireOptions } from "./known-options.js";

/** Padding along one axis: pixels added before the first and after the last. */
export interface AxisPadding {
  readonly before: number;
  readonly after: number;
}

/** What {@link outputSize} takes beside the two sizes. */
export interface OutputSizeOptions {
  /** Pixels from one place of the window to the next (default 1). */
  readonly stride?: number;
  /**
   * `"valid"` adds nothing (default), `"same"` gives ⌈n / stride⌉, `"full"` adds d(k − 1) on both sides, a number is
   * added on both sides.
   */
  readonly padding?: "valid" | "same" | "full" | number | AxisPadding;
  /** Distance between neighbouring kernel entries (default 1: no holes). */
  readonly dilation?: number;
}

/** One axis of a sliding window, every number settled. */
export interface Walk {
  /** Pixels of the input. */
  readonly n: number;
  /** Entries of the kernel. */
  readonly k: number;
  readonly stride: number;
  readonly dilation: number;
  readonly before: number;
  readonly after: number;
  /** Places where the window stands: ⌊(n + before + after − d(k−1) − 1) / stride⌋ + 1. */
  readonly out: number;
}

/**
 * Refuses what is not a whole number of at least `least`, or is too large to be counted with: above 2⁵³ − 1 doubles
 * leave numbers out.
 *
 * @throws {ArgumentError} naming the argument and what came.
 */
export function wholeNumber(value: number, name: string, least: number): number {
  if (!Number.isSafeInteger(value) || value < least) {
    const most =
      Number.isInteger(value) && value > least ? ` and at most ${Number.MAX_SAFE_INTEGER}` : "";
    throw new ArgumentError(
      `${name} must be a whole number, ${least} or more${most}; got ${cameText(value)}.`,
    );
  }
  return value;
}

/**
 * Pixels that a kernel of `k` entries spans when they stand `dilation` apart: d(k − 1) + 1.
 *
 * @throws {ArgumentError} when `k` or `dilation` is not a whole number of at least 1.
 * @example effectiveKernel(3, 2) // → 5
 */
export function effectiveKernel(k: number, dilation = 1): number {
  wholeNumber(k, "The kernel size", 1);
  wholeNumber(dilation, "The dilation", 1);
  return dilation * (k - 1) + 1;
}

/**
 * Zeros to add before and after so that stride 1 keeps the size: d(k − 1) in all. An even kernel has no middle, so
 * its two sides differ: `samePadding(4)` is 1 before and 2 after.
 *
 * @throws {ArgumentError} when `k` or `dilation` is not a whole number of at least 1.
 * @example outputSize(28, 4, { padding: samePadding(4) }) // → 28
 */
export function samePadding(k: number, dilation = 1): AxisPadding {
  const total = effectiveKernel(k, dilation) - 1;
  const before = Math.floor(total / 2);
  return { before, after: total - before };
}

/**
 * `same` as TensorFlow has it: just enough padding for ⌈n / stride⌉ places, the odd pixel after. At stride 1 this
 * is {@link samePadding}; at stride 2 on an even size the window starts one pixel later than with symmetric padding.
 */
export function samePaddingFor(
  n: number,
  k: number,
  stride: number,
  dilation: number,
): AxisPadding {
  const out = Math.ceil(n / stride);
  const total = Math.max(0, (out - 1) * stride + effectiveKernel(k, dilation) - n);
  const before = Math.floor(total / 2);
  return { before, after: total - before };
}

/**
 * Settles how a window walks along one axis.
 *
 * @param axis the word for the axis in messages, such as "rows".
 * @throws {ArgumentError} when a number is not whole or too small.
 * @throws {ShapeError} when the window does not fit into the padded input.
 */
export function walk(
  n: number,
  k: number,
  stride: number,
  dilation: number,
  { before, after }: AxisPadding,
  axis: string,
): Walk {
  wholeNumber(stride, "The stride", 1);
  wholeNumber(before, "The padding", 0);
  wholeNumber(after, "The padding", 0);
  const span = effectiveKernel(k, dilation);
  const room = n + before + after;
  if (span > room) {
    const holes = dilation > 1 ? ` (${k} entries with dilation ${dilation})` : "";
    const padded = before + after > 0 ? `, with padding ${room}` : "";
    throw new ShapeError(
      `The window spans ${span} ${axis}${holes}, but the input has ${n}${padded}. The window must fit at least once: take a smaller kernel or more padding.`,
    );
  }
  const out = Math.floor((room - span) / stride) + 1;
  return { n, k, stride: Math.min(stride, LONGEST_STEP), dilation, before, after, out };
}

/** Back ends count steps in 32 bits, and a longer one takes no second step on any array. */
const LONGEST_STEP = 2 ** 31 - 1;

/** The message for an even kernel with `same`, with the padding to write instead. */
export function evenKernelMessage(k: number, dilation: number, instead: string): string {
  const span = effectiveKernel(k, dilation);
  const size = dilation > 1 ? `${k} (spanning ${span})` : `${k}`;
  return `"same" needs a kernel with a middle, and a kernel of even size ${size} has none. Pad each side yourself: ${instead}.`;
}

/**
 * How many places a kernel of `k` entries has on `n` pixels:
 * ⌊(n + before + after − d(k − 1) − 1) / stride⌋ + 1, which is ⌈n / stride⌉ with `"same"`.
 *
 * @throws {ArgumentError} when a number is not whole or too small, or an even kernel comes with `"same"`.
 * @throws {ShapeError} when the kernel does not fit even once.
 * @example outputSize(224, 7, { stride: 2, padding: 3 }) // → 112
 */
export function outputSize(n: number, k: number, options: OutputSizeOptions = {}): number {
  requireOptions("outputSize", options, { stride: true, padding: true, dilation: true });
  const { stride = 1, padding = "valid", dilation = 1 } = options;
  wholeNumber(n, "The input size", 1);
  wholeNumber(stride, "The stride", 1);
  if (padding === "same") {
    if (effectiveKernel(k, dilation) % 2 === 0) {
      const { before, after } = samePadding(k, dilation);
      throw new ArgumentError(
        evenKernelMessage(k, dilation, `{ padding: { before: ${before}, after: ${after} } }`),
      );
    }
    return walk(n, k, stride, dilation, samePaddingFor(n, k, stride, dilation), "pixels").out;
  }
  return walk(n, k, stride, dilation, axisPadding(padding, k, dilation), "pixels").out;
}

function axisPadding(
  padding: "valid" | "full" | number | AxisPadding,
  k: number,
  dilation: number,
): AxisPadding {
  if (padding === "valid") return { before: 0, after: 0 };
  if (padding === "full") {
    const all = effectiveKernel(k, dilation) - 1;
    return { before: all, after: all };
  }
  if (typeof padding === "number") return { before: padding, after: padding };
  if (typeof padding === "object" && padding !== null) return padding;
  throw new ArgumentError(
    `The padding is "valid", "same", "full", a number, or { before, after }; got ${cameText(padding)}.`,
  );
}
