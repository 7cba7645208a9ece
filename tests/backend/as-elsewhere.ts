/** For the tests of one file: WebAssembly is the back end, and what it computes is held against the others. */
import * as tf from "@tensorflow/tfjs-core";
import { beforeAll, beforeEach, expect } from "vitest";
import { random } from "../../src/array.js";
import { type BackendName, useBackend } from "../../src/backend/index.js";

export const others: BackendName[] = ["cpu"];
beforeAll(async () => {
  await useBackend("native").then(
    () => others.push("native"),
    () => {}, // It is not on this machine.
  );
});
beforeEach(async () => {
  await useBackend("wasm");
});

/** Random values of a shape. */
export const whole = (shape: number[], seed: number) => ({
  shape,
  values: random(shape, seed).data,
});

/** The same function, with its gradients, on each of the other back ends: within 1e-5 of the largest number. */
export async function expectSameElsewhere(
  f: (...given: tf.Tensor[]) => tf.Tensor,
  inputs: { values: Float32Array; shape: number[] }[],
  backEnds: readonly BackendName[] = others,
): Promise<void> {
  const compute = (): Float32Array[] =>
    tf.tidy(() => {
      const given = inputs.map(({ values, shape }) => tf.tensor(values, shape));
      const weigh = (...x: tf.Tensor[]): tf.Tensor => tf.sum(tf.square(f(...x)));
      return [f(...given), ...tf.grads(weigh)(given)].map((t) => t.dataSync<"float32">().slice());
    });
  const ours = compute();
  for (const other of backEnds) {
    await useBackend(other);
    const theirs = compute();
    await useBackend("wasm");
    for (const [k, expected] of theirs.entries()) {
      const scale = Math.max(1, ...expected.map(Math.abs));
      const worst = Math.max(0, ...expected.map((value, i) => Math.abs(value - ours[k]![i]!)));
      expect(worst / scale, `${other}, ${k}`).toBeLessThan(1e-5);
    }
  }
}
