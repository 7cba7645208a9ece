/** Transposed convolution over signals as loops that read like the formula. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import { planTransposed1d, type Transposed1dOptions } from "../transposed-plan.js";
import type { TransposedGradient } from "./transposed.js";

/**
 * Stamps the kernel once for each input value, weighted by it, `stride` steps apart, and adds up where stamps overlap:
 *
 *     y[i·s + u·d − before, m] += x[i, c] · k[u, m, c]     (then + b[m])
 *
 * It is the transpose of the convolution {@link conv1d} with the same kernel and options.
 *
 * @param input L, L×Cin or N×L×Cin.
 * @param kernel that of the convolution: K×(channels of the result / groups)×(channels of the input), or K.
 * @returns the input's rank; s(L − 1) + d(K − 1) + 1 − before − after + outputPadding steps; with `"same"` L·s.
 * @throws {ShapeError} when the channels differ, or the padding leaves nothing.
 * @throws {ArgumentError} for an option out of range; the output padding must be smaller than the stride.
 * @example transposedConv1d(array([1, 2, 3]), array([1, 10, 100]), { stride: 2 }) // → [1, 10, 102, 20, 203, 30, 300]
 */
export function transposedConv1d(
  input: FloatArray,
  kernel: FloatArray,
  options: Transposed1dOptions = {},
): FloatArray {
  const plan = planTransposed1d("transposedConv1d", input, kernel, options);
  const { N, C, M, groups, bias } = plan;
  const { n: L, k: K, stride: s, dilation: d, before, out: OL } = plan.steps;
  const Cg = C / groups; // input channels of one group
  const Mg = M / groups; // output channels of one group
  const x = rowMajor(input);
  const k = rowMajor(kernel);
  const y = new Float64Array(N * OL * M);
  for (let o = 0; o < y.length; o++) y[o] = bias[o % M]!;

  for (let n = 0; n < N; n++) {
    for (let i = 0; i < L; i++) {
      for (let u = 0; u < K; u++) {
        const place = i * s + u * d - before;
        if (place < 0 || place >= OL) continue; // cut off
        for (let c = 0; c < C; c++) {
          const value = x[(n * L + i) * C + c]!;
          const first = (n * OL + place) * M + Math.floor(c / Cg) * Mg; // the first channel of c's group
          for (let m = 0; m < Mg; m++) y[first + m]! += value * k[(u * Mg + m) * C + c]!;
        }
      }
    }
  }
  return fromData(Float32Array.from(y), plan.shape);
}

/**
 * How a loss L changes with input, kernel and bias of {@link transposedConv1d}. The gradient of the input is the
 * convolution {@link conv1d} of ∂L/∂y with the same kernel.
 *
 * @param outputGradient ∂L/∂y, of the result's shape.
 * @returns ∂L/∂x, ∂L/∂k and ∂L/∂b.
 * @throws {ShapeError} and {ArgumentError} as {@link transposedConv1d}.
 * @example
 * transposedConv1dGradient(array([1, 2]), array([1, 1, 1]), array([1, 2, 3, 4, 5]), { stride: 2 }).input // → [6, 12]
 */
export function transposedConv1dGradient(
  input: FloatArray,
  kernel: FloatArray,
  outputGradient: FloatArray,
  options: Transposed1dOptions = {},
): TransposedGradient {
  const plan = planTransposed1d("transposedConv1dGradient", input, kernel, options);
  requireOutputGradient("transposedConv1dGradient", outputGradient, plan.shape);
  const { N, C, M, groups } = plan;
  const { n: L, k: K, stride: s, dilation: d, before, out: OL } = plan.steps;
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
    for (let i = 0; i < L; i++) {
      for (let u = 0; u < K; u++) {
        const place = i * s + u * d - before;
        if (place < 0 || place >= OL) continue;
        for (let c = 0; c < C; c++) {
          const at = (n * L + i) * C + c;
          const first = (n * OL + place) * M + Math.floor(c / Cg) * Mg;
          for (let m = 0; m < Mg; m++) {
            const weight = (u * Mg + m) * C + c;
            gx[at]! += gy[first + m]! * k[weight]!;
            gk[weight]! += gy[first + m]! * x[at]!;
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
