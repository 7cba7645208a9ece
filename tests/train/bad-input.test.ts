/** What a network refuses, and says in a sentence; what it takes that looks odd. */
import { describe, expect, test } from "vitest";
import { array, fromData, random, rowMajor, zeros } from "../../src/array.js";
import * as train from "../../src/train/index.js";
import { onEachBackEnd } from "../ops/back-ends.js";

const { conv, relu, dense, network } = train;

onEachBackEnd(() => {
  test("a network that was disposed says so, whatever it is asked", () => {
    const net = train.fastNetwork([4, 4, 1], [conv(2, 3), dense(2)]);
    const weights = net.weights();
    net.dispose();
    net.dispose();
    for (const ask of [
      () => net.weights(),
      () => net.setWeights(weights),
      () => net.asConvolutions(),
      () => net.predict(random([4, 4])),
      () => net.gradients(random([2, 4, 4]), [0, 1]),
    ]) {
      expect(ask).toThrow(/was disposed/);
    }
  });
});

describe("bad input", () => {
  test("pictures with their channels first are not read as if these were last", () => {
    const net = network([6, 5, 3], [conv(2, 3), dense(3)]);
    expect(() => net.fit(random([2, 3, 6, 5]), [0, 1])).toThrow(/is this N×C×H×W\? use toHWC/);
    expect(() => net.predict(random([2, 3, 6, 5]))).toThrow(/is this N×C×H×W\? use toHWC/);
    expect(() => net.forward(random([3, 6, 5]))).toThrow(/6×5×3; got 3×6×5: is this C×H×W\? use/);
    expect(() => net.forward(random([5, 6, 3]))).toThrow(/6×5×3; got 5×6×3\.$/);
    expect(() => train.mapsAfter(net, random([2, 3, 6, 5]), 1)).toThrow(/toHWC/);
    const flat = fromData(rowMajor(random([2, 6, 5, 3])), [2, 90]);
    expect(net.predict(flat).shape).toEqual([2, 3]);
    expect(network([90], [dense(3)]).predict(random([2, 6, 5, 3])).shape).toEqual([2, 3]);
  });

  test("no network takes NaN or an infinity, which WebAssembly would lose on the way", () => {
    const net = network([6, 6, 1], [conv(2, 3), relu(), dense(3)]);
    for (const [bad, name] of [
      [Number.NaN, /NaN \(not a number\) at \[1, 2, 3\]/],
      [-Infinity, /-Infinity at \[1, 2, 3\]/],
    ] as const) {
      const pictures = random([2, 6, 6]);
      pictures.set(1, 2, 3, bad);
      expect(() => net.fit(pictures, [0, 1])).toThrow(name);
      expect(() => net.predict(pictures)).toThrow(name);
      expect(() => net.loss(pictures, [0, 1])).toThrow(name);
    }
  });

  test("is refused in a sentence", () => {
    const net = network([6, 6, 1], [conv(2, 3), dense(3)]);
    const pictures = random([2, 6, 6]);
    expect(() => net.fit(pictures, [0, 3])).toThrow(/3 classes apart, .* 0 to 2; got 3/);
    expect(() => net.fit(pictures, [0, 1], { epochs: -1 })).toThrow(/epochs is a whole number/);
    expect(() => net.fit(pictures, [0, 1], { batch: 0 })).toThrow(/batch is a whole number, 1/);
    expect(() => net.fit(pictures, [0, 1], { rate: Number.NaN })).toThrow(/rate is a finite/);
    expect(() => net.fit(pictures, [0, 1], { momentum: 1 })).toThrow(/below 1; got 1/);
    expect(() => net.fit(pictures, [0, 1], { method: "adagrad" as "adam" })).toThrow(
      /"sgd" or "adam"/,
    );
    expect(() => net.fit(pictures, array([[1, 2, 3]]))).toThrow(/targets are 2×3, .* got 1×3/);
    expect(() => network([6, 6, 1], [conv(2, 3)]).accuracy(pictures, [0, 1])).toThrow(
      /ends in 4×4×2/,
    );
    expect(() => net.setWeights(net.weights().slice(1))).toThrow(/Missing: conv1.kernel/);
    expect(() => net.setWeights([...net.weights(), { name: "x", values: zeros([1]) }])).toThrow(
      /Not in this network: x/,
    );
    const wrong = net.weights().map((one) => ({ ...one, values: zeros([7]) }));
    expect(() => net.setWeights(wrong)).toThrow(/conv1.kernel is 3×3×1×2; got 7/);
    expect(() => network([6, 6, 1] as never)).toThrow(/list of layers/);
    expect(() => network([6, 6, 1], [conv(2, 3), conv(2, 7)])).toThrow(/^Layer 2 \(conv 7×7/);
    expect(() => train.dropout(1)).toThrow(/below 1; got 1/);
    expect(() => train.residual([])).toThrow(/at least one layer/);
    expect(() => train.leakyRelu(Number.NaN)).toThrow(/finite/);
    expect(() => network([6, 6, 1], [relu as never, dense(3)])).toThrow(/Layer 1 .* call it/);
    expect(() => network([6, 6, 1], [relu()], { start: "glorot" as "he" })).toThrow(/'glorot'/);
    expect(() => network([6, 6, 1], [relu()], { seed: "one" as never })).toThrow(/seed .* 'one'/);
    expect(() => net.fit(pictures, [0, 1], { seed: Number.NaN })).toThrow(/seed .* NaN/);
    expect(() => net.fit(pictures, ["0", "1"] as never)).toThrow(/got '0'/);
    expect(() => net.fit(pictures, array([0, 1]))).toThrow(/2×3, .* got 2\. Labels are a list/);
    expect(() => net.fit(pictures, undefined as never)).toThrow(/needs its label/);
    expect(() => net.fit(undefined as never, [0])).toThrow(/array of 6×6×1, .* got undefined/);
    expect(() => net.fit([pictures] as never, [0])).toThrow(/got a list/);
    expect(() => net.setWeights(undefined as never)).toThrow(/what weights\(\) .* got undefined/);
    expect(() => train.inputGradient(net, zeros([6, 6]), 2 as never)).toThrow(/list of .* got 2/);
    const own: train.LayerPlan = (shape) => train.buildLayer(relu(), shape, () => 0);
    const custom = network([6, 6, 1], [own, conv(2, 3), dense(2)]);
    expect(custom.predict(random([6, 6])).shape).toEqual([2]);
    expect(custom.names).toEqual(["own1", "conv1", "dense1"]);
    expect(() => custom.asConvolutions()).toThrow(/layer of your own/);
  });

  test("how weights begin", () => {
    const of = (start: train.Start) =>
      network([4, 4, 1], [conv(2, 3)], { start }).layers[0]!.weights;
    expect(of("zeros").every((weight) => weight === 0)).toBe(true);
    const he = of("he");
    of(0.5).forEach((weight, i) => {
      expect(weight).toBeCloseTo(0.5 * he[i]!, 6);
    });
  });

  test("a network from a description or a VGG line", () => {
    const line = network("4 M GAP FC-3 softmax", { seed: 2 });
    expect(line.inputShape).toEqual([224, 224, 3]);
    expect(line.names).toEqual(["conv1_1", "conv1_1_relu", "pool1", "gap", "fc1", "softmax"]);
    const described = network({ name: "small", input: [6, 6, 1], layers: [conv(2, 3), dense(2)] });
    expect(described.outputShape).toEqual([2]);
    expect(described.shapeBehind(1)).toEqual([4, 4, 2]);
  });
});
