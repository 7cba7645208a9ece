/** What a kernel of our own is made of: tfjs's ops, or loops over the memory of WebAssembly. */
import type { backend_util, KernelConfig, TensorInfo } from "@tensorflow/tfjs-core";
import type { Tensor, Tf } from "../tfjs.js";

/** What the kernels use of tfjs's WebAssembly back end. */
export interface WasmMemory {
  /** Memory for a tensor, whose values are anything. */
  makeOutput(shape: readonly number[], dtype: string): TensorInfo;
  /** The values of a tensor, where they lie: valid until the next tensor is made. */
  typedArrayFromHeap(tensor: TensorInfo): backend_util.TypedArray;
}

/** One call of a kernel: the tensors by name, and the attributes as tfjs gives them. */
export interface Call<Inputs, Attributes> {
  readonly tf: Tf;
  readonly backend: WasmMemory;
  readonly inputs: Inputs;
  readonly attributes: Attributes;
  /** Runs the kernel that tfjs has under this name, with other tensors or attributes. */
  original(inputs: object, attributes?: object): Tensor;
}

/** A kernel: tensors that it makes on the way are freed by who calls it. */
export type Kernel<Inputs, Attributes> = (call: Call<Inputs, Attributes>) => TensorInfo;

/** The values of a tensor of 32-bit floats, where they lie: valid until the next tensor is made. */
export function floats(backend: WasmMemory, tensor: TensorInfo): Float32Array {
  return backend.typedArrayFromHeap(tensor) as Float32Array;
}

/** Puts a kernel in the place of tfjs's, or beside those that it has. */
export function register<Inputs, Attributes>(
  tf: Tf,
  name: string,
  kernel: Kernel<Inputs, Attributes>,
): void {
  const old = tf.getKernel(name, "wasm") as KernelConfig | undefined;
  if (old !== undefined) tf.unregisterKernel(name, "wasm");
  tf.registerKernel({
    ...old,
    kernelName: name,
    backendName: "wasm",
    kernelFunc: ({ inputs, attrs, backend }) =>
      // tfjs does not free what a kernel makes on the way.
      tf.tidy(() => {
        const original = (inputs: object, attributes: object = attrs ?? {}): Tensor => {
          const given = { inputs, attrs: attributes, backend } as never;
          const made = (old as KernelConfig).kernelFunc(given) as TensorInfo;
          return tf.engine().makeTensorFromTensorInfo(made);
        };
        const made = kernel({
          tf,
          backend: backend as WasmMemory,
          inputs: inputs as Inputs,
          attributes: attrs as Attributes,
          original,
        });
        return "rank" in made ? (made as Tensor) : tf.engine().makeTensorFromTensorInfo(made);
      }),
  });
}
