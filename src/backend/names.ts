/** What the back ends are called. Apart from tfjs's types, which whoever uses the library's types must not load. */

/** What computes: TensorFlow's C library, WebAssembly, or plain JavaScript. */
export type BackendName = "native" | "wasm" | "cpu";

/** A back end, or `"auto"`: native when its addon loads, else wasm. Never cpu, which is about 150 times slower. */
export type BackendChoice = "auto" | BackendName;
