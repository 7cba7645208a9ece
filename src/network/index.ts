/** Reasoning about networks before any weight exists: shapes, parameters, work, memory and what each unit sees. */
export { type DescribeOptions, describe } from "./describe.js";
export type * from "./layers.js";
export { outputShape, type Shape, shapes } from "./shapes.js";
