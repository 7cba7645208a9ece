/** Transposed convolution as loops that read like the formula. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import { planTransposed, type TransposedOptions } from "../transposed-plan.js";

/**
 * Stamps the kernel once for each input value, weighted by it, `stride` pixels apart, and adds up where stamps overlap:
 *
 *     y[i·sy + u·dy − top, j·sx + v·dx − left, m] += x[i, j, c] · k[u, v, m, c]     (then + b[m])
 *
 * It is the transpose of the convolution with the same kernel and options: what is an output there is an input here,
 * and ⟨conv2d(x, k), y⟩ = ⟨x, transposedConv2d(y, k)⟩. It enlarges by about the stride, but is no inverse. (Also called
 * deconvolution, fractionally strided convolution; Zeiler et al. 2010; Dumoulin and Visin 2016, section 4.)
 *
 * @param input H×W, H×W×Cin or N×H×W×Cin.
 * @param kernel that of the convolution: Kh×Kw×(channels of the result / groups)×(channels of the input), or Kh×Kw.
 *   PyTorch's weight Cin×Cout×Kh×Kw is this with `transpose(2, 3, 1, 0)`.
 * @returns the input's rank; sy(H − 1) + dy(Kh − 1) + 1 − top − bottom + outputPadding rows, columns likewise; with
 *   `"same"` H·sy. Rows of the output padding that no stamp reaches hold the bias.
 * @throws {ShapeError} when the channels differ, or the padding leaves nothing.
 * @throws {ArgumentError} for an option out of range; the output padding must be smaller than the stride.
 * @example transposedConv2d(array([[1, 2]]), array([[1, 1, 1]]), { stride: 2 }) // → [[1, 1, 3, 2, 2]]
 */
export function transposedConv2d(
  input: FloatArray,
  kernel: FloatArray,
  options: TransposedOptions = {},
): FloatArray {
  const plan = planTransposed("transposedConv2d", input, kernel, options);
  const { N, C, M, groups, rows, columns, bias } = plan;
  const { n: H, k: Kh, stride: sy, dilation: dy, before: top, out: OH } = rows;
  const { n: W, k: Kw, stride: sx, dilation: dx, before: left, out: OW } = columns;
  const Cg = C / groups; // input channels of one group
  const Mg = M / groups; // output channels of one group
  const x = rowMajor(input);
  const k = rowMajor(kernel);
  const y = new Float64Array(N * OH * OW * M);
  for (let o = 0; o < y.length; o++) y[o] = bias[o % M]!;

  for (let n = 0; n < N; n++) {
    for (let i = 0; i < H; i++) {
      for (let j = 0; j < W; j++) {
        for (let u = 0; u < Kh; u++) {
          const row = i * sy + u * dy - top;
          if (row < 0 || row >= OH) continue; // cut off
          for (let v = 0; v < Kw; v++) {
            const column = j * sx + v * dx - left;
            if (column < 0 || column >= OW) continue;
            for (let c = 0; c < C; c++) {
              const value = x[((n * H + i) * W + j) * C + c]!;
              const first = Math.floor(c / Cg) * Mg; // first output channel of c's group
              const pixel = ((n * OH + row) * OW + column) * M + first; // y[n, row, column, first]
              const weight = (u * Kw + v) * Mg * C + c; // k[u, v, 0, c]
              for (let m = 0; m < Mg; m++) y[pixel + m]! += value * k[weight + m * C]!;
            }
          }
        }
      }
    }
  }
  return fromData(Float32Array.from(y), plan.shape);
}

/** Gradients of {@link transposedConv2d}. */
export interface TransposedGradient {
  /** Of the input's shape. */
  readonly input: FloatArray;
  /** Of the kernel's shape. */
  readonly kernel: FloatArray;
  /** One number for each output channel. */
  readonly bias: FloatArray;
}

/**
 * How a loss L changes with input, kernel and bias of {@link transposedConv2d}. The gradient of the input is the
 * convolution {@link conv2d} of ∂L/∂y with the same kernel.
 *
 * @param outputGradient ∂L/∂y, of the result's shape.
 * @returns ∂L/∂x, ∂L/∂k and ∂L/∂b.
 * @throws {ShapeError} and {ArgumentError} as {@link transposedConv2d}.
 * @example
 * const g = array([[1, 2, 3, 4, 5]])
 * transposedConv2dGradient(array([[1, 2]]), array([[1, 1, 1]]), g, { stride: 2 }).input // → [[6, 12]]
 */
export function transposedConv2dGradient(
  input: FloatArray,
  kernel: FloatArray,
  outputGradient: FloatArray,
  options: TransposedOptions = {},
): TransposedGradient {
  const plan = planTransposed("transposedConv2dGradient", input, kernel, options);
  requireOutputGradient("transposedConv2dGradient", outputGradient, plan.shape);
  const { N, C, M, groups, rows, columns } = plan;
  const { n: H, k: Kh, stride: sy, dilation: dy, before: top, out: OH } = rows;
  const { n: W, k: Kw, stride: sx, dilation: dx, before: left, out: OW } = columns;
  const Cg = C / groups;
  const Mg = M / groups;
  const x = rowMajor(input);
  const k = rowMajor(kernel);
  const gy = rowMajor(outputGradient);
  const gx = new Float64Array(x.length);
  const gk = new Float64Array(k.length);
  const gb = new Float64Array(M);
  for (let o = 0; o < gy.length; o++) gb[o % M]! += gy[o]!;

  for (let n = 0; n < N; n++) {
    for (let i = 0; i < H; i++) {
      for (let j = 0; j < W; j++) {
        for (let u = 0; u < Kh; u++) {
          const row = i * sy + u * dy - top;
          if (row < 0 || row >= OH) continue;
          for (let v = 0; v < Kw; v++) {
            const column = j * sx + v * dx - left;
            if (column < 0 || column >= OW) continue;
            for (let c = 0; c < C; c++) {
              const place = ((n * H + i) * W + j) * C + c;
              const pixel = ((n * OH + row) * OW + column) * M + Math.floor(c / Cg) * Mg;
              const weight = (u * Kw + v) * Mg * C + c;
              for (let m = 0; m < Mg; m++) {
                gx[place]! += gy[pixel + m]! * k[weight + m * C]!;
                gk[weight + m * C]! += gy[pixel + m]! * x[place]!;
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
    bias: fromData(Float32Array.from(gb), [M]),
  };
}
