/** Convolution by a column and a row in turn, as loops. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import {
  planSpatiallySeparable,
  type SpatiallySeparableOptions,
  type SpatiallySeparablePlan,
} from "../spatially-separable-plan.js";

/**
 * Convolves with a column, then with a row: the same as one convolution with their product k[u, v] = a[u]·b[v], at
 * Kh + Kw products for each output where that takes Kh·Kw. Every channel is filtered by itself.
 *
 *     t[i, q] = Σu a[u] · x[i·sy + u·dy − top, q],   y[i, j] = bias + Σv b[v] · t[i, j·sx + v·dx − left]
 *
 * @param input H×W, H×W×C or N×H×W×C.
 * @param column Kh×1 or Kh; {@link separate} finds it for any kernel.
 * @param row 1×Kw or Kw.
 * @returns the input's rank, OH×OW.
 * @throws {ShapeError} when column or row has another shape, or does not fit.
 * @throws {ArgumentError} for a stride, dilation, padding or bias out of range.
 * @example
 * const { column, row } = separate(filters.sobelX())
 * spatiallySeparableConv2d(array([[1, 2, 4], [1, 2, 4], [1, 2, 4]]), column, row) // → [[12]]
 */
export function spatiallySeparableConv2d(
  input: FloatArray,
  column: FloatArray,
  row: FloatArray,
  options: SpatiallySeparableOptions = {},
): FloatArray {
  const plan = planSpatiallySeparable("spatiallySeparableConv2d", input, column, row, options);
  const { N, W, C, Kw, OH, OW, columns, bias } = plan;
  const { stride: sx, dilation: dx, sources: columnAt } = columns;
  const b = rowMajor(row);
  const t = downColumns(rowMajor(input), rowMajor(column), plan);
  const y = new Float32Array(N * OH * OW * C);

  for (let n = 0; n < N; n++) {
    for (let i = 0; i < OH; i++) {
      for (let j = 0; j < OW; j++) {
        for (let c = 0; c < C; c++) {
          let sum = bias[c]!;
          for (let v = 0; v < Kw; v++) {
            const q = columnAt[j * sx + v * dx]!; // the column at j·sx + v·dx − left
            if (q >= 0) sum += b[v]! * t[((n * OH + i) * W + q) * C + c]!;
          }
          y[((n * OH + i) * OW + j) * C + c] = sum;
        }
      }
    }
  }
  return fromData(y, plan.shape);
}

/** The first pass: N×OH×W×C. */
function downColumns(
  x: Float32Array,
  a: Float32Array,
  { N, H, W, C, Kh, OH, rows }: SpatiallySeparablePlan,
): Float64Array {
  const { stride: sy, dilation: dy, sources: rowAt } = rows;
  const t = new Float64Array(N * OH * W * C);
  for (let n = 0; n < N; n++) {
    for (let i = 0; i < OH; i++) {
      for (let u = 0; u < Kh; u++) {
        const p = rowAt[i * sy + u * dy]!;
        if (p < 0) continue; // in the padding: zero
        for (let q = 0; q < W * C; q++) {
          t[(n * OH + i) * W * C + q]! += a[u]! * x[(n * H + p) * W * C + q]!;
        }
      }
    }
  }
  return t;
}

/** Gradients of {@link spatiallySeparableConv2d}. */
export interface SpatiallySeparableGradient {
  /** Of the input's shape. */
  readonly input: FloatArray;
  /** Of the column's shape. */
  readonly column: FloatArray;
  /** Of the row's shape. */
  readonly row: FloatArray;
  /** One number for each channel. */
  readonly bias: FloatArray;
}

/**
 * How a loss L changes with the input, the column and the row of {@link spatiallySeparableConv2d}: back through the
 * row's pass, then through the column's.
 *
 * @param outputGradient ∂L/∂y, of the result's shape.
 * @throws {ShapeError} and {ArgumentError} as {@link spatiallySeparableConv2d}.
 * @example
 * spatiallySeparableConv2dGradient(array([[1, 2]]), array([3]), array([4, 5]), array([[1]])).row // → [3, 6]
 */
export function spatiallySeparableConv2dGradient(
  input: FloatArray,
  column: FloatArray,
  row: FloatArray,
  outputGradient: FloatArray,
  options: SpatiallySeparableOptions = {},
): SpatiallySeparableGradient {
  const name = "spatiallySeparableConv2dGradient";
  const plan = planSpatiallySeparable(name, input, column, row, options);
  requireOutputGradient(name, outputGradient, plan.shape);
  const { N, H, W, C, Kh, Kw, OH, OW, rows, columns } = plan;
  const { stride: sy, dilation: dy, sources: rowAt } = rows;
  const { stride: sx, dilation: dx, sources: columnAt } = columns;
  const x = rowMajor(input);
  const a = rowMajor(column);
  const b = rowMajor(row);
  const gy = rowMajor(outputGradient);
  const t = downColumns(x, a, plan);
  const gt = new Float64Array(t.length);
  const gx = new Float64Array(x.length);
  const ga = new Float64Array(Kh);
  const gb = new Float64Array(Kw);
  const gBias = new Float64Array(C);

  for (let n = 0; n < N; n++) {
    for (let i = 0; i < OH; i++) {
      for (let j = 0; j < OW; j++) {
        for (let c = 0; c < C; c++) {
          const g = gy[((n * OH + i) * OW + j) * C + c]!;
          gBias[c]! += g;
          for (let v = 0; v < Kw; v++) {
            const q = columnAt[j * sx + v * dx]!;
            if (q < 0) continue;
            gt[((n * OH + i) * W + q) * C + c]! += g * b[v]!;
            gb[v]! += g * t[((n * OH + i) * W + q) * C + c]!;
          }
        }
      }
      for (let u = 0; u < Kh; u++) {
        const p = rowAt[i * sy + u * dy]!;
        if (p < 0) continue;
        for (let q = 0; q < W * C; q++) {
          gx[(n * H + p) * W * C + q]! += gt[(n * OH + i) * W * C + q]! * a[u]!;
          ga[u]! += gt[(n * OH + i) * W * C + q]! * x[(n * H + p) * W * C + q]!;
        }
      }
    }
  }
  return {
    input: fromData(Float32Array.from(gx), input.shape),
    column: fromData(Float32Array.from(ga), column.shape),
    row: fromData(Float32Array.from(gb), row.shape),
    bias: fromData(Float32Array.from(gBias), [C]),
  };
}
