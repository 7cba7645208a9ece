/** Gradients held against finite differences: whoever made the formula, the slope is what the function does. */
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-layers"; // Registers the gradients, which tfjs-core alone lacks in Node.
import { expect } from "vitest";
import { random } from "../../src/array.js";

type Tensors = tf.Tensor[];

/** Values between −1 and 1, no two the same, in an order that the seed decides: a maximum is never a near thing. */
export function spreadOut(shape: readonly number[], seed = 1): Float32Array {
  const { data } = random(shape, seed);
  const order = [...data.keys()].sort((a, b) => data[a]! - data[b]!);
  const values = new Float32Array(data.length);
  for (const [rank, at] of order.entries()) values[at] = (2 * rank + 1) / data.length - 1;
  return values;
}

/** A weighted sum of what `f` gives, in double precision, with weights that the positions decide. */
function loss(f: (...given: Tensors) => tf.Tensor, given: Tensors): number {
  const y = tf.tidy(() => f(...given));
  const values = y.dataSync<"float32">();
  y.dispose();
  const weights = random([values.length], 99).data;
  return values.reduce((sum, value, i) => sum + value * weights[i]!, 0);
}

/**
 * Expects tfjs's gradient of `f` at `inputs` to be what moving each number a little does to the outcome.
 *
 * @param step how far each number is moved: any, where f is linear in each of its arguments
 */
export function expectRightGradient(
  f: (...given: Tensors) => tf.Tensor,
  inputs: readonly { readonly values: Float32Array; readonly shape: readonly number[] }[],
  step: number,
): void {
  const before = tf.memory().numTensors;
  const make = (values: Float32Array, k: number): tf.Tensor =>
    tf.tensor(values, [...inputs[k]!.shape]);
  const given = inputs.map(({ values }, k) => make(values, k));
  const size = tf.tidy(() => f(...given).size);
  const weigh = (...x: Tensors): tf.Tensor => {
    const y = f(...x);
    return tf.sum(tf.mul(tf.reshape(y, [size]), tf.tensor1d(random([size], 99).data)));
  };
  const gradients = tf.tidy(() => tf.grads(weigh)(given));
  for (const [k, { values }] of inputs.entries()) {
    const gradient = gradients[k]!.dataSync<"float32">();
    const slopes = values.map((_, i) => {
      const at = [1, -1].map((side) => {
        const moved = values.slice();
        moved[i]! += side * step;
        const tensor = make(moved, k);
        const value = loss(
          f,
          given.map((one, j) => (j === k ? tensor : one)),
        );
        tensor.dispose();
        return [value, moved[i]!] as const;
      });
      return (at[0]![0] - at[1]![0]) / (at[0]![1] - at[1]![1]);
    });
    const scale = Math.max(1, ...slopes.map(Math.abs));
    let worst = 0;
    for (const [i, slope] of slopes.entries())
      worst = Math.max(worst, Math.abs(slope - gradient[i]!));
    expect(worst / scale, `argument ${k}`).toBeLessThan(2e-5 / Math.min(1, step));
  }
  tf.dispose([...given, ...gradients]);
  expect(tf.memory().numTensors).toBe(before);
}
