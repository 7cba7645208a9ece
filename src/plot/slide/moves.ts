import { type FloatArray, rowMajor, shapeText } from "../../array.js";
import { ArgumentError, ShapeError } from "../../errors.js";
import { type ConvOptions, planConvolution } from "../../ops/convolution-plan.js";
import { avgPool, conv2d, maxPool } from "../../ops/index.js";
import type { WindowWalk } from "../../ops/options.js";
import { type PoolOptions, planPooling } from "../../ops/pooling-plan.js";

/** Rows of numbers, with the index of the first row and column. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float32Array;
  readonly firstRow: number;
  readonly firstColumn: number;
}

/** How the values under the window become one. */
export type Rule =
  | { readonly kind: "sum"; readonly kernel: Matrix; readonly bias: number; readonly flip: boolean }
  | { readonly kind: "max" | "mean"; readonly kernel?: undefined };

/** A window that moves over an input, and what it makes. */
export interface Moves {
  /** The input with its padding; the first row and column are negative then. */
  readonly input: Matrix;
  /** Rows and columns of the input without padding. */
  readonly bare: readonly [number, number];
  readonly output: Matrix;
  readonly walks: WindowWalk;
  readonly rule: Rule;
}

/** Most places of the window that a figure carries. */
export const MOST_PLACES = 1024;

function matrix(a: FloatArray): Matrix {
  const [rows = 0, columns = 0] = a.shape;
  return { rows, columns, values: rowMajor(a), firstRow: 0, firstColumn: 0 };
}

function checkFlat(a: FloatArray, what: string): void {
  if (a?.shape?.length === 2) return;
  throw new ShapeError(
    `plot.slide draws one channel: the ${what} is a single H×W; got ${a?.shape ? shapeText(a.shape) : String(a)}. Take one channel with image.channel(x, i).`,
  );
}

function checkPlaces(output: FloatArray): void {
  const [rows = 0, columns = 0] = output.shape;
  if (rows * columns > MOST_PLACES) {
    throw new ArgumentError(
      `plot.slide draws at most ${MOST_PLACES} places of the window; this one has ${rows * columns} (${shapeText(output.shape)}). Crop or shrink the input: image.resize(x, { width: 28 }).`,
    );
  }
}

/** The input with as many zeros (or gaps, for a maximum) around it as the window visits or the padding names. */
function padded(input: FloatArray, { rows, columns }: WindowWalk, border: number): Matrix {
  const [h = 0, w = 0] = input.shape;
  const from = rowMajor(input);
  const height = rows.before + h + rows.after;
  const width = columns.before + w + columns.after;
  const values = new Float32Array(height * width).fill(border);
  for (let y = 0; y < h; y++) {
    values.set(from.subarray(y * w, (y + 1) * w), (y + rows.before) * width + columns.before);
  }
  return {
    rows: height,
    columns: width,
    values,
    firstRow: 0 - rows.before,
    firstColumn: 0 - columns.before,
  };
}

/** The moves of a convolution. */
export function convolutionMoves(
  input: FloatArray,
  kernel: FloatArray,
  options: ConvOptions,
): Moves {
  checkFlat(input, "input");
  checkFlat(kernel, "kernel");
  const plan = planConvolution("plot.slide", input, kernel, options);
  const output = conv2d(input, kernel, options);
  checkPlaces(output);
  const drawn = matrix(kernel);
  const values = plan.flip ? drawn.values.slice().reverse() : drawn.values;
  const rule: Rule = {
    kind: "sum",
    kernel: { ...drawn, values },
    bias: plan.bias[0]!,
    flip: plan.flip,
  };
  return {
    input: padded(input, plan, 0),
    bare: [plan.H, plan.W],
    output: matrix(output),
    walks: plan,
    rule,
  };
}

/** The moves of a pooling. */
export function poolingMoves(input: FloatArray, kind: "max" | "mean", options: PoolOptions): Moves {
  checkFlat(input, "input");
  const output = kind === "max" ? maxPool(input, options) : avgPool(input, options);
  checkPlaces(output);
  const plan = planPooling("plot.pool", input, options);
  return {
    // The border of a pooling belongs to no window's answer.
    input: padded(input, plan, Number.NaN),
    bare: [plan.H, plan.W],
    output: matrix(output),
    walks: plan,
    rule: { kind },
  };
}

/** Where the window lies for an output place: its first row and column in the input, and how far it spans. */
export function windowAt(
  { walks }: Moves,
  row: number,
  column: number,
): { top: number; left: number; height: number; width: number } {
  const { rows, columns } = walks;
  return {
    top: row * rows.stride - rows.before,
    left: column * columns.stride - columns.before,
    height: (rows.k - 1) * rows.dilation + 1,
    width: (columns.k - 1) * columns.dilation + 1,
  };
}

/** The input values under the window, row by row of the kernel. */
export function valuesUnder(moves: Moves, row: number, column: number): number[][] {
  const { input, walks } = moves;
  const { top, left } = windowAt(moves, row, column);
  return Array.from({ length: walks.rows.k }, (_, u) =>
    Array.from({ length: walks.columns.k }, (_, v) => {
      const y = top + u * walks.rows.dilation - input.firstRow;
      const x = left + v * walks.columns.dilation - input.firstColumn;
      return input.values[y * input.columns + x]!;
    }),
  );
}
