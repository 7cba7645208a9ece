import { describe, expect, test } from "vitest";
import { array, fromData, fromFunction, random, rowMajor, zeros } from "../../src/array.js";
import { maxAbsDifference } from "../../src/array-measures.js";
import * as train from "../../src/train/index.js";
import { onEachBackEnd } from "../ops/back-ends.js";

const { conv, relu, maxPool, globalAvgPool, dense, network } = train;

describe("inputGradient", () => {
  test("of one unit is the kernel where the unit stands", () => {
    const net = network([6, 5, 2], [conv(3, 3, { stride: 2 })], { seed: 4 });
    const gradient = train.inputGradient(net, random([6, 5, 2]), [1, 0, 2]);
    expect(gradient.shape).toEqual([6, 5, 2]);
    const kernel = net.weights()[0]!.values;
    for (let row = 0; row < 6; row++) {
      for (let column = 0; column < 5; column++) {
        for (let c = 0; c < 2; c++) {
          const inside = row >= 2 && row < 5 && column < 3;
          const wanted = inside ? kernel.get(row - 2, column, c, 2) : 0;
          expect(gradient.get(row, column, c)).toBe(wanted);
        }
      }
    }
  });

  test("agrees with nudging the picture, also from behind a layer in the middle", () => {
    const net = network(
      [6, 6, 1],
      [conv(2, 3), train.tanh(), conv(2, 3), train.sigmoid(), dense(3)],
    );
    const picture = random([6, 6, 1], 3);
    const gradient = train.inputGradient(net, picture, [0, 1, 1], { layers: 3 });
    const value = (): number => net.forward(picture, 3).get(0, 1, 1);
    for (let i = 0; i < 36; i++) {
      const kept = picture.data[i]!;
      picture.data[i] = kept + 1 / 256;
      const up = value();
      picture.data[i] = kept - 1 / 256;
      const down = value();
      picture.data[i] = kept;
      expect(gradient.data[i]).toBeCloseTo((up - down) * 128, 3);
    }
    expect(net.layers.every(({ gradient }) => gradient.every((slope) => slope === 0))).toBe(true);
  });

  test("through layers that only rename, it is a copy of what was given", () => {
    const net = network([2, 2, 1], [train.flatten()]);
    const given = random([4], 3);
    const gradient = net.gradientAt(zeros([2, 2, 1]), given);
    expect(rowMajor(gradient)).toEqual(rowMajor(given));
    gradient.set(0, 0, 0, 7);
    expect(given.get(0)).not.toBe(7);
    expect(rowMajor(net.gradientAt(zeros([2, 2, 1]), given, { from: 1 }))).toEqual(rowMajor(given));
  });

  test("a unit that does not exist is refused", () => {
    const net = network([6, 6, 1], [conv(2, 3), dense(3)]);
    const picture = zeros([6, 6, 1]);
    expect(() => train.inputGradient(net, picture, [3])).toThrow(
      /values there are 3, .* got \[3\]/,
    );
    expect(() => train.inputGradient(net, picture, [0, 4, 0], { layers: 1 })).toThrow(/4×4×2/);
    expect(() => train.inputGradient(net, picture, [0], { layers: 3 })).toThrow(/has 2 layers/);
    expect(() => train.inputGradient(net, zeros([5, 6]), [0])).toThrow(
      /pictures of 6×6×1; got 5×6/,
    );
    expect(() => train.inputGradient(net, picture, zeros([2]))).toThrow(
      /output gradients of 3; got 2/,
    );
    expect(() => net.gradientAt(random([2, 6, 6]), zeros([3]))).toThrow(
      /2 pictures and 1 gradients/,
    );
  });
});

describe("classActivationMap", () => {
  test("is the maps weighed by the dense layer where a network ends in an average (Zhou et al.)", () => {
    const specs = [conv(4, 3), relu(), globalAvgPool(), dense(3)];
    const net = network([7, 8, 1], specs, { seed: 6 });
    const picture = random([7, 8, 1], 2);
    const maps = net.forward(picture, 2);
    const weights = net.weights().find(({ name }) => name === "dense1.kernel")!.values;
    for (const label of [0, 1, 2]) {
      const sums = fromFunction([5, 6], (i, j) => {
        let sum = 0;
        for (let c = 0; c < 4; c++) sum += maps.get(i, j, c) * weights.get(c, label);
        return Math.max(0, sum);
      });
      const largest = Math.max(...rowMajor(sums));
      const wanted = fromData(
        rowMajor(sums).map((value) => (largest > 0 ? value / largest : 0)),
        [5, 6],
      );
      expect(maxAbsDifference(train.classActivationMap(net, picture, label), wanted)).toBeLessThan(
        1e-5,
      );
    }
  });

  test("reads the last maps before pooling and dense layers (Grad-CAM)", () => {
    const specs = [
      conv(4, 3),
      relu(),
      maxPool(2),
      conv(4, 3),
      relu(),
      maxPool(2),
      dense(3),
      train.softmax(),
    ];
    const net = network([16, 16, 1], specs);
    const picture = random([16, 16, 1], 2);
    expect(train.classActivationMap(net, picture, 1).shape).toEqual([5, 5]);
    expect(train.classActivationMap(net, picture, 1, { layers: 2 }).shape).toEqual([14, 14]);
    expect(() => train.classActivationMap(net, picture, 3)).toThrow(
      /3 classes apart, so a class .* 0 to 2; got 3/,
    );
    expect(() => train.classActivationMap(net, zeros([2, 16, 16]), 1)).toThrow(/one picture/);
    expect(() => train.classActivationMap(net, picture, 0, { layers: 7 })).toThrow(
      /no maps behind/,
    );
    expect(() =>
      train.classActivationMap(network([3, 3, 1], [dense(2)]), zeros([3, 3]), 0),
    ).toThrow(/needs maps/);
  });

  test("reads the maps in front of a pooling, also where a dropout stands behind it", () => {
    const specs = [conv(4, 3), relu(), maxPool(2), train.dropout(0.5), dense(3)];
    const net = network([16, 16, 1], specs);
    expect(train.classActivationMap(net, random([16, 16, 1], 2), 1).shape).toEqual([14, 14]);
  });

  test("finds the bright bar that a network was taught to look for", () => {
    // Class 1 has a bar somewhere in the picture; the map must stand on it.
    const bar = (at: number) => fromFunction([9, 9], (_, j) => (j === at ? 1 : 0));
    const pictures = fromFunction([14, 9, 9], (n, _i, j) =>
      n % 2 === 1 && j === 1 + (n >> 1) ? 1 : 0,
    );
    const labels = Array.from({ length: 14 }, (_, n) => n % 2);
    const net = network([9, 9, 1], [conv(4, 3, { padding: 1 }), relu(), globalAvgPool(), dense(2)]);
    net.fit(pictures, labels, { epochs: 60, batch: 7, rate: 0.1 });
    expect(net.accuracy(pictures, labels)).toBe(1);
    const map = train.classActivationMap(net, bar(6), 1);
    let on = 0;
    let all = 0;
    for (let i = 0; i < 9; i++) {
      for (let j = 0; j < 9; j++) {
        all += map.get(i, j);
        if (Math.abs(j - 6) <= 1) on += map.get(i, j);
      }
    }
    expect(on / all).toBeGreaterThan(0.9);
  });

  test("a class that nothing speaks for has an empty map", () => {
    const net = network([4, 4, 1], [conv(1, 1), relu(), globalAvgPool(), dense(2)], {
      start: "zeros",
    });
    expect(rowMajor(train.classActivationMap(net, random([4, 4]), 0)).every((v) => v === 0)).toBe(
      true,
    );
  });
});

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

  test("both are the same on tfjs", () => {
    const specs = [conv(4, 3), relu(), maxPool(2), conv(6, 3), relu(), dense(3), train.softmax()];
    const loops = network([12, 10, 2], specs, { seed: 8 });
    const fast = train.fastNetwork([12, 10, 2], specs, { seed: 8 });
    const picture = random([12, 10, 2], 5);
    const gradient = train.inputGradient(loops, picture, [2], { layers: 6 });
    expect(
      maxAbsDifference(train.inputGradient(fast, picture, [2], { layers: 6 }), gradient),
    ).toBeLessThan(1e-5);
    const map = train.classActivationMap(loops, picture, 2);
    expect(maxAbsDifference(train.classActivationMap(fast, picture, 2), map)).toBeLessThan(1e-5);
    fast.dispose();
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
