/** Operations of a convolutional network, each twice: `reference` to read, `fast` to wait less for. */
export type { ConvOptions } from "./convolution-plan.js";
export type { Conv1dOptions } from "./convolution-plan-1d.js";
export type { Conv3dOptions } from "./convolution-plan-3d.js";
export type { ConvGradients, SharedConvOptions } from "./convolution-settling.js";
export type { DenseOptions, DenseWeights, ImageSize } from "./dense-plan.js";
export type { DepthwiseOptions } from "./depthwise-plan.js";
export type { DropoutOptions } from "./dropout-mask.js";
export * as fast from "./fast/index.js";
export {
  type AxisPadding,
  effectiveKernel,
  type OutputSizeOptions,
  outputSize,
  samePadding,
} from "./geometry.js";
export {
  checkGradient,
  type GradientCheck,
  type GradientCheckOptions,
  type NumericalGradientOptions,
  numericalGradient,
} from "./gradient-check.js";
export type { Labels } from "./loss-arguments.js";
export type { BatchNormInferenceOptions, BatchNormOptions } from "./normalisation-plan.js";
export type { AdamOptions, AdamState, SgdOptions } from "./optimiser-arguments.js";
export type {
  EndPadding,
  Padding,
  PerAxis,
  PerAxis3d,
  SidePadding,
  Sides,
  VolumePadding,
  VolumeSides,
} from "./options.js";
export type { PadMode } from "./padding-plan.js";
export type { PerChannel } from "./per-channel.js";
export type { PointwiseOptions } from "./pointwise-plan.js";
export type { AvgPoolOptions, PoolOptions } from "./pooling-plan.js";
export * from "./reference/index.js";
export * as reference from "./reference/index.js";
export type { SeparableOptions } from "./separable-plan.js";
export { isSeparable, type SeparableFactors, separate } from "./separate.js";
export type { SpatiallySeparableOptions } from "./spatially-separable-plan.js";
export { convolutionMatrix, overlapCounts } from "./transposed-matrix.js";
export type { Transposed1dOptions, TransposedOptions } from "./transposed-plan.js";
