/** What a pooling is about to do: every size settled and every mistake refused first. */

import { type FloatArray, shapeText } from "../array.js";
import { cameText } from "../came.js";
import { ArgumentError, ShapeError } from "../errors.js";
import type { Walk } from "./geometry.js";
import { type Known, requireOptions } from "./known-options.js";
import { type ImageLayout, imageLayout } from "./layout.js";
import { type Padding, type PerAxis, perAxis, type WindowWalk, windowWalk } from "./options.js";
import { requireWalkRoom } from "./room.js";

/** Options of {@link maxPool} and {@link maxPoolWithIndices}. */
export interface PoolOptions {
  /** Size of the window: a number, or `[rows, columns]`. */
  readonly size: PerAxis;
  /** Pixels from one window to the next (default: the size, so that windows tile the image). */
  readonly stride?: PerAxis;
  /** As for a convolution (default `"valid"`). Added pixels are never the maximum. */
  readonly padding?: Padding;
  /**
   * Whether a last window may hang over the bottom or right edge, provided that it starts inside the image or the
   * padding at its top or left (default `false`: rows and columns that fill no window are left out).
   */
  readonly ceil?: boolean;
}

/** Options of {@link avgPool}. */
export interface AvgPoolOptions extends PoolOptions {
  /**
   * Whether the pixels of the padding count as zeros, as in PyTorch unless told otherwise (default `false`: the mean
   * of the image's own pixels, as in TensorFlow). What hangs over beyond the padding never counts.
   */
  readonly countPadding?: boolean;
}

const known: Known<AvgPoolOptions> = {
  size: true,
  stride: true,
  padding: true,
  ceil: true,
  countPadding: true,
};

/** A pooling with every number settled. */
export interface PoolingPlan extends ImageLayout, WindowWalk {
  readonly Kh: number;
  readonly Kw: number;
  readonly OH: number;
  readonly OW: number;
  /** What counts in a mean: the image's rows and columns, or the padding's too. */
  readonly countedRows: Span;
  readonly countedColumns: Span;
  readonly shape: number[];
}

/** Rows or columns from `first` to before `end`, in the image's coordinates: the padding before it is negative. */
export interface Span {
  readonly first: number;
  readonly end: number;
}

/**
 * Settles a pooling.
 *
 * @throws {ShapeError} when the input is no image or the window does not fit.
 * @throws {ArgumentError} when an option is out of range, or a window could lie in the padding alone.
 */
export function planPooling(
  operation: string,
  input: FloatArray,
  sizeOrOptions: PerAxis | AvgPoolOptions,
): PoolingPlan {
  const layout = imageLayout(input, operation);
  const options: AvgPoolOptions =
    typeof sizeOrOptions === "object" && sizeOrOptions !== null && "size" in sizeOrOptions
      ? sizeOrOptions
      : { size: sizeOrOptions as PerAxis };
  requireOptions(operation, options, known);
  const { H, W } = layout;
  const { rows, columns, overhang } = poolingWalks(operation, [H, W], options);
  requireWalkRoom(operation, [rows, columns], { ...layout, M: layout.C });
  const { countPadding = false } = options;
  requireBoolean(operation, "countPadding", countPadding);
  const counted = (walk: Walk, n: number, beyond: number): Span =>
    countPadding ? { first: -walk.before, end: n + walk.after - beyond } : { first: 0, end: n };
  const OH = rows.out;
  const OW = columns.out;
  const image = layout.rank === 2 ? [OH, OW] : [OH, OW, layout.C];
  return {
    ...layout,
    rows,
    columns,
    Kh: rows.k,
    Kw: columns.k,
    OH,
    OW,
    countedRows: counted(rows, H, overhang[0]),
    countedColumns: counted(columns, W, overhang[1]),
    shape: layout.rank === 4 ? [layout.N, ...image] : image,
  };
}

/**
 * How the window of a pooling walks over an image of H×W. What hangs over the edge with `ceil` is in `after`, and its
 * pixels beyond the padding in `overhang`.
 *
 * @throws {ShapeError} when the window does not fit.
 * @throws {ArgumentError} when an option is out of range, or a window could lie in the padding alone.
 */
export function poolingWalks(
  operation: string,
  [H, W]: readonly [number, number],
  { size, stride, padding = "valid", ceil = false }: PoolOptions,
): WindowWalk & { readonly overhang: readonly [rows: number, columns: number] } {
  const [Kh, Kw] = perAxis(size, `${operation}: the window size`, 1);
  requireBoolean(operation, "ceil", ceil);
  const walkOver = (h: number, w: number): WindowWalk =>
    windowWalk([h, w], [Kh, Kw], {
      stride: stride ?? [Kh, Kw],
      padding,
      dilation: 1,
      evenSame: true,
    });
  // "same" leaves nothing over. A window that hangs over may be larger than the image, hence the larger one here.
  const hanging = ceil && padding !== "same";
  const { rows, columns } = hanging ? walkOver(Math.max(H, Kh), Math.max(W, Kw)) : walkOver(H, W);
  requireWindowsOnImage(operation, rows);
  requireWindowsOnImage(operation, columns);
  if (!hanging) return { rows, columns, overhang: [0, 0] };
  const down = hangingWalk(rows, H);
  const across = hangingWalk(columns, W);
  if (down.out < 1 || across.out < 1) walkOver(H, W); // says what does not fit
  const overhang = [down.after - rows.after, across.after - columns.after] as const;
  return { rows: down, columns: across, overhang };
}

/** The walk over `n` pixels whose last window may hang over the end: ⌈(n + before + after − k) / stride⌉ + 1 places. */
export function hangingWalk(settled: Walk, n: number): Walk {
  const { k, stride, before, after } = settled;
  const room = n + before + after;
  let out = Math.ceil((room - k) / stride) + 1;
  if ((out - 1) * stride >= n + before) out--; // it would start below the image
  return { ...settled, n, out, after: after + Math.max(0, (out - 1) * stride + k - room) };
}

function requireWindowsOnImage(operation: string, { before, after, k }: Walk): void {
  const most = Math.max(before, after);
  if (most >= k) {
    throw new ArgumentError(
      `${operation}: padding ${most} must be smaller than the window, ${k}: a window in the padding alone would hold no value.`,
    );
  }
}

function requireBoolean(operation: string, name: string, value: unknown): void {
  if (typeof value !== "boolean") {
    throw new ArgumentError(`${operation}: ${name} is true or false; got ${cameText(value)}.`);
  }
}

/** How many pixels count in the mean of each window: the number at (i, j) is `rows[i] * columns[j]`. */
export function windowCounts(plan: PoolingPlan): { rows: Float32Array; columns: Float32Array } {
  const along = ({ out, stride, before, k }: Walk, { first, end }: Span): Float32Array =>
    Float32Array.from({ length: out }, (_, i) => {
      const start = i * stride - before;
      return Math.min(end, start + k) - Math.max(first, start);
    });
  return {
    rows: along(plan.rows, plan.countedRows),
    columns: along(plan.columns, plan.countedColumns),
  };
}

/** Float32 holds every whole number up to here. */
const LARGEST_INDEX = 2 ** 24;

/**
 * Refuses an image so large that a place in it is no exact 32-bit float.
 *
 * @throws {ShapeError} naming the limit.
 */
export function requireExactIndices(operation: string, { H, W }: ImageLayout): void {
  if (H * W > LARGEST_INDEX) {
    throw new ShapeError(
      `${operation}: an image of ${shapeText([H, W])} has more places than an index can name exactly, ${LARGEST_INDEX}. Pool it in parts.`,
    );
  }
}
