/** Convolution over signals as loops that read like the formula. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { type Conv1dOptions, planConvolution1d } from "../convolution-plan-1d.js";

/**
 * Slides a kernel along a signal; at each place it multiplies, adds up and adds the bias:
 *
 *     y[i, m] = b[m] + Σu Σc  x[i·s + u·d − before, c] · k[u, c, m]
 *
 * Outside the signal x is 0, or what `paddingMode` says. This is cross-correlation; `flip: true` turns the kernel
 * end to end first and makes it the convolution of mathematics. With `groups`, c runs over the channels of m's group.
 *
 * Source: Dumoulin & Visin 2016, "A guide to convolution arithmetic for deep learning".
 *
 * @param input L, L×Cin or N×L×Cin; N may be 0. NaN and infinities spread to every output that reads them.
 * @param kernel K×(Cin / groups)×Cout, or K for an input of one channel.
 * @returns OL, OL×Cout or N×OL×Cout: the input's rank, except that a plain L gives OL×Cout when the kernel names its
 *   channels. OL = ⌊(L + before + after − d(K − 1) − 1) / s⌋ + 1.
 * @throws {ShapeError} when the channels differ or cannot be shared among the groups, or the kernel does not fit.
 * @throws {ArgumentError} for a stride, dilation, padding or bias out of range, and for an even kernel with `"same"`.
 * @example conv1d(array([1, 4, 9, 16, 25]), array([-1, 0, 1])) // → [8, 12, 16]
 */
export function conv1d(
  input: FloatArray,
  kernel: FloatArray,
  options: Conv1dOptions = {},
): FloatArray {
  return correlate("conv1d", input, kernel, options);
}

/**
 * Convolution of signals in the sense of mathematics: {@link conv1d} with the kernel turned end to end
 * (`flip: true`). With `padding: "full"` it multiplies polynomials.
 *
 * @throws {ShapeError} and {ArgumentError} as {@link conv1d}.
 * @example convolve1d(array([1, 1]), array([1, 2, 1]), { padding: "full" }) // → [1, 3, 3, 1]
 */
export function convolve1d(
  input: FloatArray,
  kernel: FloatArray,
  options: Conv1dOptions = {},
): FloatArray {
  return correlate("convolve1d", input, kernel, { ...options, flip: true });
}

function correlate(
  operation: string,
  input: FloatArray,
  kernel: FloatArray,
  options: Conv1dOptions,
): FloatArray {
  const plan = planConvolution1d(operation, input, kernel, options);
  const { N, L, C, K, M, OL, steps, groups, bias, flip } = plan;
  const { stride: s, dilation: d, sources: stepAt } = steps;
  const Cg = C / groups; // channels that one group reads
  const Mg = M / groups; // channels that it writes
  const x = rowMajor(input);
  const k = rowMajor(kernel);
  const y = new Float32Array(N * OL * M);

  for (let n = 0; n < N; n++) {
    for (let i = 0; i < OL; i++) {
      for (let m = 0; m < M; m++) {
        const first = Math.floor(m / Mg) * Cg; // first input channel of m's group
        let sum = bias[m]!;
        for (let u = 0; u < K; u++) {
          const step = stepAt[i * s + u * d]!; // the step at i·s + u·d − before
          if (step < 0) continue; // in the padding: zero
          const ku = flip ? K - 1 - u : u;
          const value = (n * L + step) * C + first; // x[n, step, first]
          const weight = ku * Cg * M + m; // k[ku, 0, m]
          for (let c = 0; c < Cg; c++) {
            sum += x[value + c]! * k[weight + c * M]!;
          }
        }
        y[(n * OL + i) * M + m] = sum;
      }
    }
  }
  return fromData(y, plan.shape);
}
