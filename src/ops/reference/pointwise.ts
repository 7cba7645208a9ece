/** Pointwise (1×1) convolution as loops that read like the formula. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import { type PointwiseOptions, planPointwise } from "../pointwise-plan.js";

/**
 * Mixes the channels of each pixel and looks at no neighbour: a 1×1 convolution, or one fully connected layer applied
 * at every pixel (Lin et al. 2014, "Network in network"; the second half of a depthwise separable convolution):
 *
 *     y[i, j, m] = b[m] + Σc  x[i, j, c] · k[c, m]
 *
 * With `groups`, output channel m sees only the channels of its own group.
 *
 * @param input H×W, H×W×Cin or N×H×W×Cin.
 * @param kernel Cin×Cout or 1×1×Cin×Cout; with groups (Cin/groups)×Cout.
 * @returns H×W×Cout, or N×H×W×Cout.
 * @throws {ShapeError} when the channels differ, or the kernel is larger than 1×1.
 * @throws {ArgumentError} for a bias out of range, or groups that do not divide the channels.
 * @example
 * pointwiseConv2d(array([[[1, 2, 3]]]), array([[1, 0], [1, 0], [1, 10]])) // → [[[6, 30]]]
 */
export function pointwiseConv2d(
  input: FloatArray,
  kernel: FloatArray,
  options: PointwiseOptions = {},
): FloatArray {
  const plan = planPointwise("pointwiseConv2d", input, kernel, options);
  const { N, H, W, C, M, groups, bias } = plan;
  const Cg = C / groups;
  const Mg = M / groups;
  const x = rowMajor(input);
  const k = rowMajor(kernel);
  const y = new Float32Array(N * H * W * M);

  for (let p = 0; p < N * H * W; p++) {
    for (let m = 0; m < M; m++) {
      const first = p * C + Math.floor(m / Mg) * Cg; // the first channel of m's group, at pixel p
      let sum = bias[m]!;
      for (let c = 0; c < Cg; c++) sum += x[first + c]! * k[c * M + m]!;
      y[p * M + m] = sum;
    }
  }
  return fromData(y, plan.shape);
}

/** Gradients of {@link pointwiseConv2d}. */
export interface PointwiseGradient {
  /** Of the input's shape. */
  readonly input: FloatArray;
  /** Of the kernel's shape. */
  readonly kernel: FloatArray;
  /** One number for each output channel. */
  readonly bias: FloatArray;
}

/**
 * How a loss L changes with input, kernel and bias of {@link pointwiseConv2d}.
 *
 * @param outputGradient ∂L/∂y, of the result's shape.
 * @returns ∂L/∂x, ∂L/∂k and ∂L/∂b.
 * @throws {ShapeError} and {ArgumentError} as {@link pointwiseConv2d}.
 * @example
 * pointwiseConv2dGradient(array([[[1, 2]]]), array([[3], [4]]), array([[[1]]])).input // → [[[3, 4]]]
 */
export function pointwiseConv2dGradient(
  input: FloatArray,
  kernel: FloatArray,
  outputGradient: FloatArray,
  options: PointwiseOptions = {},
): PointwiseGradient {
  const plan = planPointwise("pointwiseConv2dGradient", input, kernel, options);
  requireOutputGradient("pointwiseConv2dGradient", outputGradient, plan.shape);
  const { N, H, W, C, M, groups } = plan;
  const Cg = C / groups;
  const Mg = M / groups;
  const x = rowMajor(input);
  const k = rowMajor(kernel);
  const gy = rowMajor(outputGradient);
  const gx = new Float64Array(x.length);
  const gk = new Float64Array(k.length);
  const gb = new Float64Array(M);

  for (let p = 0; p < N * H * W; p++) {
    for (let m = 0; m < M; m++) {
      const g = gy[p * M + m]!;
      const first = p * C + Math.floor(m / Mg) * Cg;
      gb[m]! += g;
      for (let c = 0; c < Cg; c++) {
        gx[first + c]! += g * k[c * M + m]!;
        gk[c * M + m]! += g * x[first + c]!;
      }
    }
  }
  return {
    input: fromData(Float32Array.from(gx), input.shape),
    kernel: fromData(Float32Array.from(gk), kernel.shape),
    bias: fromData(Float32Array.from(gb), [M]),
  };
}
