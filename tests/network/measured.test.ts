/** Theory against the gradient, on networks chosen for what is hard about them. */
import { describe, expect, test } from "vitest";
import { random, rowMajor } from "../../src/array.js";
import { mean } from "../../src/array-measures.js";
import * as network from "../../src/network/index.js";

const { measuredReceptiveField, receptiveField } = network;
type Layers = network.LayerSpec[];
const conv = (kernel: number, more: Partial<network.ConvSpec> = {}): network.LayerSpec => ({
  kind: "conv",
  filters: 2,
  kernel,
  ...more,
});
const net = (size: number, layers: Layers): network.NetworkSpec =>
  network.describe([size, size, 1], layers);

test("a residual block sees what its widest branch sees, also measured", () => {
  const spec = net(15, [
    conv(1),
    {
      kind: "residual",
      layers: [conv(3, { padding: 1 }), { kind: "relu" }, conv(5, { padding: 2 })],
    },
    { kind: "residual", layers: [conv(3, { padding: 1 })], shortcut: [conv(7, { padding: 3 })] },
  ]);
  expect(receptiveField(spec).size).toBe(1 + 6 + 6);
  expect(receptiveField(spec, "residual1").size).toBe(7);
  expect(receptiveField(spec, "residual2.conv1").size).toBe(9);
  expect(receptiveField(spec, "residual2.shortcut.conv1").size).toBe(13);
  for (const layer of [
    "residual1.conv2",
    "residual1",
    "residual2.conv1",
    "residual2.shortcut.conv1",
    "residual2",
  ]) {
    const measured = measuredReceptiveField(spec, { layer });
    expect(measured.height, layer).toBe(measured.theory.size);
  }
});

describe("random networks", () => {
  const spec = net(21, [
    conv(3, { padding: 1, filters: 4 }),
    { kind: "relu" },
    conv(3, { padding: 1, filters: 4 }),
    { kind: "relu" },
    conv(3, { padding: 1, filters: 4 }),
    { kind: "relu" },
    conv(3, { padding: 1, filters: 4 }),
  ]);
  const hill = measuredReceptiveField(spec, { networks: 30 });
  test("the mean of 30 fills the window, and is a hill: smaller than the square", () => {
    expect([hill.top, hill.left, hill.height, hill.width]).toEqual([6, 6, 9, 9]);
    expect(Math.max(...rowMajor(hill.map))).toBe(1);
    expect(hill.map.get(10, 10)).toBeGreaterThan(4 * hill.map.get(6, 6));
    expect(hill.deviation[0]).toBeLessThan(9 / Math.sqrt(12));
  });
  test("the same seed gives the same hill, another another", () => {
    expect(measuredReceptiveField(spec, { networks: 2 }).map).toEqual(
      measuredReceptiveField(spec, { networks: 2 }).map,
    );
    expect(measuredReceptiveField(spec, { networks: 2, seed: 5 }).map).not.toEqual(
      measuredReceptiveField(spec, { networks: 2 }).map,
    );
  });
  test("a picture of one's own; channels cut down, but not below the picture's", () => {
    const residual = network.describe(
      [9, 9, 3],
      [
        { kind: "residual", layers: [{ kind: "conv", filters: 3, kernel: 3, padding: 1 }] },
        { kind: "conv", filters: 64, kernel: 3 },
        {
          kind: "residual",
          layers: [{ kind: "relu" }, { kind: "conv", filters: 64, kernel: 3, padding: 1 }],
          shortcut: [conv(1, { filters: 64 })],
        },
        { kind: "dense", units: 100 },
      ],
    );
    const seen = measuredReceptiveField(residual, {
      networks: 3,
      channels: 1,
      picture: random([9, 9, 3]),
      layer: 3,
    });
    expect(seen.height).toBe(7);
    expect(mean(seen.map)).toBeGreaterThan(0);
    expect(measuredReceptiveField(residual, { networks: 5 }).height).toBe(9);
  });
  test("channels that hang together are left as they are", () => {
    const shuffled = network.describe(
      [7, 7, 3],
      [
        { kind: "depthwise", kernel: 3, multiplier: 2 },
        { kind: "channelShuffle", groups: 2 },
        { kind: "conv", filters: 6, kernel: 3, groups: 3 },
      ],
    );
    expect(measuredReceptiveField(shuffled).pixels).toBe(25);
    expect(measuredReceptiveField(shuffled, { networks: 3 })).toMatchObject({
      height: 5,
      width: 5,
      pixels: 25,
    });
    const grouped = net(7, [
      conv(1),
      { kind: "residual", layers: [conv(3, { groups: 2, padding: 1 })] },
    ]);
    expect(measuredReceptiveField(grouped, { networks: 3 }).height).toBe(3);
  });
});

test("behind global pooling and dense layers a unit sees all, in linear and in random networks", () => {
  const up: network.LayerSpec = { kind: "transposedConv", filters: 9, kernel: 2, stride: 2 };
  for (const last of [
    { kind: "globalMaxPool" },
    { kind: "globalAvgPool" },
    { kind: "dense", units: 7 },
  ] as const) {
    const spec = net(6, [up, { kind: "maxPool", size: 2 }, last, { kind: "leakyRelu" }]);
    const { theory, ...linear } = measuredReceptiveField(spec);
    expect(theory.units).toEqual([1, 1]);
    expect([linear.height, linear.width]).toEqual([6, 6]);
    // One maximum a channel: the winners of 20 networks lie all over the picture.
    expect(measuredReceptiveField(spec, { networks: 20 }).pixels).toBeGreaterThan(10);
  }
});

test("a layer whose kernel is smaller than its dilated stride sees nothing at some places", () => {
  const spec = net(5, [{ kind: "transposedConv", filters: 1, kernel: 1, stride: 2 }]);
  expect(receptiveField(spec)).toMatchObject({ size: 1, jump: 0.5, start: 0 });
  expect(receptiveField(spec).window(1, 1)).toEqual({
    top: 0,
    left: 0,
    height: 0,
    width: 0,
    share: 0,
  });
  // Unit 1 sees pixel 2, and units stand 1.5 apart: unit 0, which sees nothing, would stand at 0.5.
  const uneven: network.LayerSpec = {
    kind: "transposedConv",
    filters: 1,
    kernel: 1,
    stride: 2,
    padding: 1,
  };
  expect(receptiveField(net(6, [uneven, conv(1, { stride: 3 })]))).toMatchObject({
    size: 1,
    jump: 1.5,
    start: 1,
  });
  expect(measuredReceptiveField(spec, { unit: [1, 1] })).toMatchObject({
    height: 0,
    width: 0,
    pixels: 0,
    deviation: [0, 0],
  });
});

test("a corner unit of VGG16's pool5, measured on 224×224", () => {
  const pool5 = measuredReceptiveField("D", { layer: "pool5", unit: [0, 0] });
  expect([pool5.height, pool5.width]).toEqual([122, 122]);
});
