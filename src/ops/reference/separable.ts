/** Depthwise separable convolution: the depthwise and the pointwise one in turn. */
import type { FloatArray } from "../../array.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import { planSeparable, type SeparableOptions } from "../separable-plan.js";
import { depthwiseConv2d, depthwiseConv2dGradient } from "./depthwise.js";
import { pointwiseConv2d, pointwiseConv2dGradient } from "./pointwise.js";

/**
 * Looks around in each channel by itself, then mixes the channels of each pixel: {@link depthwiseConv2d}, then
 * {@link pointwiseConv2d} (Sifre 2014; Chollet 2017, "Xception"; Howard et al. 2017, "MobileNets"). With M = 1 it
 * takes Kh·Kw·Cin + Cin·Cout weights where {@link conv2d} takes Kh·Kw·Cin·Cout.
 *
 * @param input H×W, H×W×Cin or N×H×W×Cin.
 * @param depthwiseKernel Kh×Kw×Cin×M.
 * @param pointwiseKernel (Cin·M)×Cout, or 1×1×(Cin·M)×Cout.
 * @param options those of {@link depthwiseConv2d}; the bias, one for each of Cout, is added at the end.
 * @returns OH×OW×Cout, or N×OH×OW×Cout.
 * @throws {ShapeError} when the channels differ or the kernel does not fit.
 * @throws {ArgumentError} for an option out of range.
 * @example
 * separableConv2d(zeros([8, 8, 3]), zeros([3, 3, 3, 1]), zeros([3, 16]), { padding: "same" }).shape // → [8, 8, 16]
 */
export function separableConv2d(
  input: FloatArray,
  depthwiseKernel: FloatArray,
  pointwiseKernel: FloatArray,
  options: SeparableOptions = {},
): FloatArray {
  planSeparable("separableConv2d", input, depthwiseKernel, pointwiseKernel, options);
  const { bias, ...walk } = options;
  const eachChannel = depthwiseConv2d(input, depthwiseKernel, walk);
  return pointwiseConv2d(eachChannel, pointwiseKernel, bias === undefined ? {} : { bias });
}

/** Gradients of {@link separableConv2d}. */
export interface SeparableGradient {
  /** Of the input's shape. */
  readonly input: FloatArray;
  /** Of the depthwise kernel's shape. */
  readonly depthwiseKernel: FloatArray;
  /** Of the pointwise kernel's shape. */
  readonly pointwiseKernel: FloatArray;
  /** One number for each output channel. */
  readonly bias: FloatArray;
}

/**
 * How a loss L changes with the input and the weights of {@link separableConv2d}: back through the pointwise half,
 * then through the depthwise one.
 *
 * @param outputGradient ∂L/∂y, of the result's shape.
 * @throws {ShapeError} and {ArgumentError} as {@link separableConv2d}.
 * @example
 * const [x, k, mix] = [array([[1, 2]]), array([[3]]), array([[10]])]
 * separableConv2dGradient(x, k, mix, array([[[1], [1]]])).pointwiseKernel // → [[9]]
 */
export function separableConv2dGradient(
  input: FloatArray,
  depthwiseKernel: FloatArray,
  pointwiseKernel: FloatArray,
  outputGradient: FloatArray,
  options: SeparableOptions = {},
): SeparableGradient {
  const name = "separableConv2dGradient";
  const plan = planSeparable(name, input, depthwiseKernel, pointwiseKernel, options);
  requireOutputGradient(name, outputGradient, plan.pointwise.shape);
  const { bias: _, ...walk } = options;
  const eachChannel = depthwiseConv2d(input, depthwiseKernel, walk);
  const mixing = pointwiseConv2dGradient(eachChannel, pointwiseKernel, outputGradient);
  const looking = depthwiseConv2dGradient(input, depthwiseKernel, mixing.input, walk);
  return {
    input: looking.input,
    depthwiseKernel: looking.kernel,
    pointwiseKernel: mixing.kernel,
    bias: mixing.bias,
  };
}
