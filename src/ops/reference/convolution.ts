/** Convolution over images as loops that read like the formula. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { type ConvOptions, planConvolution } from "../convolution-plan.js";

/**
 * Slides a kernel over an image; at each place it multiplies, adds up and adds the bias:
 *
 *     y[i, j, m] = b[m] + Σu Σv Σc  x[i·sy + u·dy − top, j·sx + v·dx − left, c] · k[u, v, c, m]
 *
 * Outside the image x is 0, or what `paddingMode` says. This is cross-correlation, what deep learning calls
 * convolution; `flip: true` turns the kernel by half a turn first and makes it the convolution of mathematics. With
 * `groups`, c runs over the channels of m's group alone.
 *
 * Sources: Dumoulin & Visin 2016, "A guide to convolution arithmetic for deep learning"; groups: Krizhevsky et al. 2012.
 *
 * @param input H×W, H×W×Cin or N×H×W×Cin; N may be 0. NaN and infinities spread to every output that reads them.
 * @param kernel Kh×Kw×(Cin / groups)×Cout, or Kh×Kw for an input of one channel.
 * @returns OH×OW, OH×OW×Cout or N×OH×OW×Cout: the input's rank, except that an H×W input gives OH×OW×Cout when
 *   the kernel names its channels. OH = ⌊(H + top + bottom − dy(Kh − 1) − 1) / sy⌋ + 1, and OW likewise.
 * @throws {ShapeError} when the channels differ or cannot be shared among the groups, or the kernel does not fit.
 * @throws {ArgumentError} for a stride, dilation, padding or bias out of range, and for an even kernel with `"same"`.
 * @example conv2d(array([[1, 2, 0], [3, 4, 1], [0, 1, 2]]), array([[1, 0], [2, -1]])) // → [[3, 9], [2, 4]]
 */
export function conv2d(
  input: FloatArray,
  kernel: FloatArray,
  options: ConvOptions = {},
): FloatArray {
  return correlate("conv2d", input, kernel, options);
}

/**
 * Convolution in the sense of mathematics: {@link conv2d} with the kernel turned by half a turn (`flip: true`).
 *
 * @throws {ShapeError} and {ArgumentError} as {@link conv2d}.
 * @example convolve2d(array([[0, 0, 0], [0, 1, 0], [0, 0, 0]]), array([[1, 2], [3, 4]])) // → [[1, 2], [3, 4]]
 */
export function convolve2d(
  input: FloatArray,
  kernel: FloatArray,
  options: ConvOptions = {},
): FloatArray {
  return correlate("convolve2d", input, kernel, { ...options, flip: true });
}

function correlate(
  operation: string,
  input: FloatArray,
  kernel: FloatArray,
  options: ConvOptions,
): FloatArray {
  const plan = planConvolution(operation, input, kernel, options);
  const { N, H, W, C, Kh, Kw, M, OH, OW, rows, columns, groups, bias, flip } = plan;
  const { stride: sy, dilation: dy, sources: rowAt } = rows;
  const { stride: sx, dilation: dx, sources: columnAt } = columns;
  const Cg = C / groups; // channels that one group reads
  const Mg = M / groups; // channels that it writes
  const x = rowMajor(input);
  const k = rowMajor(kernel);
  const y = new Float32Array(N * OH * OW * M);

  for (let n = 0; n < N; n++) {
    for (let i = 0; i < OH; i++) {
      for (let j = 0; j < OW; j++) {
        for (let m = 0; m < M; m++) {
          const first = Math.floor(m / Mg) * Cg; // first input channel of m's group
          let sum = bias[m]!;
          for (let u = 0; u < Kh; u++) {
            const row = rowAt[i * sy + u * dy]!; // the row at i·sy + u·dy − top
            if (row < 0) continue; // in the padding: zero
            const ku = flip ? Kh - 1 - u : u;
            for (let v = 0; v < Kw; v++) {
              const column = columnAt[j * sx + v * dx]!;
              if (column < 0) continue;
              const kv = flip ? Kw - 1 - v : v;
              const pixel = ((n * H + row) * W + column) * C + first; // x[n, row, column, first]
              const weight = (ku * Kw + kv) * Cg * M + m; // k[ku, kv, 0, m]
              for (let c = 0; c < Cg; c++) {
                sum += x[pixel + c]! * k[weight + c * M]!;
              }
            }
          }
          y[((n * OH + i) * OW + j) * M + m] = sum;
        }
      }
    }
  }
  return fromData(y, plan.shape);
}
