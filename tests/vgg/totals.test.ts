/** Every number that is published or was computed for the six networks, to the last digit. */
import { describe, expect, test } from "vitest";
import { vgg } from "../../src/index.js";

/** research/lessons.md section 2: convolutions, total, FC %, FC1 %, MB, MiB, multiply-adds (exact; B is 11.308 G, not 11.309), FC MAC %, receptive field of pool5. */
const table: [vgg.ConfigName, string, ...number[]][] = [
  ["A", "VGG11", 9_220_480, 132_863_336, 93.06, 77.35, 531.5, 506.8, 7_609_090_048, 1.62, 150],
  ["B", "VGG13", 9_404_992, 133_047_848, 92.93, 77.24, 532.2, 507.5, 11_308_466_176, 1.09, 156],
  ["D", "VGG16", 14_714_688, 138_357_544, 89.36, 74.27, 553.4, 527.8, 15_470_264_320, 0.8, 212],
  ["E", "VGG19", 20_024_384, 143_667_240, 86.06, 71.53, 574.7, 548.0, 19_632_062_464, 0.63, 268],
];

describe.each(table)(
  "configuration %s, %s",
  (name, called, conv, total, fcShare, fc1Share, mb, mib, macs, fcMacShare, field) => {
    const { totals, row } = ((s) => ({ totals: s.totals, row: s.row.bind(s) }))(vgg.summary(name));

    test("weights", () => {
      expect(totals.convParameters).toBe(conv);
      expect(totals.fcParameters).toBe(123_642_856);
      expect(totals.parameters).toBe(total);
      expect(totals.weights + totals.biases).toBe(total);
      expect(totals.weightLayers).toBe(Number(called.slice(3)));
    });
    test("shares of the fully connected layers", () => {
      expect((100 * totals.fcParameters) / totals.parameters).toBeCloseTo(fcShare!, 2);
      expect((100 * row("fc1").parameters) / totals.parameters).toBeCloseTo(fc1Share!, 2);
      expect((100 * totals.fcMacs) / totals.macs).toBeCloseTo(fcMacShare!, 2);
    });
    test("size of the weights in MB and MiB", () => {
      expect((totals.parameterBytes / 1e6).toFixed(1)).toBe(mb!.toFixed(1));
      expect((totals.parameterBytes / 2 ** 20).toFixed(1)).toBe(mib!.toFixed(1));
    });
    test("work", () => {
      expect(totals.macs).toBe(macs);
      expect(totals.convMacs + totals.fcMacs).toBe(totals.macs);
    });
    test("receptive fields and the last map", () => {
      expect(row("pool5").receptiveField).toBe(field);
      expect(row("fc1").receptiveField).toBe(field! + 6 * 32);
      expect(row("pool5").shape).toEqual([7, 7, 512]);
      expect(row("fc3").shape).toEqual([1000]);
    });
  },
);

test("the paper's own Table 2, in millions: 133, 133, 134, 138, 144", () => {
  const millions = (["A", "A-LRN", "B", "C", "D", "E"] as const).map((name) =>
    Math.round(vgg.summary(name).totals.parameters / 1e6),
  );
  expect(millions).toEqual([133, 133, 133, 134, 138, 144]);
});

test("C has 1×1 convolutions: 133,638,952 weights, the last one of a block widens no view", () => {
  const c = vgg.summary("C");
  expect(c.totals.parameters).toBe(133_638_952);
  expect(c.totals.weightLayers).toBe(16);
  expect(c.row("conv3_3").weights).toBe(256 * 256);
  expect(c.row("conv3_3").receptiveField).toBe(c.row("conv3_2").receptiveField);
  expect(c.row("pool5").receptiveField).toBe(156);
});

test("A-LRN is A with one layer that has no weights", () => {
  const lrn = vgg.summary("A-LRN");
  expect(lrn.totals.parameters).toBe(vgg.summary("A").totals.parameters);
  expect(lrn.rows.length).toBe(vgg.summary("A").rows.length + 1);
  expect(lrn.row("lrn1").shape).toEqual([224, 224, 64]);
});

test("the first layers of D, line by line", () => {
  const d = vgg.summary("D");
  expect(d.row("conv1_1")).toEqual({
    name: "conv1_1",
    kind: "conv",
    shape: [224, 224, 64],
    weights: 1728,
    biases: 64,
    parameters: 1792,
    macs: 86_704_128,
    values: 3_211_264,
    memoryBytes: 12_845_056,
    receptiveField: 3,
  });
  expect(d.row("conv1_2").parameters).toBe(36_928);
  expect(d.row("pool1").shape).toEqual([112, 112, 64]);
  expect(d.row("pool1").receptiveField).toBe(6);
  expect(d.row("conv2_1").parameters).toBe(73_856);
  expect(d.row("fc1").weights).toBe(25_088 * 4096);
  expect(d.row("fc2").parameters).toBe(16_781_312);
  expect(d.row("fc3").parameters).toBe(4_097_000);
});

test("all outputs of D are 15.2 million numbers, not the 24 million that a well-known table claims", () => {
  const { values, memoryBytes } = vgg.summary("D").totals;
  expect((values / 1e6).toFixed(1)).toBe("15.2");
  expect(memoryBytes).toBe(4 * values);
});

test.each([
  ["D", 15_227_688],
  ["E", 20_537_384],
] as const)("%s with a global average head: %i weights", (name, total) => {
  const line = vgg.lines[name].replace("FC-4096 FC-4096 FC-1000", "GAP FC-1000");
  expect(vgg.summary(vgg.parse(line)).totals.parameters).toBe(total);
});

test("the head fixes the input size; the convolutions don't mind another", () => {
  const larger = vgg.summary(vgg.config("D", { input: [448, 320, 3] }));
  expect(larger.totals.convParameters).toBe(14_714_688);
  expect(larger.row("pool5").shape).toEqual([14, 10, 512]);
  expect(larger.row("fc1").weights).toBe(14 * 10 * 512 * 4096);
  expect(larger.row("fc1").receptiveField).toBe(212 + 13 * 32);
});
