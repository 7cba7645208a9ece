import { type FloatArray, rowMajor } from "../../array.js";
import { transposedConv2d } from "../../ops/index.js";
import { planTransposed, type TransposedOptions } from "../../ops/transposed-plan.js";
import {
  alongTheRow,
  asPicture,
  checkOneChannel,
  checkPlaces,
  checkSameAxes,
  type Matrix,
  type Moves,
  matrix,
} from "./moves.js";

/** The moves of a transposed convolution: every input value leaves a stamp of the kernel on the output. */
export function transposedMoves(
  input: FloatArray,
  kernel: FloatArray,
  options: TransposedOptions,
): Moves {
  const figure = "plot.slideTransposed";
  checkOneChannel(input, "input", figure);
  checkOneChannel(kernel, "kernel", figure);
  checkSameAxes(input, kernel, figure);
  const flat = input.shape.length === 1;
  const [x, k] = [asPicture(input), asPicture(kernel)];
  const { padding = "valid" } = options;
  const settled = flat
    ? { ...options, padding: alongTheRow(padding), ...acrossAlone(options) }
    : options;
  const { rows, columns, bias } = planTransposed(figure, x, k, settled);
  checkPlaces(matrix(x), figure);
  const { stride = 1, dilation = 1 } = settled;
  const stamps = transposedConv2d(x, k, { stride, dilation, bias: bias[0]! });
  return {
    direction: "spread",
    input: matrix(x),
    output: canvas(stamps, bias[0]!, [rows.before, columns.before], [rows.out, columns.out]),
    bare: [rows.out, columns.out],
    walks: { rows: walk(rows), columns: walk(columns) },
    rule: { kind: "sum", kernel: matrix(k), bias: bias[0]!, flip: false },
    flat,
  };
}

/** Along a row of numbers, stride and the rest are those of its columns. */
function acrossAlone({
  stride = 1,
  dilation = 1,
  outputPadding = 0,
}: TransposedOptions): Pick<TransposedOptions, "stride" | "dilation" | "outputPadding"> {
  const across = (value: number | readonly [number, number], down: number) =>
    typeof value === "number" ? ([down, value] as const) : value;
  return {
    stride: across(stride, 1),
    dilation: across(dilation, 1),
    outputPadding: across(outputPadding, 0),
  };
}

function walk({
  n,
  k,
  stride,
  dilation,
  before,
  out,
}: ReturnType<typeof planTransposed>["rows"]): Moves["walks"]["rows"] {
  return { n, k, stride, dilation, before, after: 0, out };
}

/** All stamps, with the border that is cut off, and the rows that the output padding adds. */
function canvas(
  stamps: FloatArray,
  bias: number,
  [top, left]: readonly [number, number],
  [height, width]: readonly [number, number],
): Matrix {
  const [h = 0, w = 0] = stamps.shape;
  const rows = Math.max(h, top + height);
  const columns = Math.max(w, left + width);
  const values = new Float32Array(rows * columns).fill(bias);
  for (let y = 0; y < h; y++) {
    values.set(rowMajor(stamps).subarray(y * w, (y + 1) * w), y * columns);
  }
  return { rows, columns, values, firstRow: 0 - top, firstColumn: 0 - left };
}
