/** Gradients of the convolution over signals, as loops that read like the formulas. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { type Conv1dOptions, planConvolution1d } from "../convolution-plan-1d.js";
import type { ConvGradients } from "../convolution-settling.js";
import { requireOutputGradient } from "../gradient-arguments.js";

/**
 * How a loss L changes with everything that went into {@link conv1d}, given g = ∂L/∂y:
 *
 *     ∂L/∂x[step, c] = Σ g[i, m] · k[u, c, m]    over all i, u, m that read this value
 *     ∂L/∂k[u, c, m] = Σi  g[i, m] · x[i·s + u·d − before, c]
 *     ∂L/∂b[m]       = Σi  g[i, m]
 *
 * A value that a border shows again (`paddingMode`) also gets what its copies get. Sums are in double precision.
 *
 * @param input as for {@link conv1d}: L, L×Cin or N×L×Cin.
 * @param kernel as for {@link conv1d}.
 * @param outputGradient ∂L/∂y, of the shape that `conv1d` gives.
 * @param options as for {@link conv1d}; for {@link convolve1d} with `flip: true`. The bias plays no part.
 * @returns gradients of the shapes of the input and the kernel, and one number for each output channel.
 * @throws {ShapeError} and {ArgumentError} as {@link conv1d}, and when the output's gradient has another shape.
 * @example conv1dGradient(array([1, 2, 3]), array([4, 5]), array([1, 10])).input // → [4, 45, 50]
 */
export function conv1dGradient(
  input: FloatArray,
  kernel: FloatArray,
  outputGradient: FloatArray,
  options: Conv1dOptions = {},
): ConvGradients {
  const plan = planConvolution1d("conv1dGradient", input, kernel, options);
  requireOutputGradient("conv1dGradient", outputGradient, plan.shape);
  const { N, L, C, K, M, OL, steps, groups, flip } = plan;
  const { stride: s, dilation: d, sources: stepAt } = steps;
  const Cg = C / groups;
  const Mg = M / groups;
  const x = rowMajor(input);
  const k = rowMajor(kernel);
  const g = rowMajor(outputGradient);
  const xGradient = new Float64Array(x.length);
  const kGradient = new Float64Array(k.length);
  const bGradient = new Float64Array(M);

  for (let n = 0; n < N; n++) {
    for (let i = 0; i < OL; i++) {
      for (let m = 0; m < M; m++) {
        const first = Math.floor(m / Mg) * Cg;
        const slope = g[(n * OL + i) * M + m]!;
        bGradient[m]! += slope;
        for (let u = 0; u < K; u++) {
          const step = stepAt[i * s + u * d]!;
          if (step < 0) continue; // in the padding: no value
          const ku = flip ? K - 1 - u : u;
          const value = (n * L + step) * C + first;
          const weight = ku * Cg * M + m;
          for (let c = 0; c < Cg; c++) {
            xGradient[value + c]! += slope * k[weight + c * M]!;
            kGradient[weight + c * M]! += slope * x[value + c]!;
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
