/** Which channel feeds which, by rule and by the gradient of a network whose weights are all 1. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { toNested } from "../../src/array.js";
import { channelMatrix, describe, type LayerSpec } from "../../src/network/index.js";
import { buildLayers } from "../../src/train/build.js";
import { backwardThrough, forwardThrough } from "../../src/train/chain.js";
import { randomSource } from "../../src/train/random-source.js";

const of = (channels: number, layers: LayerSpec[], layer?: string): unknown =>
  toNested(channelMatrix(describe([4, 4, channels], layers), layer));
const inGroups: LayerSpec = { kind: "conv", filters: 4, kernel: 3, padding: 1, groups: 2 };
const shuffle: LayerSpec = { kind: "channelShuffle", groups: 2 };
const ones = (rows: number, columns: number, value = 1): number[][] =>
  Array.from({ length: rows }, () => Array(columns).fill(value));

test("full, grouped, depthwise, pointwise, shuffled", () => {
  expect(of(3, [{ kind: "conv", filters: 2, kernel: 3 }])).toEqual(ones(2, 3));
  const blocks = [
    [1, 1, 0, 0],
    [1, 1, 0, 0],
    [0, 0, 1, 1],
    [0, 0, 1, 1],
  ];
  expect(of(4, [inGroups])).toEqual(blocks);
  expect(of(2, [{ kind: "depthwise", kernel: 3, multiplier: 2 }])).toEqual([
    [1, 0],
    [1, 0],
    [0, 1],
    [0, 1],
  ]);
  expect(
    of(3, [
      { kind: "depthwise", kernel: 3 },
      { kind: "conv", filters: 2, kernel: 1 },
    ]),
  ).toEqual(ones(2, 3));
  expect(of(4, [shuffle])).toEqual([
    [1, 0, 0, 0],
    [0, 0, 1, 0],
    [0, 1, 0, 0],
    [0, 0, 0, 1],
  ]);
});

test("two grouped convolutions never mix the groups; with a shuffle between them they do", () => {
  expect(of(4, [inGroups, inGroups])).toEqual([
    [2, 2, 0, 0],
    [2, 2, 0, 0],
    [0, 0, 2, 2],
    [0, 0, 2, 2],
  ]);
  expect(of(4, [inGroups, shuffle, inGroups])).toEqual(ones(4, 4));
  expect(of(4, [inGroups, shuffle, inGroups], "conv1")).toEqual(of(4, [inGroups]));
});

test("a dense layer reads all; a block adds its ways", () => {
  expect(of(2, [{ kind: "flatten" }, { kind: "dense", units: 3 }])).toEqual(ones(3, 2));
  expect(of(2, [{ kind: "residual", layers: [{ kind: "conv", filters: 2, kernel: 1 }] }])).toEqual([
    [2, 1],
    [1, 2],
  ]);
  expect(() => of(2, [{ kind: "relu" }], "conv1")).toThrow(/There is no layer "conv1"/);
});

test("the number of ways is the gradient when every weight is 1", () => {
  const four = fc.constantFrom<LayerSpec>(
    { kind: "conv", filters: 4, kernel: 1 },
    { kind: "conv", filters: 4, kernel: 1, groups: 2 },
    { kind: "conv", filters: 8, kernel: 1, groups: 4 },
    { kind: "depthwise", kernel: 1 },
    { kind: "depthwise", kernel: 1, multiplier: 2 },
    { kind: "transposedConv", filters: 4, kernel: 1, groups: 2 },
    shuffle,
    { kind: "channelShuffle", groups: 4 },
    { kind: "residual", layers: [shuffle, { kind: "depthwise", kernel: 1 }] },
    { kind: "residual", layers: [{ kind: "conv", filters: 4, kernel: 1 }], shortcut: [inGroups] },
  );
  fc.assert(
    fc.property(fc.array(four, { minLength: 1, maxLength: 4 }), (layers) => {
      // 3×3 kernels on one pixel read it once: only their middle entry counts.
      const network = describe([1, 1, 4], layers);
      const built = buildLayers(layers, network.input, randomSource(1));
      for (const { parameters } of built) {
        for (const { name, values } of parameters) values.fill(name.endsWith("kernel") ? 1 : 0);
      }
      const outputs = forwardThrough(built, new Float32Array(4)).length;
      const gradient = Array.from({ length: outputs }, (_, channel) => {
        const slope = new Float32Array(outputs);
        slope[channel] = 1;
        return [...backwardThrough(built, slope)];
      });
      expect(toNested(channelMatrix(network))).toEqual(gradient);
    }),
  );
});
