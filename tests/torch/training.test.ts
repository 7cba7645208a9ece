import { expect, test } from "vitest";
import { type FloatArray, rowMajor } from "../../src/array.js";
import type { LayerSpec } from "../../src/network/layers.js";
import * as train from "../../src/train/index.js";
import { onEachBackEnd } from "../ops/back-ends.js";
import { torchCases } from "./fixtures.js";

interface Options {
  readonly specs: LayerSpec[];
  readonly training: train.TrainingOptions;
  readonly steps: number;
}

/** The arrays of a case that are a network's, in its order. */
const named = (net: train.Answers, from: Readonly<Record<string, FloatArray>>) =>
  net.weights().map(({ name }) => ({ name, values: from[name]! }));

const labels = [0, 1, 2, 0, 1, 2];

/** Six steps over the whole batch, then every number against PyTorch's. */
async function follow(net: train.Network | train.FastNetwork, name: string): Promise<void> {
  const { inputs, options, outputs } = torchCases("training").find((one) => one.name === name)!;
  const { training, steps } = options as unknown as Options;
  const pictures = inputs.pictures!;
  net.setWeights(named(net, inputs));
  const losses = await net.fit(pictures, labels, { ...training, epochs: steps, batch: 6 });
  losses.forEach((loss, step) => {
    expect(Math.abs(loss - outputs.losses!.get(step))).toBeLessThan(2e-5);
  });
  for (const { name, values } of net.weights()) {
    const wanted = rowMajor(outputs[name]!);
    rowMajor(values).forEach((value, i) => {
      expect(Math.abs(value - wanted[i]!), name).toBeLessThan(1e-4);
    });
  }
  const wanted = rowMajor(outputs.probabilities!);
  rowMajor(net.predict(pictures)).forEach((value, i) => {
    expect(Math.abs(value - wanted[i]!)).toBeLessThan(1e-4);
  });
}

const cases = torchCases("training").map(
  ({ name, options }) => [name, (options as unknown as Options).specs] as const,
);

test.each(cases)("loops, %s: PyTorch's losses, weights and answers", async (name, specs) => {
  await follow(train.network([6, 6, 2], specs), name);
});

onEachBackEnd(() => {
  test.each(cases)("tfjs, %s: PyTorch's losses, weights and answers", async (name, specs) => {
    const net = train.fastNetwork([6, 6, 2], specs);
    try {
      await follow(net, name);
    } finally {
      net.dispose();
    }
  });
});
