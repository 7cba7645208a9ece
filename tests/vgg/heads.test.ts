/** VGG as a list of layers, and with other heads. */
import { describe, expect, test } from "vitest";
import * as network from "../../src/network/index.js";
import * as vgg from "../../src/vgg/index.js";

const { summary } = network;

describe("VGG as a network, and with other heads", () => {
  test("a ReLU behind each layer with weights but the last; names as in the ledger", () => {
    const { layers, name, input } = vgg.toNetwork("A-LRN");
    expect([name, input]).toEqual(["VGG A-LRN", [224, 224, 3]]);
    expect(layers.slice(0, 4).map(({ name }) => name)).toEqual([
      "conv1_1",
      "conv1_1_relu",
      "lrn1",
      "pool1",
    ]);
    expect(layers.filter(({ kind }) => kind === "relu")).toHaveLength(10);
    expect(layers.at(-1)).toEqual({ kind: "dense", name: "fc3", units: 1000 });
    expect(vgg.toNetwork(vgg.parse("8 GAP FC-2 softmax")).layers.map(({ kind }) => kind)).toEqual([
      "conv",
      "relu",
      "globalAvgPool",
      "dense",
      "softmax",
    ]);
  });
  test.each(["A", "D", "E"] as const)(
    "the head of %s as convolutions: as many weights and as much work, 1×1×1000",
    (name) => {
      const head = summary(vgg.headAsConvolutions(name));
      expect(head.totals.parameters).toBe(vgg.summary(name).totals.parameters);
      expect(head.totals.macs).toBe(vgg.summary(name).totals.macs);
      expect(head.row("fc1")).toMatchObject({ kind: "conv", shape: [1, 1, 4096] });
      expect(head.row("fc3").shape).toEqual([1, 1, 1000]);
    },
  );
  test("on a larger photograph it gives a map of answers, 32 pixels apart", () => {
    const large = vgg.headAsConvolutions("D", { input: [384, 512, 3] });
    expect(summary(large).row("fc3").shape).toEqual([6, 10, 1000]);
    expect(network.receptiveField(large)).toMatchObject({ size: 404, jump: 32, units: [6, 10] });
    expect(summary(large).totals.parameters).toBe(138_357_544);
  });
  test("a map that is not square, softmax kept", () => {
    const line = vgg.parse("4 M 8 M FC-6 FC-3 softmax", { input: [20, 28, 1] });
    const { layers } = vgg.headAsConvolutions(line);
    expect(
      layers
        .filter(({ kind }) => kind === "conv")
        .map((layer) => (layer as network.ConvSpec).kernel),
    ).toEqual([3, 3, [5, 7], [1, 1]]);
    expect(layers.at(-1)!.kind).toBe("softmax");
  });
  test("global average: VGG16 15,227,688, VGG19 20,537,384 parameters, on any picture (C29)", () => {
    expect(vgg.summary(vgg.globalAverageHead("D")).totals.parameters).toBe(15_227_688);
    const e = vgg.globalAverageHead("E");
    expect(vgg.summary(e).totals.parameters).toBe(20_537_384);
    expect(vgg.summary(vgg.parse(e.line, { input: [320, 320, 3] })).totals.parameters).toBe(
      20_537_384,
    );
    expect(vgg.globalAverageHead("C").line).toContain("conv1-512 M GAP FC-1000");
    expect(vgg.globalAverageHead(vgg.parse("8 LRN M GAP FC-9 FC-2 softmax")).line).toBe(
      "8 lrn M GAP FC-2 softmax",
    );
  });
  test("mistakes", () => {
    expect(() => vgg.headAsConvolutions(vgg.globalAverageHead("D"))).toThrow(
      /no fully connected layer that reads a map/,
    );
    expect(() => vgg.headAsConvolutions("D", { input: [200, 224, 3] })).toThrow(
      /made for 224×224×3; .*Got 200×224×3/,
    );
    expect(() => vgg.headAsConvolutions("D", { input: [224, 224, 1] })).toThrow(/with 3 channels/);
    expect(() => vgg.globalAverageHead(vgg.parse("8 M"))).toThrow(/no head to be replaced/);
    expect(() => vgg.toNetwork("F" as never)).toThrow(/there is no "F"/);
    expect(() => summary("8 M M").row("pool3")).toThrow(/There is no layer "pool3" in 8 M M/);
    expect(() => summary(vgg.parse("8 M M", { input: [2, 2, 1] }))).toThrow(
      "Layer 4 (maxPool 2×2) on 1×1×8: the window spans 2 rows, but the input has 1.",
    );
  });
});
