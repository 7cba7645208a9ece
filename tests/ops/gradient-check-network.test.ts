/** A whole network's gradient, from the operations' own: right by small changes, and good enough to learn with. */
import { describe, expect, test } from "vitest";
import { type FloatArray, fromData, fromFunction, random } from "../../src/array.js";
import { type AdamState, checkGradient, fast, reference } from "../../src/ops/index.js";
import { onEachBackEnd } from "./back-ends.js";
import { expectClose } from "./close.js";

type Ops = typeof reference | typeof fast;
type Weights = Record<"kernel" | "scale" | "shift" | "dense" | "bias", FloatArray>;

/** Bright stripes that run down or across, with noise: 8 pictures of 8×8. */
const pictures = fromFunction([8, 8, 8, 1], (n, i, j) =>
  ((n! % 2 ? i! : j!) + n!) % 4 < 2 ? 1 : 0,
);
random([8, 8, 8, 1], 1).data.forEach((noise, i) => {
  pictures.data[i]! += 0.3 * noise;
});
const labels = Array.from({ length: 8 }, (_, n) => n % 2);

function firstWeights(): Weights {
  return {
    kernel: random([3, 3, 1, 4], 2),
    scale: fromFunction([4], () => 1),
    shift: fromFunction([4], (c) => 0.1 * c!),
    dense: fromData(
      random([36, 2], 3).data.map((value) => 0.2 * value),
      [36, 2],
    ),
    bias: random([2], 4),
  };
}

/** Loss and gradients of conv → batch norm → leaky ReLU → max pool → dropout → fully connected → cross-entropy. */
function backward(ops: Ops, w: Weights): { loss: number; gradient: Weights } {
  const { kernel, scale, shift, dense, bias } = w;
  const seed = { seed: 5 };
  const maps = ops.conv2d(pictures, kernel);
  const { output: normed } = ops.batchNormTraining(maps, { scale, shift });
  const active = ops.leakyRelu(normed, 0.1);
  const pooled = ops.maxPool(active, 2);
  const flat = ops.flatten(pooled);
  const kept = ops.dropout(flat, 0.2, seed);
  const scores = ops.fullyConnected(kept, dense, { bias });
  const loss = ops.crossEntropy(scores, labels);

  const dScores = ops.crossEntropyGradient(scores, labels);
  const last = ops.fullyConnectedGradient(kept, dense, dScores);
  const dFlat = ops.dropoutGradient(flat, 0.2, last.input, seed);
  const dActive = ops.maxPoolGradient(active, 2, fromData(dFlat.data, pooled.shape));
  const dNormed = ops.leakyReluGradient(normed, dActive, 0.1);
  const norm = ops.batchNormGradient(maps, { scale }, dNormed);
  const conv = ops.conv2dGradient(pictures, kernel, norm.input);
  return {
    loss,
    gradient: {
      kernel: conv.kernel,
      scale: norm.scale,
      shift: norm.shift,
      dense: last.weights,
      bias: last.bias,
    },
  };
}

const names = ["kernel", "scale", "shift", "dense", "bias"] as const;

function learn(ops: Ops, steps: number): { losses: number[]; weights: Weights } {
  const weights = firstWeights();
  const states: Partial<Record<keyof Weights, AdamState>> = {};
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const { loss, gradient } = backward(ops, weights);
    losses.push(loss);
    for (const name of names) {
      const moved = ops.adamStep(weights[name], gradient[name], states[name], { rate: 0.02 });
      weights[name] = moved.weights;
      states[name] = moved.state;
    }
  }
  return { losses, weights };
}

describe("the loops", () => {
  test.each(names)("slopes of %s by small changes", (name) => {
    const weights = firstWeights();
    const { gradient } = backward(reference, weights);
    const loss = (at: FloatArray): number => backward(reference, { ...weights, [name]: at }).loss;
    // A small step, since leaky ReLU and max pool have kinks.
    const { relative } = checkGradient(loss, gradient[name], weights[name], { step: 2 ** -12 });
    expect(relative).toBeLessThan(5e-3);
  });
  test("40 steps of Adam bring the loss from 0.7 to next to nothing", () => {
    const { losses } = learn(reference, 40);
    expect(losses[0]).toBeGreaterThan(0.3);
    expect(losses.at(-1)).toBeLessThan(0.05 * losses[0]!);
  });
});

onEachBackEnd(() => {
  test("the same slopes and the same learning as by the loops", () => {
    const wanted = backward(reference, firstWeights());
    const got = backward(fast, firstWeights());
    expect(got.loss).toBeCloseTo(wanted.loss, 5);
    for (const name of names) expectClose(got.gradient[name], wanted.gradient[name], 1);
    const loops = learn(reference, 10);
    const tensors = learn(fast, 10);
    tensors.losses.forEach((loss, step) => {
      expect(loss).toBeCloseTo(loops.losses[step]!, 3);
    });
  });
});
