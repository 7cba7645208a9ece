/** No operation of a network's layers, losses and optimisers changes what it gets. */
import { expect, test } from "vitest";
import { type FloatArray, random, rowMajor, zeros } from "../../src/array.js";
import { fast, reference } from "../../src/ops/index.js";
import { onEachBackEnd } from "./back-ends.js";

const image = random([2, 6, 6, 3], 1);
const pooled = random([2, 3, 3, 3], 2);
const flat = random([2, 108], 3);
const weights = random([108, 5], 4);
const scores = random([2, 5], 5);
const channel = random([3], 6);

function everyOperation(ops: typeof reference | typeof fast): void {
  ops.maxPool(image, 2);
  ops.avgPool(image, 2);
  ops.maxPoolWithIndices(image, 2);
  ops.maxPoolGradient(image, 2, pooled);
  ops.avgPoolGradient(image, 2, pooled);
  ops.globalAvgPool(image);
  ops.globalMaxPool(image);
  ops.flatten(image).set(0, 0, 9);
  ops.fullyConnected(flat, weights, { bias: random([5], 7) });
  ops.fullyConnectedGradient(flat, weights, scores);
  ops.fullyConnectedAsConvolution(weights, [6, 6, 3]).set(0, 0, 0, 0, 9);
  for (const name of ["relu", "leakyRelu", "sigmoid", "tanh", "softmax", "logSoftmax"] as const) {
    ops[name](scores).set(0, 0, 9);
    ops[`${name}Gradient`](scores, scores).set(0, 0, 9);
  }
  ops.crossEntropy(scores, [0, 4]);
  ops.crossEntropyGradient(scores, [0, 4]).set(0, 0, 9);
  ops.batchNorm(image, { mean: channel, variance: 1, scale: channel }).set(0, 0, 0, 0, 9);
  ops.batchNormTraining(image, { scale: channel, shift: channel }).output.set(0, 0, 0, 0, 9);
  ops.batchNormGradient(image, { scale: channel }, image).input.set(0, 0, 0, 0, 9);
  ops.dropout(image, 0).set(0, 0, 0, 0, 9);
  ops.dropoutGradient(image, 0, image).set(0, 0, 0, 0, 9);
  const { weights: w, velocity } = ops.sgdStep(weights, weights, undefined, { rate: 0 });
  w.set(0, 0, 9);
  velocity.set(0, 0, 9);
  const adam = ops.adamStep(weights, weights, undefined, { rate: 0 });
  adam.weights.set(0, 0, 9);
  adam.state.mean.set(0, 0, 9);
}

const kept: FloatArray[] = [image, pooled, flat, weights, scores, channel];

onEachBackEnd(() => {
  test("what goes in stays as it was, and what comes out is its own", () => {
    for (const ops of [reference, fast]) {
      const before = kept.map((x) => rowMajor(x).slice());
      everyOperation(ops);
      expect(kept.map((x) => rowMajor(x))).toEqual(before);
      expect(kept.map((x) => x.shape)).toEqual([
        [2, 6, 6, 3],
        [2, 3, 3, 3],
        [2, 108],
        [108, 5],
        [2, 5],
        [3],
      ]);
    }
  });
});

test("fast operations say what is missing before useBackend, also for an empty batch", async () => {
  const { setRunning, getRunning } = await import("../../src/backend/compute.js");
  const running = getRunning();
  setRunning(undefined as never);
  try {
    for (const call of [
      () => fast.relu(zeros([2])),
      () => fast.maxPool(zeros([0, 2, 2, 1]), 2),
      () => fast.fullyConnected(flat, weights),
      () => fast.batchNormTraining(image),
      () => fast.adamStep(weights, weights, undefined),
      () => fast.crossEntropy(scores, [0, 1]),
    ]) {
      expect(call).toThrow(/Load one first, once: await useBackend\(\)/);
    }
  } finally {
    if (running !== undefined) setRunning(running);
  }
});
