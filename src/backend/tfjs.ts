/** TensorFlow.js as the rest of the library names it: its functions, its tensors, its back ends. Types alone. */
import type * as Core from "@tensorflow/tfjs-core";

/** tfjs-core's functions, with a back end active. */
export type Tf = typeof Core;
export type Tensor = Core.Tensor;
export type Tensor2D = Core.Tensor2D;
export type Tensor4D = Core.Tensor4D;

/** What computes: TensorFlow's C library, WebAssembly, or plain JavaScript. */
export type BackendName = "native" | "wasm" | "cpu";

/** A back end, or `"auto"`: native when its addon loads, else wasm. Never cpu, which is about 150 times slower. */
export type BackendChoice = "auto" | BackendName;

/** A back end that runs. */
export interface Running {
  readonly tf: Tf;
  readonly name: BackendName;
}
