/** Gradients of the convolution over images, as loops that read like the formulas. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { type ConvOptions, planConvolution } from "../convolution-plan.js";
import type { ConvGradients } from "../convolution-settling.js";
import { requireOutputGradient } from "../gradient-arguments.js";

/**
 * How a loss L changes with everything that went into {@link conv2d}, given g = ∂L/∂y. Each product
 * x[row, column, c] · k[u, v, c, m] of the output y[i, j, m] sends g[i, j, m] back to both its factors:
 *
 *     ∂L/∂x[row, column, c] = Σ g[i, j, m] · k[u, v, c, m]    over all i, j, u, v, m that read this pixel
 *     ∂L/∂k[u, v, c, m]     = Σi Σj  g[i, j, m] · x[i·sy + u·dy − top, j·sx + v·dx − left, c]
 *     ∂L/∂b[m]              = Σi Σj  g[i, j, m]
 *
 * A pixel that a border shows again (`paddingMode`) also gets what its copies get. Sums are in double precision.
 *
 * Source: Goodfellow, Bengio & Courville 2016, "Deep learning", section 9.5.
 *
 * @param input as for {@link conv2d}: H×W, H×W×Cin or N×H×W×Cin.
 * @param kernel as for {@link conv2d}.
 * @param outputGradient ∂L/∂y, of the shape that `conv2d` gives.
 * @param options as for {@link conv2d}; for {@link convolve2d} with `flip: true`. The bias plays no part.
 * @returns gradients of the shapes of the input and the kernel, and one number for each output channel.
 * @throws {ShapeError} and {ArgumentError} as {@link conv2d}, and when the output's gradient has another shape.
 * @example conv2dGradient(array([[1, 2, 3]]), array([[4, 5]]), array([[1, 10]])).kernel // → [[21, 32]]
 */
export function conv2dGradient(
  input: FloatArray,
  kernel: FloatArray,
  outputGradient: FloatArray,
  options: ConvOptions = {},
): ConvGradients {
  const plan = planConvolution("conv2dGradient", input, kernel, options);
  requireOutputGradient("conv2dGradient", outputGradient, plan.shape);
  const { N, H, W, C, Kh, Kw, M, OH, OW, rows, columns, groups, flip } = plan;
  const { stride: sy, dilation: dy, sources: rowAt } = rows;
  const { stride: sx, dilation: dx, sources: columnAt } = columns;
  const Cg = C / groups;
  const Mg = M / groups;
  const x = rowMajor(input);
  const k = rowMajor(kernel);
  const g = rowMajor(outputGradient);
  const xGradient = new Float64Array(x.length);
  const kGradient = new Float64Array(k.length);
  const bGradient = new Float64Array(M);

  for (let n = 0; n < N; n++) {
    for (let i = 0; i < OH; i++) {
      for (let j = 0; j < OW; j++) {
        for (let m = 0; m < M; m++) {
          const first = Math.floor(m / Mg) * Cg;
          const slope = g[((n * OH + i) * OW + j) * M + m]!;
          bGradient[m]! += slope;
          for (let u = 0; u < Kh; u++) {
            const row = rowAt[i * sy + u * dy]!;
            if (row < 0) continue; // in the padding: no pixel
            const ku = flip ? Kh - 1 - u : u;
            for (let v = 0; v < Kw; v++) {
              const column = columnAt[j * sx + v * dx]!;
              if (column < 0) continue;
              const kv = flip ? Kw - 1 - v : v;
              const pixel = ((n * H + row) * W + column) * C + first;
              const weight = (ku * Kw + kv) * Cg * M + m;
              for (let c = 0; c < Cg; c++) {
                xGradient[pixel + c]! += slope * k[weight + c * M]!;
                kGradient[weight + c * M]! += slope * x[pixel + c]!;
              }
            }
          }
        }
      }
    }
  }
  return {
    input: fromData(Float32Array.from(xGradient), input.shape),
    kernel: fromData(Float32Array.from(kGradient), kernel.shape),
    bias: fromData(Float32Array.from(bGradient), [M]),
  };
}
