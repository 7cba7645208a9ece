/** Code that is ended from outside, as Jupyter's interrupt ends it: no `finally` runs, and yet all is in order after. */
import { runInThisContext } from "node:vm";
import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-layers"; // Registers the gradients, which tfjs-core alone lacks in Node.
import { expect, test } from "vitest";
import { type FloatArray, random } from "../../src/array.js";
import { compute, type Tensor, values, withTensors } from "../../src/backend/compute.js";
import { fast, reference } from "../../src/ops/index.js";
import { onEachBackEnd } from "../ops/back-ends.js";
import { expectClose } from "../ops/close.js";

/** Runs `work` again and again, and ends it after so many milliseconds by V8's own means. */
function endAfter(milliseconds: number, work: () => void): void {
  const name = "convlab test: work";
  Object.assign(globalThis, { [name]: work });
  const endless = () =>
    runInThisContext(`for (;;) globalThis["${name}"]()`, { timeout: milliseconds });
  expect(endless).toThrow("timed out");
}

/** Lets everything be put in order that waits until JavaScript has returned. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Where tfjs stands, and what it counts. */
function state(): Record<string, number | undefined> {
  const { scopeStack, gradientDepth, kernelDepth, numStringTensors } = tf.engine().state;
  const { numTensors, numBytes, numDataBuffers } = tf.memory();
  return {
    ...{ scopes: scopeStack.length, gradientDepth, kernelDepth, numStringTensors },
    ...{ numTensors, numBytes, numDataBuffers },
  };
}

onEachBackEnd(() => {
  /** So small that a good part of the time goes into the memory's bookkeeping. */
  const tiny = random([3, 3, 2]);
  const large = random([64, 64, 8]);
  const work: [string, FloatArray, FloatArray][] = [
    ["tiny images", tiny, random([3, 3, 2, 3], 2)],
    ["larger images", large, random([3, 3, 8, 8], 2)],
  ];

  test.each(work)(
    "computations on %s: the next is right, and nothing is left over",
    async (_, image, kernel) => {
      const right = reference.relu(reference.conv2d(image, kernel, { padding: "same" }));
      const sample = () => fast.relu(fast.conv2d(image, kernel, { padding: "same" }));
      sample();
      await settled();
      const clean = state();
      for (let i = 0; i < 40; i++) {
        endAfter(1 + (i % 13), sample);
        // At once, as well as after everything has been put in order.
        if (i % 2 === 0) expectClose(sample(), right);
        await settled();
        expect(state()).toEqual(clean);
        expectClose(sample(), right);
      }
    },
  );

  test("tensors that are kept keep their numbers, also those that share them", async () => {
    const numbers = random([5, 7]);
    const before = state();
    const kept = withTensors((tf) => {
      const first = tf.tensor(numbers.data, [5, 7]);
      return [
        first,
        tf.reshape(first, [7, 5]),
        tf.tensor1d([1, 0, 1], "bool"),
        tf.scalar(3, "int32"),
      ].map((tensor) => tf.keep<Tensor>(tensor));
    });
    const [first, second, truths, whole] = kept as [Tensor, Tensor, Tensor, Tensor];
    const clean = state();
    for (let i = 0; i < 20; i++) {
      endAfter(1 + (i % 7), () => {
        compute([5, 7], (tf) => tf.mul(tf.neg(first), tf.reshape(second, [5, 7])));
      });
      if (i % 2 === 0) await settled();
      expect([...values(tf, first)]).toEqual([...numbers.data]);
      expect([...values(tf, second)]).toEqual([...numbers.data]);
      expect([...truths.dataSync()]).toEqual([1, 0, 1]);
      expect([...whole.dataSync()]).toEqual([3]);
      await settled();
      expect(state()).toEqual(clean);
    }
    first.dispose();
    expect([...values(tf, second)]).toEqual([...numbers.data]);
    tf.dispose([second, truths, whole]);
    expect(state()).toEqual(before);
  });

  test("gradients: the tape does not go on for ever, nor keep its tensors", async () => {
    await settled();
    const clean = state();
    const learn = () =>
      withTensors((tf) => {
        tf.grad((x) => tf.sum(tf.square(tf.tanh(x))))(tf.tensor(tiny.data, tiny.shape));
        return [];
      });
    for (let i = 0; i < 20; i++) {
      endAfter(2 + (i % 7), learn);
      await settled();
      expect(state()).toEqual(clean);
    }
    expect(compute([1], (tf) => tf.add(tf.tensor1d([1]), 1)).get(0)).toBe(2);
  });
});
