/** What a transposed convolution is about to do: every size settled and every mistake refused first. */
import { type FloatArray, shapeText } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { channelBiases, requireChannels } from "./channel-arguments.js";
import { type AxisPadding, effectiveKernel, wholeNumber } from "./geometry.js";
import { type ImageLayout, imageLayout, requireArray } from "./layout.js";
import { type Padding, type PerAxis, perAxis } from "./options.js";
import { eachSide } from "./per-axis.js";
import { IMAGE } from "./space.js";

/** Options of {@link transposedConv2d}: those of the convolution whose transpose it is. */
export interface TransposedOptions {
  /** Pixels from one stamp of the kernel to the next; a number, or `[down, across]` (default 1). */
  readonly stride?: PerAxis;
  /**
   * What the convolution would add, and so what is cut off here: `"valid"` (default) nothing, numbers that many
   * pixels, `"same"` what leaves n·stride, `"full"` all but the places where the whole kernel lies inside.
   */
  readonly padding?: Padding;
  /** Rows and columns more at the bottom and the right, smaller than the stride (default 0). */
  readonly outputPadding?: PerAxis;
  /** Distance between neighbouring kernel entries; a number, or `[down, across]` (default 1). */
  readonly dilation?: PerAxis;
  /** Groups of channels that do not see each other (default 1). */
  readonly groups?: number;
  /** Added to every output: one number, or one for each output channel (default 0). */
  readonly bias?: number | readonly number[] | FloatArray;
}

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

/** A transposed convolution with every number settled. */
export interface TransposedPlan extends ImageLayout {
  readonly rows: Stamps;
  readonly columns: Stamps;
  /** Output channels. */
  readonly M: number;
  readonly groups: number;
  readonly bias: Float32Array;
  readonly shape: number[];
}

/**
 * Settles a transposed convolution.
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
  const layout = imageLayout(input, operation);
  requireArray(kernel, operation, "kernel");
  const ks = kernel.shape;
  if (ks.length !== 2 && ks.length !== 4) {
    throw new ShapeError(
      `${operation}: the kernel is that of the convolution, Kh×Kw×(result's channels)×(input's channels), or Kh×Kw; got ${shapeText(ks)}.`,
    );
  }
  if (ks.includes(0)) {
    throw new ShapeError(`${operation}: the kernel ${shapeText(ks)} is empty along one axis.`);
  }
  const [Kh, Kw, Mg = 1, C = 1] = ks as [number, number, number?, number?];
  requireChannels(
    operation,
    input,
    layout,
    kernel,
    C,
    "its last axis: it is the kernel of the convolution from the result to the input",
  );
  const groups = wholeNumber(options.groups ?? 1, `${operation}: the number of groups`, 1);
  if (C % groups !== 0) {
    throw new ShapeError(
      `${operation}: ${groups} groups cannot share the input's ${C} channels evenly. Take a number of groups that divides ${C}.`,
    );
  }
  const M = Mg * groups;
  const strides = perAxis(options.stride ?? 1, "The stride", 1);
  const dilations = perAxis(options.dilation ?? 1, "The dilation", 1);
  const more = perAxis(options.outputPadding ?? 0, "The output padding", 0);
  const padding = options.padding ?? "valid";
  const named = padding === "valid" || padding === "same" || padding === "full";
  const sides = named ? undefined : eachSide(IMAGE, padding);
  const axis = (which: 0 | 1, n: number, k: number): Stamps => {
    const name = named ? (padding as "valid" | "same" | "full") : sides![which]!;
    return stamps(
      operation,
      IMAGE[which]!.plural,
      n,
      k,
      strides[which],
      dilations[which],
      name,
      more[which],
    );
  };
  const rows = axis(0, layout.H, Kh);
  const columns = axis(1, layout.W, Kw);
  const flat = layout.rank === 2 && ks.length === 2;
  const image = flat ? [rows.out, columns.out] : [rows.out, columns.out, M];
  return {
    ...layout,
    rows,
    columns,
    M,
    groups,
    bias: channelBiases(operation, options.bias, M),
    shape: layout.rank === 4 ? [layout.N, ...image] : image,
  };
}

/**
 * Settles one axis.
 *
 * @param plural what the axis counts, in messages.
 */
function stamps(
  operation: string,
  plural: string,
  n: number,
  k: number,
  stride: number,
  dilation: number,
  padding: "valid" | "same" | "full" | AxisPadding,
  outputPadding: number,
): Stamps {
  const span = effectiveKernel(k, dilation);
  const covered = stride * (n - 1) + span;
  if (outputPadding >= stride && outputPadding > 0) {
    throw new ArgumentError(
      `${operation}: the output padding must be smaller than the stride, ${stride}; got ${outputPadding}. A convolution with that stride loses fewer ${plural} than this.`,
    );
  }
  if (padding === "same") {
    if (outputPadding > 0) {
      throw new ArgumentError(
        `${operation}: "same" makes n·stride ${plural}, so there is no output padding to choose. Give the padding in numbers.`,
      );
    }
    return {
      n,
      k,
      stride,
      dilation,
      covered,
      before: Math.floor(Math.max(0, span - stride) / 2),
      out: n * stride,
    };
  }
  const all = padding === "full" ? span - 1 : 0;
  const { before, after } = typeof padding === "string" ? { before: all, after: all } : padding;
  const out = covered - before - after + outputPadding;
  if (out < 1) {
    throw new ShapeError(
      `${operation}: the stamps cover ${covered} ${plural}, and a padding of ${before} and ${after} leaves none of them. Take less padding.`,
    );
  }
  return { n, k, stride, dilation, before, covered, out };
}
