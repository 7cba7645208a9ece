import { type FloatArray, fromData, rowMajor, shapeText } from "../../array.js";
import { ArgumentError, ShapeError } from "../../errors.js";
import { type ConvOptions, planConvolution } from "../../ops/convolution-plan.js";
import { avgPool, conv2d, maxPool } from "../../ops/index.js";
import type { WindowWalk } from "../../ops/options.js";
import { type PoolOptions, planPooling } from "../../ops/pooling-plan.js";

/** Rows of numbers, with the index of the first row and column. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  /** Row by row; NaN is a gap. */
  readonly values: Float32Array;
  readonly firstRow: number;
  readonly firstColumn: number;
}

/** How the values under the window become one. */
export type Rule =
  | { readonly kind: "sum"; readonly kernel: Matrix; readonly bias: number; readonly flip: boolean }
  | { readonly kind: "max" | "mean"; readonly kernel?: undefined };

/** A window that moves, and what it makes. */
export interface Moves {
  /** A window gathers input values into one output; a transposed one spreads one input value over the output. */
  readonly direction: "gather" | "spread";
  /** With its padding, whose rows and columns have negative numbers. */
  readonly input: Matrix;
  /** Of a spread: with the border that is cut off in the end, in negative numbers too. */
  readonly output: Matrix;
  /** Rows and columns without padding: of the input, or of a spread's output. */
  readonly bare: readonly [number, number];
  readonly walks: Pick<WindowWalk, "rows" | "columns">;
  readonly rule: Rule;
  /** Whether the input is a row of numbers. */
  readonly flat: boolean;
}

/** Most places of the window that a figure carries. */
export const MOST_PLACES = 10_000;

/** A matrix of an H×W array, or of a row of L numbers. */
export function matrix(a: FloatArray): Matrix {
  const [rows = 0, columns = 0] = a.shape.length === 1 ? [1, a.shape[0]] : a.shape;
  return { rows, columns, values: rowMajor(a), firstRow: 0, firstColumn: 0 };
}

/** Refuses what is not one channel of numbers that sums can be written of. */
export function checkOneChannel(a: FloatArray, what: string, figure: string): void {
  if (a?.shape?.length !== 2 && a?.shape?.length !== 1) {
    throw new ShapeError(
      `${figure} draws one channel: the ${what} is H×W, or a row of L numbers; got ${a?.shape ? shapeText(a.shape) : String(a)}. Take one channel with image.channel(x, i).`,
    );
  }
  const odd = rowMajor(a).find((value) => !Number.isFinite(value));
  if (odd !== undefined) {
    throw new ArgumentError(
      `${figure} writes its sums out: the ${what} must hold numbers, but there is ${odd} in it.`,
    );
  }
}

/** Refuses a row beside a matrix. */
export function checkSameAxes(input: FloatArray, kernel: FloatArray, figure: string): void {
  if (input.shape.length === kernel.shape.length) return;
  throw new ShapeError(
    `${figure}: a row of numbers goes with a kernel of K numbers, a picture with one of Kh×Kw; got ${shapeText(input.shape)} and ${shapeText(kernel.shape)}.`,
  );
}

/** Refuses more places than a figure carries. */
export function checkPlaces({ rows, columns }: Matrix, figure: string): void {
  if (rows * columns > MOST_PLACES) {
    throw new ArgumentError(
      `${figure} draws at most ${MOST_PLACES} places of the window; this one has ${rows * columns} (${shapeText([rows, columns])}). Crop or shrink the input: image.resize(x, { width: 28 }).`,
    );
  }
}

/** How an axis is padded: the place of the input at each place of the padded axis, −1 for none. */
type Bordered = { readonly before: number; readonly sources: Int32Array };

/** Puts a border around a matrix: values of its own, as the padding says, or `empty`. */
function bordered(inside: Matrix, rows: Bordered, columns: Bordered, empty: number): Matrix {
  const [height, width] = [rows.sources.length, columns.sources.length];
  const values = new Float32Array(height * width).fill(empty);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [row, column] = [rows.sources[y]!, columns.sources[x]!];
      if (row < 0 || column < 0) continue;
      values[y * width + x] = inside.values[row * inside.columns + column]!;
    }
  }
  return {
    rows: height,
    columns: width,
    values,
    firstRow: 0 - rows.before,
    firstColumn: 0 - columns.before,
  };
}

/** The border of an axis that takes no values from the input. */
function gaps({ n, before, after }: Moves["walks"]["rows"]): Bordered {
  const inside = (_: unknown, place: number): number =>
    place >= before && place < before + n ? place - before : -1;
  return { before, sources: Int32Array.from({ length: before + n + after }, inside) };
}

/** A row of L numbers as a picture of one row, so that one rule serves both. */
export function asPicture(a: FloatArray): FloatArray {
  return a.shape.length === 1 ? fromData(rowMajor(a), [1, a.shape[0]!]) : a;
}

/** The moves of a convolution, over a picture or over a row of numbers. */
export function convolutionMoves(
  input: FloatArray,
  kernel: FloatArray,
  options: ConvOptions,
): Moves {
  checkOneChannel(input, "input", "plot.slide");
  checkOneChannel(kernel, "kernel", "plot.slide");
  checkSameAxes(input, kernel, "plot.slide");
  const [x, k] = [asPicture(input), asPicture(kernel)];
  const flat = input.shape.length === 1;
  const settled = flat ? { ...options, padding: alongTheRow(options.padding) } : options;
  const plan = planConvolution("plot.slide", x, k, settled);
  const output = matrix(conv2d(x, k, settled));
  checkPlaces(output, "plot.slide");
  const drawn = matrix(k);
  const values = plan.flip ? drawn.values.slice().reverse() : drawn.values;
  return {
    direction: "gather",
    input: bordered(matrix(x), plan.rows, plan.columns, 0),
    bare: [plan.H, plan.W],
    output,
    walks: plan,
    rule: {
      kind: "sum",
      kernel: { ...drawn, values },
      bias: plan.bias[0]!,
      flip: plan.flip,
    },
    flat,
  };
}

/** A row is padded at its two ends alone. */
export function alongTheRow(
  padding: ConvOptions["padding"] = "valid",
): NonNullable<ConvOptions["padding"]> {
  if (typeof padding === "number") return [0, padding];
  if (Array.isArray(padding)) return { left: padding[0], right: padding[1] };
  return padding;
}

/** The moves of a pooling. */
export function poolingMoves(input: FloatArray, kind: "max" | "mean", options: PoolOptions): Moves {
  if (input?.shape?.length === 1) {
    throw new ShapeError(`plot.pool draws a picture of H×W; got ${shapeText(input.shape)}.`);
  }
  checkOneChannel(input, "input", "plot.pool");
  const output = matrix(kind === "max" ? maxPool(input, options) : avgPool(input, options));
  checkPlaces(output, "plot.pool");
  const plan = planPooling("plot.pool", input, options);
  return {
    direction: "gather",
    // The border of a pooling belongs to no window's answer.
    input: bordered(matrix(input), gaps(plan.rows), gaps(plan.columns), Number.NaN),
    bare: [plan.H, plan.W],
    output,
    walks: plan,
    rule: { kind },
    flat: false,
  };
}
