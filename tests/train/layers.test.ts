import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ArgumentError, fromFunction, random, ShapeError } from "../../src/index.js";
import type { LayerSpec } from "../../src/network/layers.js";
import { crossEntropy, probabilities } from "../../src/train/cross-entropy.js";
import * as train from "../../src/train/index.js";
import {
  buildLayer,
  conv,
  dense,
  globalMax,
  maxPool,
  network,
  relu,
} from "../../src/train/index.js";

/** Slopes by nudging one number at a time, in double precision where the layer allows. */
function nudged(values: Float32Array, loss: () => number, step: number): number[] {
  return Array.from(values, (value, i) => {
    values[i] = value + step;
    const up = loss();
    values[i] = value - step;
    const down = loss();
    values[i] = value;
    return (up - down) / (2 * step);
  });
}

const plans: [string, number[], LayerSpec][] = [
  ["dense", [2, 3, 2], dense(4)],
  ["conv", [5, 6, 2], conv(3, 3)],
  ["relu", [4, 3, 2], relu()],
  ["maxPool", [5, 4, 2], maxPool(2)],
  ["globalMax", [3, 4, 3], globalMax()],
  [
    "conv in groups, wide and far apart",
    [6, 5, 4],
    conv(2, 2, {
      groups: 2,
      stride: [2, 1],
      padding: [1, 2],
      dilation: 2,
    }),
  ],
  ["depthwise", [4, 5, 2], train.depthwise(3, { multiplier: 2, padding: "same", stride: 2 })],
  [
    "transposedConv",
    [3, 2, 2],
    train.transposedConv(4, 3, {
      stride: 2,
      padding: 1,
      outputPadding: 1,
      groups: 2,
    }),
  ],
  ["maxPool over the edge", [5, 4, 2], maxPool(3, { stride: 2, padding: 1, ceil: true })],
  ["avgPool over the edge", [5, 4, 2], train.avgPool([2, 3], { padding: 1, ceil: true })],
  ["globalAvgPool", [3, 4, 2], train.globalAvgPool()],
  ["batchNorm", [2, 3, 2], train.batchNorm()],
  ["leakyRelu", [2, 3, 2], train.leakyRelu(0.2)],
  ["sigmoid", [2, 3, 2], train.sigmoid()],
  ["tanh", [2, 3, 2], train.tanh()],
  ["softmax", [2, 2, 3], train.softmax()],
  ["flatten", [2, 2, 3], train.flatten()],
  ["dropout", [2, 2, 3], train.dropout(0.5)],
  ["channelShuffle", [2, 2, 6], train.channelShuffle(3)],
  ["upsample", [2, 2, 2], train.upsample(2)],
  ["lrn", [2, 2, 6], train.lrn()],
  ["residual", [4, 4, 2], train.residual([conv(3, 3, { padding: 1 }), train.tanh()], [conv(3, 1)])],
];

describe("gradients", () => {
  test.each(plans)("%s: backward agrees with nudging each number", (_name, shape, spec) => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
        let state = seed;
        const layer = buildLayer(spec, shape, () => {
          state = (state * 48271) % 2147483647;
          return (state / 2147483647) * 2 - 1;
        });
        const input = random(shape, seed).data.slice();
        const weighting = random([layer.forward(input).length], seed + 1).data;
        const loss = (): number =>
          layer.forward(input).reduce((sum, value, i) => sum + value * weighting[i]!, 0);

        for (const { gradient } of layer.parameters) gradient?.fill(0);
        layer.forward(input);
        const inputGradient = layer.backward(weighting);
        const step = 1 / 512;
        // Near a kink (ReLU at 0, two nearly equal maxima) nudging says nothing: leave such inputs out.
        const sorted = [...input].sort((a, b) => a - b);
        fc.pre(input.every((x) => Math.abs(x) > 2 * step));
        fc.pre(
          sorted.every((x, i) => i === 0 || x - sorted[i - 1]! > 2 * step) ||
            layer.weights.length > 0,
        );
        nudged(input, loss, step).forEach((slope, i) => {
          expect(inputGradient[i]).toBeCloseTo(slope, 2);
        });
        for (const { values, gradient } of layer.parameters) {
          if (gradient === undefined) continue;
          nudged(values, loss, step).forEach((slope, i) => {
            expect(gradient[i]).toBeCloseTo(slope, 2);
          });
        }
      }),
      { numRuns: 15 },
    );
  });

  test("batch norm while training: the batch's own mean and variance have a slope too", () => {
    const layer = buildLayer(train.batchNorm(), [2, 1, 2], train.randomSource(1));
    const input = random([3, 2, 1, 2], 8).data.slice();
    const weighting = random([12], 9).data;
    const loss = (): number =>
      layer.forward(input, true).reduce((sum, value, i) => sum + value * weighting[i]!, 0);
    loss();
    const inputGradient = layer.backward(weighting);
    nudged(input, loss, 1 / 512).forEach((slope, i) => {
      expect(inputGradient[i]).toBeCloseTo(slope, 3);
    });
    layer.parameters.slice(0, 2).forEach(({ values, gradient }) => {
      nudged(values, loss, 1 / 512).forEach((slope, i) => {
        expect(gradient![i]).toBeCloseTo(slope, 3);
      });
    });
  });

  test("dropout while training: what was dropped gets no slope, the rest more", () => {
    const layer = buildLayer(train.dropout(0.5), [200], train.randomSource(1));
    const output = layer.forward(new Float32Array(200).fill(1), true);
    expect([...output].every((value) => value === 0 || value === 2)).toBe(true);
    const dropped = output.filter((value) => value === 0).length;
    expect(dropped).toBeGreaterThan(70);
    expect(dropped).toBeLessThan(130);
    expect(layer.backward(new Float32Array(200).fill(1))).toEqual(output);
    expect(layer.forward(output)).toEqual(output);
  });

  test("cross-entropy's slope agrees with nudging each score", () => {
    const scores = Float32Array.from([0.3, -1.2, 2, 0.1]);
    const { gradient, loss } = crossEntropy(scores, 1);
    expect(loss).toBeCloseTo(-Math.log(probabilities(scores)[1]!), 6);
    nudged(scores, () => crossEntropy(scores, 1).loss, 1 / 256).forEach((slope, i) => {
      expect(gradient[i]).toBeCloseTo(slope, 3);
    });
  });

  test("probabilities of huge scores stay numbers that sum to 1", () => {
    const shares = probabilities(Float32Array.from([1000, 999, -1000]));
    expect(shares.reduce((a, b) => a + b)).toBeCloseTo(1, 6);
    expect(shares[0]! / shares[1]!).toBeCloseTo(Math.E, 4);
  });
});

describe("network", () => {
  const bar = (upright: boolean, at: number) =>
    fromFunction([6, 6, 1], (row, column) => ((upright ? column : row) === at ? 1 : 0));
  // Twelve bars in turn upright and flat, at each of six places.
  const pictures = fromFunction([12, 6, 6], (i, row, column) =>
    (i % 2 === 0 ? column : row) === Math.floor(i / 2) ? 1 : 0,
  );
  const labels = Array.from({ length: 12 }, (_, i) => i % 2);
  const plan = [conv(4, 3), relu(), globalMax(), dense(2)];

  test("counts its weights and biases", () => {
    expect(network([6, 6, 1], plan).weightCount).toBe(9 * 4 + 4 + 4 * 2 + 2);
  });

  test("learns to tell upright bars from flat ones", () => {
    const net = network([6, 6, 1], [conv(8, 3), relu(), globalMax(), dense(2)], { seed: 3 });
    const losses = net.fit(pictures, labels, { epochs: 60, batch: 4 });
    expect(losses).toHaveLength(60);
    expect(losses[59]!).toBeLessThan(0.5 * losses[0]!);
    expect(net.accuracy(pictures, labels)).toBe(1);
    const shares = net.predict(bar(true, 2));
    expect(shares.get(0)).toBeGreaterThan(0.5);
    expect(shares.get(0) + shares.get(1)).toBeCloseTo(1, 5);
  });

  test("the same seed gives the same run, another seed another", () => {
    const run = (seed: number) =>
      network([6, 6, 1], plan, { seed }).fit(pictures, labels, { epochs: 2 });
    expect(run(1)).toEqual(run(1));
    expect(run(1)).not.toEqual(run(2));
  });

  test("a global maximum does not care where the picture stands", () => {
    const net = network([8, 16, 1], [conv(3, 3), relu(), globalMax(), dense(2)]);
    const dot = (left: number) =>
      fromFunction([8, 16, 1], (row, column) => (row === 4 && column === left ? 1 : 0));
    expect([...net.predict(dot(3)).data]).toEqual([...net.predict(dot(11)).data]);
  });

  test("bad input is refused in a sentence", () => {
    const net = network([6, 6, 1], plan);
    expect(() => net.predict(random([5, 6]))).toThrow(/takes pictures of 6×6×1; got 5×6/);
    expect(() => net.fit(pictures, [0])).toThrow(/12 pictures and 1 labels/);
    expect(() => net.accuracy(random([2, 5, 6]), [0, 1])).toThrow(/N×6×6×1; got 2×5×6/);
    expect(() => network([2, 2, 1], plan)).toThrow(ShapeError);
    expect(() => network([6, 6], plan)).toThrow(/H×W×C/);
    expect(() => network([6, 6, 1], [])).toThrow(/at least one layer/);
    expect(() => conv(0, 3)).toThrow(ArgumentError);
    expect(() => dense(-1)).toThrow(ArgumentError);
    expect(() => maxPool(1.5)).toThrow(ArgumentError);
    expect(() => network([3, 3, 1], [maxPool(4)])).toThrow(ShapeError);
  });
});
