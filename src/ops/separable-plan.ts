/** What a depthwise separable convolution is about to do: its two halves settled one after the other. */
import { type FloatArray, shapeText, zeros } from "../array.js";
import { ShapeError } from "../errors.js";
import {
  type DepthwiseOptions,
  type DepthwisePlan,
  planDepthwise,
  requireDepthwiseOptions,
} from "./depthwise-plan.js";
import { requireArray } from "./layout.js";
import { type PointwisePlan, planPointwise } from "./pointwise-plan.js";

/** Options of {@link separableConv2d}: those of the depthwise half, and one bias at the end. */
export type SeparableOptions = DepthwiseOptions;

/** A depthwise separable convolution with every number settled. */
export interface SeparablePlan {
  readonly depthwise: DepthwisePlan;
  readonly pointwise: PointwisePlan;
}

/**
 * Settles a depthwise separable convolution.
 *
 * @throws {ShapeError} when input and kernels do not go together.
 * @throws {ArgumentError} when an option is out of range.
 */
export function planSeparable(
  operation: string,
  input: FloatArray,
  depthwiseKernel: FloatArray,
  pointwiseKernel: FloatArray,
  options: SeparableOptions,
): SeparablePlan {
  requireDepthwiseOptions(operation, options);
  const { bias, ...walk } = options;
  const depthwise = planDepthwise(operation, input, depthwiseKernel, walk);
  const { rank, N, OH, OW, C, multiplier } = depthwise;
  requireArray(pointwiseKernel, operation, "pointwise kernel");
  const reads = pointwiseKernel.shape.at(-2);
  if (pointwiseKernel.shape.length % 2 === 0 && reads !== C * multiplier) {
    throw new ShapeError(
      `${operation}: the pointwise kernel ${shapeText(pointwiseKernel.shape)} reads ${reads} channels, but the depthwise half makes ${C * multiplier} (${C} channels × multiplier ${multiplier}). The two must be equal.`,
    );
  }
  // The second half needs only the shape of what lies between, so no batch of it is filled in.
  const between = zeros([0, OH, OW, C * multiplier]);
  const settled = planPointwise(operation, between, pointwiseKernel, { bias: bias ?? 0 });
  const { M } = settled;
  const shape = rank === 4 ? [N, OH, OW, M] : [OH, OW, M];
  return { depthwise, pointwise: { ...settled, rank, N, shape } };
}
