/** Depthwise convolution as loops that read like the formula. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { type DepthwiseOptions, planDepthwise } from "../depthwise-plan.js";
import { requireOutputGradient } from "../gradient-arguments.js";

/**
 * Gives each channel filters of its own and mixes no channels (the first half of a depthwise separable convolution):
 *
 *     y[i, j, c·M + q] = b[c·M + q] + Σu Σv  x[i·sy + u·dy − top, j·sx + v·dx − left, c] · k[u, v, c, q]
 *
 * with M = multiplier. It has Kh·Kw·C·M weights where `conv2d` to as many channels has C times as many.
 *
 * @param input H×W, H×W×C or N×H×W×C.
 * @param kernel Kh×Kw×C×multiplier, or Kh×Kw for one channel.
 * @returns OH×OW×(C·multiplier), with the input's N in front; OH×OW when input and kernel name no channels.
 * @throws {ShapeError} when the channels differ or the kernel does not fit.
 * @throws {ArgumentError} for a stride, dilation, padding or bias out of range.
 * @example
 * depthwiseConv2d(zeros([8, 8, 3]), zeros([3, 3, 3, 2])).shape // → [6, 6, 6]
 */
export function depthwiseConv2d(
  input: FloatArray,
  kernel: FloatArray,
  options: DepthwiseOptions = {},
): FloatArray {
  const plan = planDepthwise("depthwiseConv2d", input, kernel, options);
  const { N, H, W, C, Kh, Kw, OH, OW, multiplier: M, rows, columns, bias } = plan;
  const { stride: sy, dilation: dy, sources: rowAt } = rows;
  const { stride: sx, dilation: dx, sources: columnAt } = columns;
  const x = rowMajor(input);
  const k = rowMajor(kernel);
  const y = new Float32Array(N * OH * OW * C * M);

  for (let n = 0; n < N; n++) {
    for (let i = 0; i < OH; i++) {
      for (let j = 0; j < OW; j++) {
        for (let c = 0; c < C; c++) {
          for (let q = 0; q < M; q++) {
            let sum = bias[c * M + q]!;
            for (let u = 0; u < Kh; u++) {
              const row = rowAt[i * sy + u * dy]!;
              if (row < 0) continue; // in the padding: zero
              for (let v = 0; v < Kw; v++) {
                const column = columnAt[j * sx + v * dx]!;
                if (column < 0) continue;
                sum +=
                  x[((n * H + row) * W + column) * C + c]! * k[((u * Kw + v) * C + c) * M + q]!;
              }
            }
            y[(((n * OH + i) * OW + j) * C + c) * M + q] = sum;
          }
        }
      }
    }
  }
  return fromData(y, plan.shape);
}

/** Gradients of {@link depthwiseConv2d}. */
export interface DepthwiseGradient {
  /** Of the input's shape. */
  readonly input: FloatArray;
  /** Of the kernel's shape. */
  readonly kernel: FloatArray;
  /** One number for each output channel. */
  readonly bias: FloatArray;
}

/**
 * How a loss L changes with input, kernel and bias of {@link depthwiseConv2d}: each product x·k of the sum passes
 * ∂L/∂y on to both of its factors, weighted by the other.
 *
 * @param outputGradient ∂L/∂y, of the result's shape.
 * @returns ∂L/∂x, ∂L/∂k and ∂L/∂b.
 * @throws {ShapeError} and {ArgumentError} as {@link depthwiseConv2d}.
 * @example
 * const ones = array([[1, 1], [1, 1]])
 * depthwiseConv2dGradient(array([[1, 2, 3], [4, 5, 6]]), ones, array([[1, 1]])).kernel // → [[3, 5], [9, 11]]
 */
export function depthwiseConv2dGradient(
  input: FloatArray,
  kernel: FloatArray,
  outputGradient: FloatArray,
  options: DepthwiseOptions = {},
): DepthwiseGradient {
  const plan = planDepthwise("depthwiseConv2dGradient", input, kernel, options);
  requireOutputGradient("depthwiseConv2dGradient", outputGradient, plan.shape);
  const { N, H, W, C, Kh, Kw, OH, OW, multiplier: M, rows, columns } = plan;
  const { stride: sy, dilation: dy, sources: rowAt } = rows;
  const { stride: sx, dilation: dx, sources: columnAt } = columns;
  const x = rowMajor(input);
  const k = rowMajor(kernel);
  const gy = rowMajor(outputGradient);
  const gx = new Float64Array(x.length);
  const gk = new Float64Array(k.length);
  const gb = new Float64Array(C * M);

  for (let n = 0; n < N; n++) {
    for (let i = 0; i < OH; i++) {
      for (let j = 0; j < OW; j++) {
        for (let c = 0; c < C; c++) {
          for (let q = 0; q < M; q++) {
            const g = gy[(((n * OH + i) * OW + j) * C + c) * M + q]!;
            gb[c * M + q]! += g;
            for (let u = 0; u < Kh; u++) {
              const row = rowAt[i * sy + u * dy]!;
              if (row < 0) continue;
              for (let v = 0; v < Kw; v++) {
                const column = columnAt[j * sx + v * dx]!;
                if (column < 0) continue;
                const pixel = ((n * H + row) * W + column) * C + c;
                const weight = ((u * Kw + v) * C + c) * M + q;
                gx[pixel]! += g * k[weight]!;
                gk[weight]! += g * x[pixel]!;
              }
            }
          }
        }
      }
    }
  }
  return {
    input: fromData(Float32Array.from(gx), input.shape),
    kernel: fromData(Float32Array.from(gk), kernel.shape),
    bias: fromData(Float32Array.from(gb), [C * M]),
  };
}
