/**
 * The kernels of backward passes, called by name. tfjs's own gradients need a tape, and on native TensorFlow some of
 * them are built from slow parts: ReLU's takes 4 ms by tfjs's ops where TensorFlow's `ReluGrad` takes 0.3.
 */
import type { Tensor, Tensor4D, Tf } from "./tfjs.js";

/** The stride of rows and columns. */
export type Strides = [number, number];

interface Attribute {
  name: string;
  type: number;
  value: unknown;
}

/** What tfjs-node's back end has beside tfjs's interface: every op of TensorFlow, by name. */
interface TensorflowBackend {
  readonly binding: Record<"TF_ATTR_TYPE" | "TF_ATTR_STRING" | "TF_FLOAT", number>;
  executeSingleOutput(op: string, attributes: Attribute[], inputs: Tensor[]): Tensor;
}

/** Runs an op of TensorFlow on 32-bit floats; `undefined` on other back ends. */
function tensorflow(tf: Tf, op: string, inputs: Tensor[], format?: string): Tensor | undefined {
  if (tf.getBackend() !== "tensorflow") return undefined;
  const backend = tf.backend() as unknown as TensorflowBackend;
  const { TF_ATTR_TYPE, TF_ATTR_STRING, TF_FLOAT } = backend.binding;
  const attributes: Attribute[] = [{ name: "T", type: TF_ATTR_TYPE, value: TF_FLOAT }];
  if (format) attributes.push({ name: "data_format", type: TF_ATTR_STRING, value: format });
  return backend.executeSingleOutput(op, attributes, inputs);
}

function kernel(tf: Tf, name: string, inputs: Record<string, Tensor>, attributes: object): Tensor {
  const run = tf.engine().runKernel as (name: string, inputs: object, attributes: object) => Tensor;
  return run.call(tf.engine(), name, inputs, attributes);
}

/** dL/dx of y = ReLU(x): dL/dy where y is positive, else 0. `y` may be given as x or as ReLU(x). */
export function reluGradient(tf: Tf, outputGradient: Tensor, y: Tensor): Tensor {
  return tensorflow(tf, "ReluGrad", [outputGradient, y]) ?? tf.mul(outputGradient, tf.step(y));
}

/** dL/db of y = x + b, b along the last axis: dL/dy summed over all other axes. */
export function biasGradient(tf: Tf, outputGradient: Tensor): Tensor {
  const sum = tensorflow(tf, "BiasAddGrad", [outputGradient], "NHWC");
  return sum ?? tf.sum(outputGradient, [...outputGradient.shape.keys()].slice(0, -1));
}

/** dL/dk of a convolution of `x` (N×H×W×C) with a kernel of `shape` (Kh×Kw×C×M). */
export function convFilterGradient(
  tf: Tf,
  x: Tensor,
  outputGradient: Tensor,
  shape: readonly number[],
  strides: Strides,
  pad: "same" | "valid",
): Tensor4D {
  const attributes = { strides, pad, dataFormat: "NHWC", filterShape: [...shape] };
  return kernel(tf, "Conv2DBackpropFilter", { x, dy: outputGradient }, attributes) as Tensor4D;
}

/** dL/dx of a convolution of x, of `shape` (N×H×W×C), with the kernel `filter` (Kh×Kw×C×M). */
export function convInputGradient(
  tf: Tf,
  filter: Tensor,
  outputGradient: Tensor,
  shape: readonly number[],
  strides: Strides,
  pad: "same" | "valid",
): Tensor4D {
  const attributes = { strides, pad, dataFormat: "NHWC", inputShape: [...shape] };
  return kernel(tf, "Conv2DBackpropInput", { dy: outputGradient, filter }, attributes) as Tensor4D;
}

/** dL/dx of y = max pooling of x: all of dL/dy goes to the first place that holds its window's maximum. */
export function maxPoolGradient(
  tf: Tf,
  outputGradient: Tensor,
  x: Tensor,
  y: Tensor,
  size: [number, number],
  strides: Strides,
  pad: "same" | "valid",
): Tensor4D {
  const inputs = { dy: outputGradient, input: x, output: y };
  return kernel(tf, "MaxPoolGrad", inputs, { filterSize: size, strides, pad }) as Tensor4D;
}

/** One row times a matrix spread over the cores: TensorFlow uses one core for it (45 ms instead of 21 for VGG's first). */
export function rowTimesMatrix(tf: Tf, row: Tensor, matrix: Tensor): Tensor {
  const [length, columns] = matrix.shape as [number, number];
  const parts = 4;
  if (tf.getBackend() !== "tensorflow" || length % parts !== 0 || length * columns < 1e6) {
    return tf.matMul(row as Core2D, matrix as Core2D);
  }
  const each = length / parts;
  const rows = tf.reshape(row, [parts, 1, each]);
  return tf.sum(tf.matMul(rows, tf.reshape(matrix, [parts, each, columns])), 0);
}

type Core2D = ReturnType<Tf["tensor2d"]>;
