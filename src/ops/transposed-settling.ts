/** What a transposed convolution in any space is about to do: every size settled and every mistake refused first. */

import { type FloatArray, shapeText } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { requireChannels } from "./channel-arguments.js";
import { type AxisPadding, effectiveKernel, wholeNumber } from "./geometry.js";
import { type Known, requireOptions } from "./known-options.js";
import { layoutIn, requireArray, shapeIn } from "./layout.js";
import { eachAxis, eachSide } from "./per-axis.js";
import { channelBiases } from "./per-channel.js";
import { requireResultRoom } from "./room.js";
import { kernelLetters, type Space } from "./space.js";

/** The options that mean the same in every space. */
export interface SharedTransposedOptions {
  /** Groups of channels that do not see each other (default 1). */
  readonly groups?: number;
  /** Added to every output: one number, or one for each output channel (default 0). */
  readonly bias?: number | readonly number[] | FloatArray;
}

/** {@link SharedTransposedOptions} with the others in whatever forms a space has for them. */
export interface AnyTransposedOptions extends SharedTransposedOptions {
  readonly stride?: unknown;
  readonly padding?: unknown;
  readonly outputPadding?: unknown;
  readonly dilation?: unknown;
}

const known: Known<AnyTransposedOptions> = {
  stride: true,
  padding: true,
  outputPadding: true,
  dilation: true,
  groups: true,
  bias: true,
};

/** One axis of a transposed convolution: n stamps of a kernel of k entries. */
export interface Stamps {
  readonly n: number;
  readonly k: number;
  readonly stride: number;
  readonly dilation: number;
  /** Pixels cut off before the first. */
  readonly before: number;
  /** Pixels that all stamps cover: stride·(n − 1) + dilation·(k − 1) + 1. */
  readonly covered: number;
  /** Pixels of the result. */
  readonly out: number;
}

/** What a transposed convolution in any space has settled. */
export interface SettledTransposed {
  readonly rank: number;
  readonly N: number;
  /** Input channels. */
  readonly C: number;
  /** Output channels. */
  readonly M: number;
  readonly groups: number;
  readonly bias: Float32Array;
  readonly shape: number[];
}

/**
 * Settles a transposed convolution in a space.
 *
 * @throws {ShapeError} when input and kernel do not go together, or nothing is left of the result.
 * @throws {ArgumentError} when an option is out of range.
 */
export function settleTransposed(
  space: Space,
  operation: string,
  input: FloatArray,
  kernel: FloatArray,
  options: AnyTransposedOptions,
): SettledTransposed & { readonly axes: readonly Stamps[] } {
  requireOptions(operation, options, known);
  const layout = layoutIn(space, input, operation);
  const spatial = space.length;
  requireArray(kernel, operation, "kernel");
  const ks = kernel.shape;
  if (ks.length !== spatial && ks.length !== spatial + 2) {
    const sizes = kernelLetters(space);
    throw new ShapeError(
      `${operation}: the kernel is that of the convolution, ${sizes}×(result's channels)×(input's channels), or ${sizes}; got ${shapeText(ks)}.`,
    );
  }
  if (ks.includes(0)) {
    throw new ShapeError(`${operation}: the kernel ${shapeText(ks)} is empty along one axis.`);
  }
  const [Mg = 1, C = 1] = ks.slice(spatial);
  requireChannels(operation, input, layout, kernel, C, "its last axis", spatial);
  const groups = wholeNumber(options.groups ?? 1, `${operation}: the number of groups`, 1);
  if (C % groups !== 0) {
    throw new ShapeError(
      `${operation}: ${groups} groups cannot share the input's ${C} channels evenly. Take a number of groups that divides ${C}.`,
    );
  }
  const axes = settleStamps(space, operation, layout.sizes, ks, options);
  const M = Mg * groups;
  const flat = layout.rank === spatial && ks.length === spatial;
  const sizes = axes.map(({ out }) => out);
  const shape = shapeIn(space, layout, sizes, M, flat);
  // The stamps are laid down whole before the padding is cut off.
  requireResultRoom(operation, [layout.N, ...axes.map(({ covered }) => covered), M]);
  requireResultRoom(operation, shape);
  return {
    rank: layout.rank,
    N: layout.N,
    C,
    M,
    groups,
    axes,
    bias: channelBiases(operation, options.bias, M),
    shape,
  };
}

/**
 * Settles where the stamps of a transposed convolution lie along each axis.
 *
 * @throws {ShapeError} when the padding leaves nothing of the result.
 * @throws {ArgumentError} when an option is out of range.
 */
export function settleStamps(
  space: Space,
  operation: string,
  sizes: readonly number[],
  kernel: readonly number[],
  {
    stride = 1,
    dilation = 1,
    outputPadding = 0,
    padding = "valid",
  }: Omit<AnyTransposedOptions, "bias">,
): Stamps[] {
  const strides = eachAxis(space, stride, "The stride", 1);
  const dilations = eachAxis(space, dilation, "The dilation", 1);
  const more = eachAxis(space, outputPadding, "The output padding", 0);
  const named = padding === "valid" || padding === "same" || padding === "full";
  const amounts = named ? undefined : eachSide(space, padding);
  return space.map(({ plural }, axis) => {
    const [n, k, s, d] = [sizes[axis]!, kernel[axis]!, strides[axis]!, dilations[axis]!];
    const walk = { n, k, stride: s, dilation: d, covered: s * (n - 1) + effectiveKernel(k, d) };
    requireOutputPadding(operation, plural, more[axis]!, s, padding === "same");
    const cut = amounts?.[axis] ?? namedCut(padding as string, walk);
    const out = walk.covered - cut.before - cut.after + more[axis]!;
    if (out < 1) {
      throw new ShapeError(
        `${operation}: the stamps cover ${walk.covered} ${plural}, and a padding of ${cut.before} and ${cut.after} leaves none of them. Take less padding.`,
      );
    }
    return { ...walk, before: cut.before, out };
  });
}

/** What a padding in words cuts off; with `"same"` n·stride is left, so that a short kernel has less than nothing cut. */
function namedCut(
  name: string,
  { n, k, stride, dilation, covered }: Omit<Stamps, "before" | "out">,
): AxisPadding {
  if (name === "same") {
    const before = Math.max(0, Math.floor((covered - n * stride) / 2));
    return { before, after: covered - n * stride - before };
  }
  const all = name === "full" ? effectiveKernel(k, dilation) - 1 : 0;
  return { before: all, after: all };
}

function requireOutputPadding(
  operation: string,
  plural: string,
  more: number,
  stride: number,
  same: boolean,
): void {
  if (same && more > 0) {
    throw new ArgumentError(
      `${operation}: "same" makes n·stride ${plural}, so there is no output padding to choose. Give the padding in numbers.`,
    );
  }
  if (more >= stride) {
    throw new ArgumentError(
      `${operation}: the output padding must be smaller than the stride, ${stride}; got ${more}. A convolution with that stride leaves out fewer ${plural} than this.`,
    );
  }
}
