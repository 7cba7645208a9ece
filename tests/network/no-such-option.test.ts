/** An option that does not exist is said: `{ optimizer: "adam" }` would else count as nothing. */
import { describe, expect, test } from "vitest";
import { random, zeros } from "../../src/array.js";
import * as data from "../../src/data/index.js";
import { ArgumentError } from "../../src/errors.js";
import * as image from "../../src/image/index.js";
import * as network from "../../src/network/index.js";
import * as train from "../../src/train/index.js";
import * as vgg from "../../src/vgg/index.js";

const layers = [train.conv(2, 3), train.relu(), train.dense(3)];
const spec = network.describe([8, 8, 1], layers);
const net = train.network(spec);
const pictures = random([2, 8, 8, 1]);
const picture = random([8, 8]);
/** What no option may be, as it comes from JavaScript. */
const wrong = (value: unknown): never => value as never;
const same = (x: typeof picture): typeof picture => x;

/** Each function with the options that it is given, and one that it has. */
const takers: readonly [string, (options: never) => unknown, string][] = [
  ["network.describe", (o) => network.describe([8, 8, 1], layers, o), "name"],
  ["network.summary", (o) => network.summary([8, 8, 1], layers, o), "name"],
  ["summary.memory", (o) => network.summary(spec).memory(o), "optimiser"],
  ["window", (o) => network.receptiveField(spec, 1).window(0, 0, o), "clip"],
  ["measuredReceptiveField", (o) => network.measuredReceptiveField(spec, o), "networks"],
  ["equivarianceError", (o) => network.equivarianceError(same, picture, [0, 1], o), "border"],
  ["invarianceError", (o) => network.invarianceError(same, picture, [0, 1], o), "starts"],
  ["invarianceCurve", (o) => network.invarianceCurve(same, picture, [0, 1], o), "starts"],
  ["vgg.headAsConvolutions", (o) => vgg.headAsConvolutions("D", o), "input"],
  ["train.network", (o) => train.network(spec, o), "start"],
  ["fit", (o) => net.fit(pictures, [0, 1], o), "epochs"],
  ["gradientAt", (o) => net.gradientAt(pictures, zeros([2, 3]), o), "from"],
  ["classActivationMap", (o) => train.classActivationMap(net, picture, 1, o), "layers"],
  ["inputGradient", (o) => train.inputGradient(net, picture, [0], o), "layers"],
  ["image.save", (o) => image.save("never.png", picture, o), "quality"],
  ["image.forVgg", (o) => image.forVgg(picture, o), "fit"],
  ["image.forTorchvision", (o) => image.forTorchvision(picture, o), "fit"],
  ["data.digits", (o) => data.digits(3, o), "start"],
  ["data.textures", (o) => data.textures(o), "train"],
];

describe("an option that does not exist", () => {
  test.each(takers)("%s", (_, call, known) => {
    const act = (): unknown => call(wrong({ optimizer: "adam" }));
    expect(act).toThrow(ArgumentError);
    expect(act).toThrow(/there is no option "optimizer"; there (are|is) /);
    expect(act).toThrow(known);
    for (const came of ["adam", null]) expect(() => call(wrong(came))).toThrow(ArgumentError);
  });

  test("image.resize", () => {
    const act = (): unknown => image.resize(picture, wrong({ height: 4, mehtod: "area" }));
    expect(act).toThrow('resize: there is no option "mehtod"; there are height, width, method');
  });

  test("sets that are fetched, before anything is fetched", async () => {
    for (const fetch of [data.mnist, data.cifar10]) {
      await expect(fetch(wrong({ tests: 10 }))).rejects.toThrow('there is no option "tests"');
    }
  });
});

test("layers for a network that has its own are refused", () => {
  expect(() => network.summary(spec, layers)).toThrow("has its layers: network.summary(network)");
});

test("what is called after a step is a function", () => {
  expect(() => net.fit(pictures, [0, 1], wrong({ onEpoch: 5 }))).toThrow(
    "fit: onEpoch is a function; got 5",
  );
});

test("weights that are none, or not finite, are refused, and nothing is changed", () => {
  const before = net.weights();
  expect(() => net.setWeights(wrong([null]))).toThrow("number 0 is null");
  expect(() => net.setWeights(wrong(before.map(({ name }) => ({ name }))))).toThrow(
    "{ name, values }",
  );
  const broken = net.weights();
  broken.at(-1)!.values.set(0, Number.NaN);
  expect(() => net.setWeights(broken)).toThrow("dense1.bias holds NaN or an infinity");
  expect(net.weights()).toEqual(before);
});

test("a seed is a number", () => {
  expect(() => train.randomSource(wrong("x"))).toThrow(
    'randomSource: the seed is a number; got "x"',
  );
});

test("networks are compared by what there is", () => {
  expect(() => network.compare(["A", "D"]).ratios(wrong("flops"))).toThrow(
    'receptiveField; got "flops"',
  );
});
