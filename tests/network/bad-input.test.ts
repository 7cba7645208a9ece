/** What people get wrong when they ask about networks: each is said in words, never a slip of the code itself. */
import { describe, expect, test } from "vitest";
import { array, type FloatArray, fromData, random } from "../../src/array.js";
import { ArgumentError, ShapeError } from "../../src/errors.js";
import { conv, relu } from "../../src/network/constructors.js";
import * as network from "../../src/network/index.js";
import * as vgg from "../../src/vgg/index.js";

/** An argument as plain JavaScript passes it, unseen by the types. */
const wrong = (value: unknown): never => value as never;
const two = network.describe([9, 9, 2], [conv(4, 3), relu()]);
const same = (x: FloatArray): FloatArray => x;

describe("layers", () => {
  test.each([
    [{ kind: "conv", filters: 2 }, "the kernel size"],
    [{ kind: "conv", filters: 2, kernel: "3" }, "the kernel size"],
    [{ kind: "maxPool" }, "the window size"],
    [{ kind: "residual" }, "the layers of each branch come as a list"],
    [{ kind: "residual", layers: [relu()], shortcut: "x" }, "the layers of each branch"],
    [{ kind: "transposedConv", filters: 2, kernel: 3, padding: "Same" }, 'got "Same"'],
    [relu, "is a function: call it"],
    [
      { kind: "conv", filters: 2, kernel: 3, strides: 2 },
      'there is no option "strides"; there are kind, name, stride, padding, kernel',
    ],
    [{ kind: "relu", slope: 1 }, 'there is no option "slope"; there are kind and name'],
  ])("%o is refused", (layer, message) => {
    const act = (): unknown => network.outputShape(wrong(layer), [8, 8, 2]);
    expect(act).toThrow(ArgumentError);
    expect(act).toThrow(message);
  });

  test("an option that no layer has is said where the layer is written", () => {
    expect(() => conv(8, 3, wrong({ strides: 2 }))).toThrow('conv: there is no option "strides"');
    expect(() => network.dense(8, wrong({ biases: false }))).toThrow(
      'there is no option "biases"; there are name and bias',
    );
    expect(conv(8, 3, wrong(null))).toEqual(conv(8, 3));
  });

  test("a number where the options belong is no stride, and no momentum", () => {
    expect(() => conv(8, 3, wrong(2))).toThrow("conv: the options come as { name: value }");
    expect(() => network.maxPool(2, wrong(1))).toThrow(
      "with the names name, stride, padding and ceil",
    );
    expect(() => network.batchNorm(wrong(0.1))).toThrow("batchNorm: the options come as");
    expect(() => conv(8, 3, wrong({ filters: 4 }))).toThrow('there is no option "filters"');
  });

  test.each<[string, network.LayerSpec]>([
    ["epsilon is a number above 0; got -1", { kind: "batchNorm", epsilon: -1 }],
    [
      "the momentum, the share that a batch replaces, is 0 to 1; got 2",
      { kind: "batchNorm", momentum: 2 },
    ],
    ["slope is a finite number; got NaN", { kind: "leakyRelu", slope: Number.NaN }],
    ["conv: bias is true or false; got 0", { ...conv(8, 3), bias: wrong(0) }],
    ["maxPool: ceil is true or false; got 'yes'", { ...network.maxPool(2), ceil: wrong("yes") }],
  ])("%s", (message, layer) => {
    expect(() => network.describe([9, 9, 2], [layer])).toThrow(message);
  });

  test("layerKinds takes convolutions alone", () => {
    expect(() => network.layerKinds(wrong({ kind: "maxPool", size: 2 }), [8, 8, 2])).toThrow(
      "layerKinds takes a convolution, such as conv(64, 3); got maxPool.",
    );
    expect(() => network.layerKinds(conv(2, 3), wrong(undefined))).toThrow(ShapeError);
  });
});

describe("networks", () => {
  test.each([null, "D", [relu()]])("shapes of %o", (came) => {
    expect(() => network.shapes(wrong(came))).toThrow("shapes takes what network.describe");
  });

  test.each([5, {}, { layers: [] }])("a network that is %o", (came) => {
    expect(() => network.summary(wrong(came))).toThrow("A network is what network.describe");
  });

  test("channels first are asked about, unless they may well be rows", () => {
    const asked =
      "The input of a network is H×W×C; got [3, 224, 224]: is this C×H×W? Write [224, 224, 3].";
    expect(() => network.describe([3, 224, 224], [conv(8, 3)])).toThrow(asked);
    expect(() => vgg.parse("64 M", { input: [3, 224, 224] })).toThrow(asked);
    expect(() => vgg.parse("64 M", { input: [1, 28, 28] })).toThrow("Write [28, 28, 1].");
    expect(network.describe([3, 8, 8], [conv(8, 3)]).input).toEqual([3, 8, 8]);
    expect(network.describe([3, 224, 64], [conv(8, 3)]).input).toEqual([3, 224, 64]);
    expect(() => vgg.parse("64 M", wrong({ inputs: [8, 8, 1] }))).toThrow(
      "there are name and input",
    );
  });

  test("a name beside others is said", () => {
    expect(() => network.summary("VGG16")).toThrow('"D" (VGG16)');
    expect(() => network.compare(wrong("A"))).toThrow('got "A".');
    expect(() => network.compare([])).toThrow("got an empty one.");
  });

  test("measuring takes the layer's name in its options, not beside them", () => {
    expect(() => network.measuredReceptiveField(two, wrong("conv1"))).toThrow(
      'The layer is named in the options, { layer: "conv1" }; got "conv1".',
    );
  });

  test("measuring needs a picture of finite numbers", () => {
    const picture = fromData(new Float32Array(162).fill(NaN), [9, 9, 2]);
    expect(() => network.measuredReceptiveField(two, { networks: 1, picture })).toThrow(
      "holds NaN",
    );
    expect(() =>
      network.measuredReceptiveField(two, { networks: 1, picture: wrong([[1]]) }),
    ).toThrow("got a plain list");
  });

  test.each([null, undefined, [1], "44"])("reach of the pixel %o", (pixel) => {
    expect(() => network.reach(two, wrong(pixel))).toThrow("A pixel is its row and column");
  });
});

describe("equivariance and invariance", () => {
  const x = random([6, 6]);
  test.each([
    ["no function", null, x, "The first argument is a function"],
    ["a function of nothing", () => null, x, "The function must give an array; it gave null."],
    ["a plain list", same, [[1, 2]], "a plain list: make it an array"],
  ])("%s", (_, f, picture, message) => {
    for (const measure of [network.equivarianceError, network.invarianceError]) {
      expect(() => measure(wrong(f), wrong(picture), [0, 1])).toThrow(message);
    }
  });

  test("a curve needs a list of shifts", () => {
    expect(() => network.invarianceCurve(same, array([[1]]), wrong(3))).toThrow("got 3.");
  });
});
