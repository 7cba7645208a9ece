/** The shape that leaves each kind of layer, against the formula, and what is said when a layer can't stand there. */
import { describe, expect, test } from "vitest";
import * as network from "../../src/network/index.js";

const { outputShape } = network;
type Case = [network.LayerSpec, number[], number[]];

test.each<Case>([
  [{ kind: "conv", filters: 64, kernel: 7, stride: 2, padding: 3 }, [224, 224, 3], [112, 112, 64]],
  [{ kind: "conv", filters: 6, kernel: [1, 5] }, [28, 28, 1], [28, 24, 6]],
  [{ kind: "conv", filters: 4, kernel: 3, dilation: 2 }, [9, 9, 2], [5, 5, 4]],
  [{ kind: "conv", filters: 4, kernel: 3, stride: 2, padding: "same" }, [9, 8, 2], [5, 4, 4]],
  [
    { kind: "conv", filters: 4, kernel: 4, padding: { top: 1, bottom: 2, left: 1, right: 2 } },
    [6, 6, 2],
    [6, 6, 4],
  ],
  [{ kind: "depthwise", kernel: 3, padding: "same" }, [14, 14, 512], [14, 14, 512]],
  [{ kind: "depthwise", kernel: 3, multiplier: 2 }, [14, 14, 8], [12, 12, 16]],
  [{ kind: "maxPool", size: 2 }, [7, 7, 512], [3, 3, 512]],
  [{ kind: "maxPool", size: 2, ceil: true }, [7, 7, 512], [4, 4, 512]],
  [{ kind: "maxPool", size: 3, stride: 2, padding: 1 }, [112, 112, 64], [56, 56, 64]],
  // PyTorch: the last window may not begin behind the picture, so 5 pixels, window 1, stride 3 stay at 2 places.
  [{ kind: "maxPool", size: 2, stride: 3, ceil: true }, [6, 6, 1], [2, 2, 1]],
  [{ kind: "avgPool", size: 2, stride: 1 }, [7, 6, 2], [6, 5, 2]],
  [{ kind: "transposedConv", filters: 8, kernel: 3, stride: 2 }, [4, 5, 16], [9, 11, 8]],
  [
    { kind: "transposedConv", filters: 8, kernel: 4, stride: 2, padding: 1 },
    [4, 5, 16],
    [8, 10, 8],
  ],
  [
    { kind: "transposedConv", filters: 8, kernel: 3, stride: 2, padding: 1, outputPadding: 1 },
    [4, 5, 16],
    [8, 10, 8],
  ],
  [
    { kind: "transposedConv", filters: 8, kernel: 3, stride: 2, padding: "same" },
    [4, 5, 16],
    [8, 10, 8],
  ],
  [{ kind: "upsample", factor: 2 }, [4, 5, 16], [8, 10, 16]],
  [{ kind: "flatten" }, [7, 7, 512], [25088]],
  [{ kind: "dense", units: 10 }, [7, 7, 512], [10]],
  [{ kind: "dense", units: 10 }, [84], [10]],
  [{ kind: "globalAvgPool" }, [7, 7, 512], [512]],
  [{ kind: "globalMaxPool" }, [7, 7, 512], [512]],
  [{ kind: "channelShuffle", groups: 3 }, [7, 7, 6], [7, 7, 6]],
  [{ kind: "batchNorm" }, [7, 7, 6], [7, 7, 6]],
  [{ kind: "dropout", rate: 0.5 }, [4096], [4096]],
  [{ kind: "leakyRelu" }, [3, 3, 1], [3, 3, 1]],
  [{ kind: "softmax" }, [10], [10]],
  [
    { kind: "residual", layers: [{ kind: "conv", filters: 8, kernel: 3, padding: 1 }] },
    [5, 5, 8],
    [5, 5, 8],
  ],
  [{ kind: "residual", layers: [] }, [5, 5, 8], [5, 5, 8]],
])("%j on %j", (layer, input, output) => {
  expect(outputShape(layer, input)).toEqual(output);
});

describe("what can't be", () => {
  const conv = (filters: number, kernel: number, more = {}): network.LayerSpec => ({
    kind: "conv",
    filters,
    kernel,
    ...more,
  });
  test.each<[string, () => unknown, string | RegExp]>([
    [
      "a network that shrinks to nothing",
      () => network.describe([8, 8, 1], [conv(4, 5), { kind: "relu" }, conv(8, 5)]),
      "Layer 3 (conv 5×5 → 8) on 4×4×4: the window spans 5 rows, but the input has 4. The window must fit at least once: take a smaller kernel or more padding.",
    ],
    [
      "a convolution of a vector",
      () => network.describe([8, 8, 1], [{ kind: "flatten" }, conv(4, 3)]),
      "Layer 2 (conv 3×3 → 4) on 64: it needs a map of H×W×C, and got 64; a vector has no rows and columns left: put it before flatten, dense and global pooling.",
    ],
    [
      "a picture without channels",
      () => outputShape(conv(4, 3), [28, 28]),
      /H×W×C or one length.*28×28/,
    ],
    ["a batch", () => outputShape(conv(4, 3), [32, 28, 28, 1]), /leave out the batch, 32/],
    ["an empty shape", () => outputShape(conv(4, 3), [0, 28, 1]), /at least 1; got 0×28×1/],
    [
      "groups",
      () => outputShape(conv(4, 3, { groups: 3 }), [9, 9, 6]),
      /conv 3×3 → 4 on 9×9×6: 4 filters can't be divided into 3 groups/,
    ],
    [
      "groups of channels",
      () => outputShape({ kind: "channelShuffle", groups: 4 }, [9, 9, 6]),
      /6 input channels can't be divided into 4 groups/,
    ],
    [
      "no filters",
      () => outputShape(conv(0, 3), [9, 9, 6]),
      /the number of filters must be a whole number, 1 or more; got 0/,
    ],
    [
      "half a unit",
      () => outputShape({ kind: "dense", units: 1.5 }, [9]),
      /dense → 1.5 on 9: the number of units/,
    ],
    [
      "an even kernel with same",
      () => outputShape(conv(4, 4, { padding: "same" }), [9, 9, 1]),
      /even size 4.*top: 1, bottom: 2/,
    ],
    ["a rate of 1", () => outputShape({ kind: "dropout", rate: 1 }, [9]), /below 1; got 1/],
    [
      "no such kind",
      () => outputShape({ kind: "attention" } as never, [9]),
      /no layer of kind "attention"/,
    ],
    [
      "no such factor",
      () => outputShape({ kind: "upsample", factor: 0 }, [3, 3, 1]),
      /the factor must be/,
    ],
    [
      "pooling in the padding",
      () => outputShape({ kind: "maxPool", size: 2, padding: 2 }, [4, 4, 1]),
      /on 4×4×1: padding 2 must be smaller than the window, 2/,
    ],
    [
      "everything cut off",
      () => outputShape({ kind: "transposedConv", filters: 1, kernel: 3, padding: 2 }, [2, 2, 1]),
      /on 2×2×1: the stamps cover 4 rows, and a padding of 2 and 2 leaves none/,
    ],
    [
      "output padding as wide as the stride",
      () =>
        outputShape(
          { kind: "transposedConv", filters: 1, kernel: 3, stride: 2, outputPadding: 2 },
          [2, 2, 1],
        ),
      /on 2×2×1: the output padding must be smaller than the stride, 2; got 2/,
    ],
    [
      "a sum of different shapes",
      () =>
        network.describe([8, 8, 4], [{ kind: "relu" }, { kind: "residual", layers: [conv(4, 3)] }]),
      "Layer 2 (residual) on 8×8×4: the layers give 6×6×4 and the shortcut 8×8×4, and only equal shapes can be added. Give it a shortcut of a 1×1 convolution with the same stride and filters.",
    ],
    [
      "a mistake inside a block is said once, with its place",
      () =>
        network.describe(
          [8, 8, 4],
          [{ kind: "relu" }, { kind: "residual", layers: [conv(4, 3), conv(4, 9)] }],
        ),
      /^Layer 2\.2 \(conv 9×9 → 4\) on 6×6×4: the window spans 9 rows/,
    ],
    [
      "a layer that was not called",
      () => network.describe([8, 8, 1], [conv(4, 3), function relu() {} as never]),
      "Layer 2 is a function: call it, as in relu().",
    ],
    [
      "a function without a name",
      () => outputShape((() => conv) as never, [8, 8, 1]),
      "A layer is a function: call it",
    ],
    ["no layer", () => outputShape(undefined as never, [8]), /^A layer must be .*got undefined\.$/],
    ["a list in the list", () => outputShape([conv(4, 3)] as never, [8]), /got a list/],
    [
      "no shape",
      () => outputShape(conv(4, 3), 28 as never),
      /^conv 3×3 → 4 takes a shape such as \[28, 28, 1\]; got 28/,
    ],
    [
      "no list of layers",
      () => network.describe([8, 8, 1], undefined as never),
      /come as a list.*got undefined/,
    ],
    [
      "one layer alone",
      () => network.describe([8, 8, 1], conv(4, 3) as never),
      /come as a list.*got an object/,
    ],
    [
      "no input",
      () => network.describe(undefined as never, []),
      /H×W×C, three whole numbers.*got undefined/,
    ],
    [
      "an input of two numbers",
      () => network.describe([28, 28] as never, []),
      /H×W×C, three whole numbers.*\[28, 28\]/,
    ],
  ])("%s", (_, call, message) => {
    expect(call).toThrow(message);
  });

  test("the kind of error is kept", () => {
    expect(() => outputShape(conv(4, 9), [8, 8, 1])).toThrow(
      expect.objectContaining({ name: "ShapeError" }),
    );
    expect(() => outputShape(conv(4, 0), [8, 8, 1])).toThrow(
      expect.objectContaining({ name: "ArgumentError" }),
    );
  });
});

test("shapes along a network; the list that came is not kept", () => {
  const layers: network.LayerSpec[] = [
    { kind: "conv", filters: 6, kernel: 5 },
    { kind: "maxPool", size: 2 },
  ];
  const net = network.describe([28, 28, 1], layers, { name: "half a LeNet" });
  layers.pop();
  expect(net.name).toBe("half a LeNet");
  expect(network.shapes(net)).toEqual([
    [24, 24, 6],
    [12, 12, 6],
  ]);
});
