/** Matrix products with a transposed factor, which tfjs 4.22 computes by a plain loop on one core. */
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Tensor, Tf } from "../tfjs.js";
import type { Call } from "./kernel.js";

interface Inputs {
  readonly a: TensorInfo;
  readonly b: TensorInfo;
}

interface Attributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** The kernel `BatchMatMul`: transposes first, and lets the fast product do the rest. */
export function matrixProduct(call: Call<Inputs, Attributes>): TensorInfo {
  const { tf, inputs, attributes } = call;
  const a = attributes.transposeA ? turned(tf, inputs.a) : inputs.a;
  const b = attributes.transposeB ? turned(tf, inputs.b) : inputs.b;
  return call.original({ a, b }, { transposeA: false, transposeB: false });
}

function turned(tf: Tf, matrices: TensorInfo): Tensor {
  const rank = matrices.shape.length;
  const batch = [...matrices.shape.keys()].slice(0, rank - 2);
  return tf.transpose(matrices as Tensor, [...batch, rank - 1, rank - 2]);
}
