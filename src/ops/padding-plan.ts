/** What a padding is about to do: which place of the input stands at each place of the output. */
import type { FloatArray } from "../array.js";
import { borderSources, type PadMode, requirePadMode } from "./border.js";
import type { AxisPadding } from "./geometry.js";
import { type ImageLayout, type Layout, layoutIn, shapeIn } from "./layout.js";
import type { EndPadding, SidePadding, Sides, VolumePadding } from "./options.js";
import { eachSide } from "./per-axis.js";
import { requireResultRoom } from "./room.js";
import { IMAGE, LINE, type Space, VOLUME } from "./space.js";

export type { PadMode } from "./border.js";

/** One axis of a padding. */
export interface PaddedAxis extends AxisPadding {
  /** For each place of the padded axis the place of the input that stands there, −1 for a zero. */
  readonly sources: Int32Array;
}

/**
 * Settles a padding in any space.
 *
 * @throws {ShapeError} when the input has other axes, or is too small to be mirrored or repeated that far.
 * @throws {ArgumentError} when the padding or the mode is none of those that exist.
 */
export function settlePadding(
  space: Space,
  operation: string,
  input: FloatArray,
  padding: unknown,
  mode: PadMode,
): Layout & { readonly axes: readonly PaddedAxis[]; readonly shape: number[] } {
  const layout = layoutIn(space, input, operation);
  const borders = eachSide(space, padding);
  requirePadMode(mode, operation);
  const padded = borders.map(({ before, after }, axis) => before + layout.sizes[axis]! + after);
  const shape = shapeIn(space, layout, padded, layout.C);
  requireResultRoom(operation, shape);
  const axes = borders.map((border, axis) => {
    const { plural } = space[axis]!;
    const sources = borderSources(layout.sizes[axis]!, border, mode, operation, plural);
    return { ...border, sources };
  });
  return { ...layout, axes, shape };
}

/** A padding of images with every number settled. */
export interface PaddingPlan extends ImageLayout, Required<Sides> {
  readonly OH: number;
  readonly OW: number;
  /** Input row for each output row, −1 for a row of zeros. */
  readonly rowOf: Int32Array;
  /** Input column for each output column, −1 for a column of zeros. */
  readonly columnOf: Int32Array;
  /** Rows and columns. */
  readonly axes: readonly PaddedAxis[];
  readonly shape: number[];
}

/**
 * Settles a padding of images.
 *
 * @throws {ShapeError} when the input is no image, or too small to be mirrored or repeated that far.
 * @throws {ArgumentError} when the padding or the mode is none of those that exist.
 */
export function planPadding(
  input: FloatArray,
  padding: SidePadding,
  mode: PadMode,
  operation = "pad",
): PaddingPlan {
  const { rank, N, sizes, C, axes, shape } = settlePadding(IMAGE, operation, input, padding, mode);
  const [rows, columns] = axes as readonly [PaddedAxis, PaddedAxis];
  return {
    rank,
    N,
    H: sizes[0]!,
    W: sizes[1]!,
    C,
    top: rows.before,
    bottom: rows.after,
    left: columns.before,
    right: columns.after,
    OH: rows.sources.length,
    OW: columns.sources.length,
    rowOf: rows.sources,
    columnOf: columns.sources,
    axes,
    shape,
  };
}

/** A padding of signals with every number settled. */
export interface PaddingPlan1d {
  readonly N: number;
  readonly L: number;
  readonly C: number;
  readonly OL: number;
  /** Input step for each output step, −1 for a zero. */
  readonly stepOf: Int32Array;
  readonly axes: readonly PaddedAxis[];
  readonly shape: number[];
}

/**
 * Settles a padding of signals.
 *
 * @throws {ShapeError} when the input is no signal, or too short to be mirrored or repeated that far.
 * @throws {ArgumentError} when the padding or the mode is none of those that exist.
 */
export function planPadding1d(
  operation: string,
  input: FloatArray,
  padding: EndPadding,
  mode: PadMode,
): PaddingPlan1d {
  const { N, sizes, C, axes, shape } = settlePadding(LINE, operation, input, padding, mode);
  const { sources } = axes[0]!;
  return { N, L: sizes[0]!, C, OL: sources.length, stepOf: sources, axes, shape };
}

/** A padding of volumes with every number settled. */
export interface PaddingPlan3d {
  readonly N: number;
  readonly D: number;
  readonly H: number;
  readonly W: number;
  readonly C: number;
  readonly OD: number;
  readonly OH: number;
  readonly OW: number;
  /** Input slice, row and column for each of the output, −1 for zeros. */
  readonly sliceOf: Int32Array;
  readonly rowOf: Int32Array;
  readonly columnOf: Int32Array;
  readonly axes: readonly PaddedAxis[];
  readonly shape: number[];
}

/**
 * Settles a padding of volumes.
 *
 * @throws {ShapeError} when the input is no volume, or too small to be mirrored or repeated that far.
 * @throws {ArgumentError} when the padding or the mode is none of those that exist.
 */
export function planPadding3d(
  operation: string,
  input: FloatArray,
  padding: VolumePadding,
  mode: PadMode,
): PaddingPlan3d {
  const { N, sizes, C, axes, shape } = settlePadding(VOLUME, operation, input, padding, mode);
  const [slices, rows, columns] = axes as readonly [PaddedAxis, PaddedAxis, PaddedAxis];
  return {
    N,
    D: sizes[0]!,
    H: sizes[1]!,
    W: sizes[2]!,
    C,
    OD: slices.sources.length,
    OH: rows.sources.length,
    OW: columns.sources.length,
    sliceOf: slices.sources,
    rowOf: rows.sources,
    columnOf: columns.sources,
    axes,
    shape,
  };
}
