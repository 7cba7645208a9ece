/** TensorFlow.js as the rest of the library names it: its functions, its tensors. Types alone. */
import type * as Core from "@tensorflow/tfjs-core";
import type { BackendName } from "./names.js";

/** tfjs-core's functions, with a back end active. */
export type Tf = typeof Core;
export type Tensor = Core.Tensor;
export type Tensor2D = Core.Tensor2D;
export type Tensor4D = Core.Tensor4D;

/** A back end that runs. */
export interface Running {
  readonly tf: Tf;
  readonly name: BackendName;
}
