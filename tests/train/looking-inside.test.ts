import { describe, expect, test } from "vitest";
import { fromData, fromFunction, random, rowMajor, zeros } from "../../src/array.js";
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
