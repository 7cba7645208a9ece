import * as tf from "@tensorflow/tfjs-core";
import { describe, expect, test } from "vitest";
import { fromData, fromFunction, random, rowMajor } from "../../src/array.js";
import { maxAbsDifference } from "../../src/array-measures.js";
import { useBackend } from "../../src/backend/index.js";
import { digits } from "../../src/data/digits.js";
import type { LayerSpec } from "../../src/network/layers.js";
import * as train from "../../src/train/index.js";
import { headAsConvolutions } from "../../src/vgg/heads.js";
import { parse } from "../../src/vgg/parse.js";
import { onEachBackEnd } from "../ops/back-ends.js";

const tensors = (): number => tf.memory().numTensors;

const { conv, dense, relu, maxPool, batchNorm, dropout, globalMax, residual } = train;

/** LeNet-like, with a global maximum, and with everything that remembers from batch to batch. */
const networks: [string, LayerSpec[]][] = [
  [
    "LeNet",
    [conv(4, 5), relu(), maxPool(2), conv(8, 3), relu(), maxPool(2), dense(16), relu(), dense(10)],
  ],
  ["a global maximum", [conv(8, 5), relu(), globalMax(), dense(10)]],
  [
    "batch norm, dropout and a residual block",
    [
      conv(6, 3, { stride: 2, padding: 1, bias: false }),
      batchNorm(),
      relu(),
      residual([conv(6, 3, { padding: "same", bias: false }), batchNorm(), relu()]),
      dropout(0.2),
      dense(10),
    ],
  ],
];

const methods = [
  { method: "sgd", momentum: 0.9, rate: 0.02 },
  { method: "sgd", momentum: 0, rate: 0.05 },
  { method: "adam", rate: 0.002 },
] as const;

/** A network in loops after two times two epochs, with the mean loss of each; computed once for all back ends. */
const trained = new Map<string, { loops: train.Network; wanted: number[] }>();
function inLoops(specs: LayerSpec[], plan: train.TrainingOptions, count: number) {
  const key = JSON.stringify([specs, plan, count]);
  const known = trained.get(key);
  if (known) return known;
  const { images, labels } = digits(count);
  const loops = train.network([28, 28, 1], specs, { seed: 5 });
  const wanted = [...loops.fit(images, labels, plan), ...loops.fit(images, labels, plan)];
  trained.set(key, { loops, wanted });
  return { loops, wanted };
}

onEachBackEnd((name) => {
  const count = name === "cpu" ? 12 : 64;
  const { images, labels } = digits(count);
  describe.each(networks)("%s", (_what, specs) => {
    const some = name === "cpu" ? methods.slice(0, 1) : methods;
    test.each(some)("%o: losses of the loops over four epochs to 1e-4", async (options) => {
      const plan = { ...options, epochs: 2, batch: 10 };
      const { loops, wanted } = inLoops(specs, plan, count);
      const fast = train.fastNetwork([28, 28, 1], specs, { seed: 5 });
      const got = [
        ...(await fast.fit(images, labels, plan)),
        ...(await fast.fit(images, labels, plan)),
      ];
      expect(wanted[3]!).toBeLessThan(wanted[0]!);
      wanted.forEach((loss, i) => {
        expect(Math.abs(got[i]! - loss)).toBeLessThan(1e-4);
      });
      expect(maxAbsDifference(fast.predict(images), loops.predict(images))).toBeLessThan(1e-3);
      fast.dispose();
    });
  });

  test("targets that are arrays: the mean square falls as in the loops", async () => {
    const specs = [
      conv(3, 3, { padding: "same" }),
      relu(),
      train.transposedConv(1, 2, { stride: 2 }),
    ];
    const pictures = random([12, 4, 4, 1], 3);
    const wide = fromFunction([12, 8, 8, 1], (n, i, j) => pictures.get(n, i >> 1, j >> 1, 0));
    const loops = train.network([4, 4, 1], specs, { seed: 2 });
    const fast = train.fastNetwork([4, 4, 1], specs, { seed: 2 });
    const wanted = loops.fit(pictures, wide, { epochs: 12, batch: 4 });
    const got = await fast.fit(pictures, wide, { epochs: 12, batch: 4 });
    expect(wanted[11]!).toBeLessThan(0.5 * wanted[0]!);
    wanted.forEach((loss, i) => {
      expect(Math.abs(got[i]! - loss)).toBeLessThan(1e-4);
    });
    expect(fast.loss(pictures, wide)).toBeCloseTo(loops.loss(pictures, wide), 4);
    fast.dispose();
  });

  test("weights go from loops to tfjs and back", async () => {
    const [, specs] = networks[2]!;
    const loops = train.network([28, 28, 1], specs, { seed: 1 });
    const fast = train.fastNetwork([28, 28, 1], specs, { seed: 2 });
    loops.fit(images, labels, { epochs: 1 });
    fast.setWeights(loops.weights());
    expect(maxAbsDifference(fast.predict(images), loops.predict(images))).toBeLessThan(1e-5);
    await fast.fit(images, labels, { epochs: 1 });
    loops.setWeights(fast.weights());
    expect(maxAbsDifference(fast.predict(images), loops.predict(images))).toBeLessThan(1e-5);
    expect(fast.accuracy(images, labels)).toBe(loops.accuracy(images, labels));
    expect(rowMajor(fast.confusion(images, labels))).toEqual(
      rowMajor(loops.confusion(images, labels)),
    );
    fast.dispose();
  });

  test("what passes is told: steps, epochs, and they may take their time", async () => {
    const fast = train.fastNetwork([28, 28, 1], networks[1]![1]);
    const steps: number[] = [];
    const epochs: number[] = [];
    const losses = await fast.fit(images, labels, {
      epochs: 2,
      batch: count / 2,
      onStep: ({ step }) => void steps.push(step),
      onEpoch: async ({ epoch, loss }) => {
        await new Promise((resolve) => setTimeout(resolve, 5));
        epochs.push(epoch, loss);
      },
    });
    expect(steps).toEqual([1, 2, 3, 4]);
    expect(epochs).toEqual([1, losses[0], 2, losses[1]]);
    fast.dispose();
  });

  test("the head as convolutions gives the same scores, and slides over a larger picture", () => {
    const specs = [conv(3, 3), relu(), maxPool(2), train.flatten(), dense(5), relu(), dense(4)];
    const picture = random([14, 10, 1], 9);
    for (const build of [train.network, train.fastNetwork] as (typeof train.network)[]) {
      const net = build([8, 8, 1], specs, { seed: 3 });
      const slid = net.asConvolutions();
      expect(slid.specs.map(({ kind }) => kind)).not.toContain("dense");
      const small = random([2, 8, 8, 1], 4);
      const scores = net.forward(small);
      expect(
        maxAbsDifference(fromData(rowMajor(slid.forward(small)), scores.shape), scores),
      ).toBeLessThan(1e-6);
      const wide = net.asConvolutions([14, 10, 1]);
      const map = wide.forward(picture);
      expect(map.shape).toEqual([4, 2, 4]);
      // One place of the answer is the network on its own part of the picture: two pixels a place, for the pooling.
      for (const [i, j] of [
        [0, 0],
        [3, 1],
        [1, 0],
      ] as const) {
        const part = fromFunction([8, 8, 1], (y, x) => picture.get(2 * i + y, 2 * j + x, 0));
        const own = net.forward(part);
        for (let c = 0; c < 4; c++) expect(map.get(i, j, c)).toBeCloseTo(own.get(c), 5);
      }
      for (const each of [net, slid, wide]) (each as unknown as train.FastNetwork).dispose?.();
    }
  });

  test("a VGG-style network runs from its line, and its head as convolutions gives the same answers", () => {
    const config = parse("4 4 M 8 M FC-6 FC-5 softmax", { input: [12, 8, 3] });
    const vgg = train.fastNetwork(config, { seed: 3 });
    const loops = train.network(config, { seed: 3 });
    const picture = random([12, 8, 3], 4);
    expect(vgg.names.slice(0, 3)).toEqual(["conv1_1", "conv1_1_relu", "conv1_2"]);
    expect(maxAbsDifference(vgg.predict(picture), loops.predict(picture))).toBeLessThan(1e-5);
    const before = tensors();
    const slid = vgg.asConvolutions([16, 16, 3]);
    const { layers } = headAsConvolutions(config, { input: [16, 16, 3] });
    expect(slid.specs).toEqual(layers.map((layer) => expect.objectContaining(layer)));
    const wide = random([16, 16, 3], 5);
    const map = slid.predict(wide);
    expect(map.shape).toEqual([2, 3, 5]);
    slid.dispose();
    expect(tensors()).toBe(before);
    expect(maxAbsDifference(vgg.predict(picture), loops.predict(picture))).toBeLessThan(1e-5);
    vgg.dispose();
  });

  test.each(["sgd", "adam"] as const)(
    "a step of %s that ends behind any of its disposals leaves a network that goes on",
    async (method) => {
      const some = fromData(rowMajor(images).slice(0, 2 * 784), [2, 28, 28]);
      const two = labels.slice(0, 2);
      const fast = train.fastNetwork([28, 28, 1], [conv(2, 5), relu(), globalMax(), dense(10)]);
      const step = (): Promise<number[]> => fast.fit(some, two, { epochs: 1, method });
      await step();
      const { dispose } = tf.Tensor.prototype;
      let left = Infinity;
      let disposals = 0;
      tf.Tensor.prototype.dispose = function (this: tf.Tensor): void {
        dispose.call(this);
        disposals++;
        if (left-- === 0) throw new Error("ended");
      };
      try {
        await step();
        for (let last = disposals - 1; last >= 0; last--) {
          left = last;
          await expect(step()).rejects.toThrow("ended");
          left = Infinity;
          expect(Number.isFinite(fast.loss(some, two))).toBe(true);
        }
        await step();
      } finally {
        tf.Tensor.prototype.dispose = dispose;
        fast.dispose();
      }
      expect(disposals).toBeGreaterThan(20);
    },
  );

  test("a batch of one, and one picture", () => {
    const fast = train.fastNetwork([28, 28, 1], networks[0]![1]);
    const one = fromData(rowMajor(images).slice(0, 784), [28, 28]);
    const batch = fromData(rowMajor(one), [1, 28, 28]);
    expect(fast.predict(one).shape).toEqual([10]);
    expect(fast.predict(batch).shape).toEqual([1, 10]);
    expect(train.mapsAfter(fast, batch, 1).shape).toEqual([1, 24, 24, 4]);
    fast.dispose();
  });

  test("a network outlives a change of the back end", async () => {
    // No bias in front of batch norm: its slope is 0 but for rounding, and Adam makes whole steps of rounding.
    const specs = [conv(4, 3, { bias: false }), batchNorm(), relu(), maxPool(2), dense(3)];
    const net = train.fastNetwork([8, 8, 1], specs);
    const pictures = random([6, 8, 8, 1], 2);
    const answers = [0, 1, 2, 0, 1, 2];
    const twin = train.network([8, 8, 1], specs);
    const plan = { method: "adam", epochs: 1 } as const;
    const wanted = [twin.fit(pictures, answers, plan), twin.fit(pictures, answers, plan)].flat();
    const got = await net.fit(pictures, answers, plan);
    await useBackend(name === "cpu" ? "wasm" : "cpu");
    got.push(...(await net.fit(pictures, answers, plan)));
    await useBackend(name);
    wanted.forEach((loss, i) => {
      expect(Math.abs(got[i]! - loss)).toBeLessThan(1e-4);
    });
    expect(maxAbsDifference(net.predict(pictures), twin.predict(pictures))).toBeLessThan(1e-4);
    net.dispose();
  });

  test("after dispose it says so", () => {
    const fast = train.fastNetwork([4, 4, 1], [dense(2)]);
    fast.dispose();
    fast.dispose();
    expect(() => fast.predict(random([4, 4, 1]))).toThrow(/was disposed/);
  });
});
