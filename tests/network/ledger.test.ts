/** What networks store, compute and hold, against numbers that are published. */
import { describe, expect, test } from "vitest";
import * as network from "../../src/network/index.js";
import * as vgg from "../../src/vgg/index.js";
import { alexNet, basicBlock, leNet5, mobileNet, resNet18, resNet50, separable } from "./models.js";

const { summary } = network;

describe("published parameters and multiply-adds", () => {
  // torchvision and fvcore; MobileNet: the paper's table 8 (569 million, 4.2 million) and Keras' trainable count.
  test.each<[network.NetworkSpec, number, number, number]>([
    [leNet5, 61_706, 416_520, 5],
    [alexNet, 61_100_840, 714_188_480, 8],
    [resNet18, 11_689_512, 1_814_073_344, 18],
    [resNet50, 25_557_032, 4_089_184_256, 50],
    [mobileNet, 4_231_976, 568_740_352, 28],
  ])("$name", (spec, parameters, macs, depth) => {
    const { totals } = summary(spec);
    expect(totals.parameters).toBe(parameters);
    expect(totals.macs).toBe(macs);
    expect(totals.depth).toBe(depth);
    expect(totals.weights + totals.biases).toBe(parameters);
    expect(totals.parameterBytes).toBe(4 * parameters);
  });

  test("a ResNet-18 block: 73,984 with 64 filters; with stride 2 to 128, 230,144", () => {
    const parameters = (input: [number, number, number], layers: network.LayerSpec[]): number =>
      summary(input, layers).totals.parameters;
    expect(parameters([56, 56, 64], basicBlock(64))).toBe(2 * 36_864 + 256);
    expect(parameters([56, 56, 64], basicBlock(128, 2))).toBe(73_728 + 147_456 + 8_192 + 3 * 256);
  });

  test("running means are kept beside the parameters: Keras' non-trainable 21,888 of MobileNet", () => {
    expect(summary(mobileNet).totals.buffers).toBe(21_888);
    expect(summary(resNet18).totals.buffers).toBe(9_600);
  });
});

test("standard against depthwise separable: 9N / (N + 9), 8 needs N ≥ 72, 9 never comes (C21)", () => {
  const ratio = (n: number): number => {
    const standard = network.describe(
      [14, 14, n],
      [{ kind: "conv", filters: n, kernel: 3, padding: 1, bias: false }],
    );
    const split = network.describe(
      [14, 14, n],
      separable(n).filter(({ kind }) => kind === "conv" || kind === "depthwise"),
    );
    return 1 / network.compare([standard, split]).ratios("macs")[1]!;
  };
  for (const [n, saving] of [
    [64, 7.89],
    [128, 8.41],
    [512, 8.84],
  ] as const) {
    expect(ratio(n)).toBeCloseTo(saving, 2);
    expect(ratio(n)).toBeCloseTo((9 * n) / (n + 9), 10);
  }
  expect(ratio(71)).toBeLessThan(8);
  expect(ratio(72)).toBe(8);
  expect(ratio(4096)).toBeLessThan(9);
});

test("3×3 twice against 5×5: 18C² and 25C², with biases 73,856 and 102,464 at C = 64 (C17)", () => {
  const of = (c: number, bias: boolean): number[] => {
    const conv = (kernel: number): network.LayerSpec => ({
      kind: "conv",
      filters: c,
      kernel,
      bias,
    });
    const twice = network.describe([32, 32, c], [conv(3), conv(3)]);
    const once = network.describe([32, 32, c], [conv(5)]);
    const both = network.compare([twice, once]).networks;
    expect(both[0]!.receptiveField).toBe(both[1]!.receptiveField);
    return both.map(({ parameters }) => parameters);
  };
  expect(of(10, false)).toEqual([1800, 2500]);
  expect(of(1, true)).toEqual([20, 26]);
  expect(of(64, true)).toEqual([73_856, 102_464]);
  expect(1 - 73_856 / 102_464).toBeCloseTo(0.279, 3);
});

test("a layer in three ways: VGG's first layer (C16, C30)", () => {
  const kinds = network.layerKinds(
    { kind: "conv", filters: 64, kernel: 3, padding: "same" },
    [224, 224, 3],
  );
  expect(kinds.fullyConnected).toEqual({ weights: 483_385_147_392, macs: 483_385_147_392 });
  expect(kinds.locallyConnected).toEqual({ weights: 86_704_128, macs: 86_704_128 });
  expect(kinds.convolution).toEqual({ weights: 1_728, macs: 86_704_128 });
  expect(Math.round(kinds.locality)).toBe(5_575);
  expect(kinds.sharing).toBe(50_176);
  expect(`${kinds}`).toContain(
    "Locality saves weights and work 5,575 times, sharing saves weights another 50,176 times and no work.",
  );
  expect(`${kinds}`).toMatch(/^fully connected +483,385,147,392 +483,385,147,392$/m);
});

describe("each kind of layer", () => {
  const one = (
    layer: network.LayerSpec,
    input: [number, number, number] = [8, 8, 6],
  ): network.LedgerRow => summary(input, [layer]).rows[1]!;
  test.each<[network.LayerSpec, number, number, number]>([
    [{ kind: "conv", filters: 12, kernel: 3 }, 9 * 6 * 12, 12, 9 * 6 * 12 * 36],
    [{ kind: "conv", filters: 12, kernel: 3, groups: 3 }, 9 * 2 * 12, 12, 9 * 2 * 12 * 36],
    [
      { kind: "conv", filters: 12, kernel: [1, 3], stride: 2, bias: false },
      3 * 6 * 12,
      0,
      3 * 6 * 12 * 4 * 3,
    ],
    [{ kind: "depthwise", kernel: 3, multiplier: 2 }, 9 * 12, 12, 9 * 12 * 36],
    [
      { kind: "transposedConv", filters: 4, kernel: 4, stride: 2, padding: 1 },
      16 * 6 * 4,
      4,
      16 * 6 * 4 * 64,
    ],
    [
      { kind: "transposedConv", filters: 4, kernel: 2, stride: 2, groups: 2, bias: false },
      4 * 3 * 4,
      0,
      4 * 3 * 4 * 64,
    ],
    [{ kind: "dense", units: 10 }, 3840, 10, 3840],
    [{ kind: "batchNorm" }, 6, 6, 0],
    [{ kind: "maxPool", size: 2 }, 0, 0, 0],
    [{ kind: "softmax" }, 0, 0, 0],
  ])("%j", (layer, weights, biases, macs) => {
    expect(one(layer)).toMatchObject({ weights, biases, macs, parameters: weights + biases });
  });
  test("rows are named by kind and number, or by the layer's own name, with their place", () => {
    const { rows, row } = summary(
      [8, 8, 4],
      [
        { kind: "conv", filters: 4, kernel: 3, padding: 1, name: "stem" },
        ...basicBlock(4),
        ...basicBlock(8, 2),
      ],
    );
    expect(rows.map(({ name, place }) => `${place} ${name}`)).toEqual([
      "0 input",
      "1 stem",
      "2.1 residual1.conv1",
      "2.2 residual1.batchNorm1",
      "2.3 residual1.relu1",
      "2.4 residual1.conv2",
      "2.5 residual1.batchNorm2",
      "2 residual1",
      "3 relu1",
      "4.1 residual2.conv1",
      "4.2 residual2.batchNorm1",
      "4.3 residual2.relu1",
      "4.4 residual2.conv2",
      "4.5 residual2.batchNorm2",
      "4.shortcut.1 residual2.shortcut.conv1",
      "4.shortcut.2 residual2.shortcut.batchNorm1",
      "4 residual2",
      "5 relu2",
    ]);
    expect(row.call({ rows }, "stem").text).toBe("conv 3×3 → 4");
  });
  test("a layer that is not there", () => {
    expect(() => summary(leNet5).row("conv9")).toThrow(
      /There is no layer "conv9" in LeNet-5; the layers are input, conv1, tanh1, avgPool1/,
    );
    expect(summary(leNet5).row(3)).toEqual(summary(leNet5).row("avgPool1"));
  });
});

describe("memory", () => {
  test("predicting: the largest step of VGG16 is its first ReLU, two maps of 224×224×64", () => {
    const memory = summary("D").memory();
    expect(memory.parameters).toBe(553_430_176);
    expect(memory.prediction.peak).toBe(2 * 224 * 224 * 64 * 4);
    expect(memory.prediction.total).toBe(memory.parameters + memory.prediction.peak);
    expect(memory.training).toMatchObject({ gradients: 553_430_176, optimiser: 0 });
  });
  test("CS231n's VGG ledger sums to 15.2 million numbers, not 24", () => {
    expect(vgg.summary("D").totals.values / 1e6).toBeCloseTo(15.2, 1);
  });
  test("values grow with the batch, parameters do not; Adam keeps two numbers for each", () => {
    const one = summary(leNet5).memory();
    const eight = summary(leNet5).memory({ batch: 8, optimiser: "adam" });
    expect(eight.parameters).toBe(one.parameters);
    expect(eight.training.kept).toBe(8 * one.training.kept);
    expect(eight.prediction.outputs).toBe(8 * one.prediction.outputs);
    expect(eight.training.optimiser).toBe(2 * one.training.gradients);
    expect(summary(leNet5).memory({ optimiser: "momentum" }).training.optimiser).toBe(4 * 61_706);
    const { kept, gradients, optimiser, backward, total } = eight.training;
    expect(total).toBe(eight.parameters + kept + gradients + optimiser + backward);
  });
  test("what is kept: a convolution's input, a ReLU's output, a maximum's places, and each tensor once", () => {
    const { rows } = summary(
      [8, 8, 2],
      [
        { kind: "conv", filters: 4, kernel: 3, padding: 1 }, // input: 128
        { kind: "relu" }, // output: 256
        { kind: "conv", filters: 4, kernel: 3, padding: 1 }, // the ReLU's output is there
        { kind: "batchNorm" }, // input: 256
        { kind: "relu" }, // 256
        { kind: "maxPool", size: 2 }, // places: 64
        { kind: "lrn" }, // input 64, output 64
        { kind: "flatten" }, // the same numbers
        { kind: "dropout", rate: 0.5 }, // mask: 64
        { kind: "dense", units: 5 }, // input: 64
        { kind: "softmax" }, // 5
      ],
    );
    expect(rows.map(({ keptBytes }) => keptBytes / 4)).toEqual([
      0, 128, 256, 0, 256, 256, 64, 128, 0, 64, 64, 5,
    ]);
    expect(rows.map(({ memoryBytes }) => memoryBytes / 4)).toEqual([
      128, 256, 256, 256, 256, 256, 64, 64, 0, 0, 5, 5,
    ]);
  });
  // torch.autograd.graph.saved_tensors_hooks, PyTorch 2, tensors that share memory counted once. It writes the places
  // of VGG16's maxima in 8 bytes instead of 4 (73,189,376 in all), and keeps 1,024 bytes of the block's batch moments.
  test.each<[string, network.NetworkSource, number]>([
    ["LeNet-5", leNet5, 36_432],
    ["VGG16", "D", 73_189_376 - 4 * 1_530_368],
    ["a ResNet-18 block", network.describe([56, 56, 64], basicBlock(64)), 4_015_104 - 1_024],
  ])("what PyTorch keeps of %s", (_, source, bytes) => {
    expect(summary(source).totals.keptBytes).toBe(bytes);
  });
  test("a residual block's input stays until the sum", () => {
    const conv: network.LayerSpec = { kind: "conv", filters: 4, kernel: 3, padding: 1 };
    const peak = (layers: network.LayerSpec[]): number =>
      summary([8, 8, 4], layers).memory().prediction.peak / (4 * 256);
    expect(peak([conv, conv])).toBe(2);
    expect(peak([{ kind: "residual", layers: [conv] }])).toBe(3);
    expect(peak([{ kind: "residual", layers: [conv, conv, conv] }])).toBe(3);
    expect(peak([{ kind: "residual", layers: [conv, conv], shortcut: [conv] }])).toBe(3);
    const inner: network.LayerSpec = { kind: "residual", layers: [conv, conv] };
    expect(peak([{ kind: "residual", layers: [conv, inner] }])).toBe(4);
    expect(peak([{ kind: "flatten" }, { kind: "dropout", rate: 0.1 }])).toBe(1);
    expect(peak([])).toBe(1);
  });
  test("mistakes", () => {
    expect(() => summary("A").memory({ batch: 0 })).toThrow(
      /The batch must be a whole number, 1 or more; got 0/,
    );
    expect(() => summary("A").memory({ optimiser: "lamb" as never })).toThrow(
      /"sgd", "momentum" or "adam"; got "lamb"/,
    );
  });
});
