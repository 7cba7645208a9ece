/** The fully connected layer on tfjs, with the ReLU behind it. */
import type { Tensor } from "../../backend/compute.js";
import { biasGradient, reluGradient, rowTimesMatrix } from "../../backend/kernels.js";
import { countOf } from "../layer.js";
import type { FastLayer, Tensor2D } from "./layer.js";
import type { FastParameter, Unit } from "./unit.js";

/** y = x·w + b; dL/dw = xᵀ·dL/dy, dL/dx = dL/dy·wᵀ. */
export function fastDense(unit: Unit, relu: boolean): FastLayer {
  const inputs = countOf(unit.inputShape);
  const [kernel, bias] = unit.parameters as [FastParameter, FastParameter?];
  let input: Tensor2D | undefined;
  let output: Tensor | undefined;
  return {
    forward(tf, x) {
      const count = x.shape[0]!;
      const weights = kernel.value as Tensor2D;
      input = tf.reshape(x, [count, inputs]);
      let y: Tensor = count === 1 ? rowTimesMatrix(tf, input, weights) : tf.matMul(input, weights);
      if (bias) y = tf.add(y, bias.value);
      output = relu ? tf.relu(y) : y;
      return output;
    },
    backward(tf, slope, wants) {
      const dy = (relu ? reluGradient(tf, slope, output!) : slope) as Tensor2D;
      if (bias && wants.weights) bias.gradient = biasGradient(tf, dy);
      if (wants.weights) kernel.gradient = tf.matMul(input!, dy, true, false);
      if (!wants.input) return undefined;
      const inner = tf.matMul(dy, kernel.value as Tensor2D, false, true);
      return tf.reshape(inner, [dy.shape[0], ...unit.inputShape]);
    },
  };
}
