/** What is no network, or no part of one: said in words, wherever it comes. */
import { expect, test } from "vitest";
import { random, zeros } from "../../src/array.js";
import { globalAvgPool, network, train, vgg } from "../../src/index.js";

const wrong = (value: unknown): never => value as never;
const net = network.describe([8, 8, 1], [network.conv(2, 3, { name: "c" })]);
const holed = { ...net, layers: [null] };

test.each<[string, () => unknown, string]>([
  [
    "mapsAfter",
    () => train.mapsAfter(wrong(random([1, 2, 2])), wrong(net), 1),
    "wants a network first",
  ],
  [
    "classActivationMap",
    () => train.classActivationMap(wrong(null), zeros([2, 2, 1]), 0),
    "got null",
  ],
  [
    "inputGradient",
    () => train.inputGradient(wrong(undefined), zeros([2, 2]), [0]),
    "a network first",
  ],
  [
    "buildLayer",
    () => train.buildLayer(network.relu(), [2], wrong(1)),
    "train.randomSource(1); got 1",
  ],
  [
    "compare",
    () => new network.Comparison(wrong("A")),
    "a list of networks, such as network.compare",
  ],
  ["a summary", () => new network.NetworkSummary(wrong(3)), "A network is what network.describe"],
  ["a VGG summary", () => new vgg.Summary(wrong({})), "A VGG network is a column"],
  ["a hole", () => network.summary(wrong(holed)), "layer 1 is null"],
  ["a hole", () => network.receptiveField(wrong(holed)), "layer 1 is null"],
  ["a unit", () => network.measuredReceptiveField(net, wrong({ unit: 3 })), "its row and column"],
  [
    "starts",
    () => network.invarianceError(globalAvgPool, random([6, 7]), [0, 1], { starts: 1e9 }),
    "Of 1000000000 starts",
  ],
])("%s", (_, call, message) => {
  expect(call).toThrow(message);
  expect(call).toThrow(expect.objectContaining({ name: "ArgumentError" }));
});

test("a head's picture is H×W×C", () => {
  expect(() => vgg.headAsConvolutions("A", wrong({ input: 300 }))).toThrow(
    "The input of a network is H×W×C, three whole numbers such as [224, 224, 3]; got 300",
  );
});
