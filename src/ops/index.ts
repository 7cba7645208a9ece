/** Operations of a convolutional network, each twice: `reference` to read, `fast` to wait less for. */
export type { ConvOptions } from "./convolution-plan.js";
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
export type { Padding, PerAxis, SidePadding, Sides } from "./options.js";
export type { PadMode } from "./padding-plan.js";
export type { AvgPoolOptions, PoolOptions } from "./pooling-plan.js";
export * from "./reference/index.js";
export * as reference from "./reference/index.js";
