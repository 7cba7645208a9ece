/** Code that is ended from outside, as Jupyter's interrupt ends it: no `finally` runs, and yet all is in order after. */
import { runInThisContext } from "node:vm";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-layers"; // Registers the gradients, which tfjs-core alone lacks in Node.
import { expect, test } from "vitest";
import { random } from "../../src/array.js";
import { compute, withTensors } from "../../src/backend/compute.js";
import { fast } from "../../src/ops/index.js";
import { onEachBackEnd } from "../ops/back-ends.js";

/** Runs `work` again and again, and ends it after so many milliseconds by V8's own means. */
function endAfter(milliseconds: number, work: () => void): void {
  const name = "convlab test: work";
  Object.assign(globalThis, { [name]: work });
  const endless = () =>
    runInThisContext(`for (;;) globalThis["${name}"]()`, { timeout: milliseconds });
  expect(endless).toThrow("timed out");
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const state = () => {
  const { scopeStack, gradientDepth, kernelDepth } = tf.engine().state;
  return [scopeStack.length, gradientDepth, kernelDepth];
};

onEachBackEnd(() => {
  const image = random([96, 96, 8]);
  const kernel = random([3, 3, 8, 8], 2);
  const sample = (): number[] => [...fast.conv2d(image, kernel).data];

  test("computations: the next one is right, scopes are closed, tensors freed", async () => {
    const right = sample();
    await settled();
    const clean = state();
    const before = tf.memory().numTensors;
    for (let i = 0; i < 12; i++) {
      endAfter(5 + 3 * i, sample);
      expect(sample()).toEqual(right);
      await settled();
      await settled();
      expect(state()).toEqual(clean);
    }
    // A tensor that was just being made, or freed, may be counted wrongly.
    expect(Math.abs(tf.memory().numTensors - before)).toBeLessThan(12);
    tf.engine().state.numTensors = before;
  });

  test("gradients: the tape does not go on for ever", async () => {
    await settled();
    const clean = state();
    const before = tf.memory().numTensors;
    const learn = () =>
      tf.dispose(
        withTensors((tf) =>
          tf.grad((x) => tf.sum(tf.square(tf.tanh(x))))(tf.tensor(image.data, image.shape)),
        ),
      );
    for (let i = 0; i < 8; i++) {
      endAfter(7 + 5 * i, learn);
      await settled();
      await settled();
      expect(state()).toEqual(clean);
    }
    expect(compute([1], (tf) => tf.add(tf.tensor1d([1]), 1)).get(0)).toBe(2);
    // What a tape keeps for the way back stays: a few tensors an interrupt.
    expect(Math.abs(tf.memory().numTensors - before)).toBeLessThan(8 * 4);
    tf.engine().state.numTensors = before;
  });
});
