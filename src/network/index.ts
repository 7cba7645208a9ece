/** Reasoning about networks before any weight exists: shapes, parameters, work, memory and what each unit sees. */
export type { AxisView } from "./axis.js";
export { channelMatrix } from "./channel-matrix.js";
export { type ComparedNetwork, Comparison, compare, type Measure } from "./compare.js";
export * from "./constructors.js";
export { type DescribeOptions, describe } from "./describe.js";
export { type Connection, LayerKinds, layerKinds } from "./layer-kinds.js";
export type * from "./layers.js";
export type { LedgerRow } from "./ledger.js";
export {
  type MeasuredReceptiveField,
  type MeasureOptions,
  measuredReceptiveField,
} from "./measured.js";
export type { Memory, MemoryOptions } from "./memory.js";
export {
  type Reach,
  ReceptiveField,
  type Rectangle,
  reach,
  receptiveField,
  type UnitWindow,
} from "./receptive-field.js";
export { outputShape, type Shape, shapes } from "./shapes.js";
export { type Shift, type ShiftMode, shiftImage } from "./shift.js";
export type { NetworkSource } from "./source.js";
export { NetworkSummary, summary, type Totals } from "./summary.js";
export {
  type ArrayFunction,
  type EquivarianceOptions,
  equivarianceError,
  type InvarianceOptions,
  invarianceCurve,
  invarianceError,
} from "./symmetry.js";
