/** Lines that can be read, and the words that can't. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { vgg } from "../../src/index.js";

test("several ways to write the same network", () => {
  const plain = vgg.parse("64 64 M 128 FC-10 softmax").layers;
  for (const line of [
    "[64, 64, 'M', 128, 'FC-10', 'softmax']",
    "conv3-64 | conv3-64 | maxpool | conv3-128 | FC10 | soft-max",
    "  64,64,m , CONV3-128\n fc-10 SOFTMAX ",
  ]) {
    expect(vgg.parse(line).layers).toEqual(plain);
  }
  expect(plain).toEqual([
    { kind: "conv", kernel: 3, filters: 64 },
    { kind: "conv", kernel: 3, filters: 64 },
    { kind: "maxpool" },
    { kind: "conv", kernel: 3, filters: 128 },
    { kind: "fc", units: 10 },
    { kind: "softmax" },
  ]);
});

test("a small network of the reader's own, against numbers counted by hand", () => {
  const s = vgg.summary(vgg.parse("conv5-8 M 16 LRN conv1-4 M GAP FC-10", { input: [28, 28, 1] }));
  expect(s.rows.map((r) => [r.name, r.shape.join("×"), r.parameters, r.receptiveField])).toEqual([
    ["input", "28×28×1", 0, 1],
    ["conv1_1", "28×28×8", 208, 5],
    ["pool1", "14×14×8", 0, 6],
    ["conv2_1", "14×14×16", 1168, 10],
    ["lrn2", "14×14×16", 0, 10],
    ["conv2_2", "14×14×4", 68, 10],
    ["pool2", "7×7×4", 0, 12],
    ["gap", "4", 0, 36],
    ["fc1", "10", 50, 36],
  ]);
});

test("odd maps lose their last row when pooled, as the formula's floor says", () => {
  const s = vgg.summary(vgg.parse("4 M 4 M", { input: [15, 11, 3] }));
  expect(s.row("pool2").shape).toEqual([3, 2, 4]);
});

test.each([
  ["", /empty/],
  ["64 foo M", /Word 2, "foo"/],
  ["64 -3", /Word 2, "-3"/],
  ["conv2-64", /even size 2.*conv3-64/],
  ["64 0", /number of filters of "0".*1 or more; got 0/],
  ["64 FC-0", /size of "FC-0"/],
  ["64 FC-10 64", /Word 3 is a convolution.*vector/],
  ["64 GAP M", /Word 3 is maxpool/],
  ["64 FC-10 GAP", /Word 3 is global average pooling/],
] as const)("%j is refused", (line, message) => {
  expect(() => vgg.parse(line)).toThrow(message);
  expect(() => vgg.parse(line)).toThrow(expect.objectContaining({ name: "ArgumentError" }));
});

test("inputs that are no image, and inputs too small", () => {
  expect(() => vgg.parse("64", { input: [224, 224] as never })).toThrow(/H×W×C.*\[224, 224\]/);
  expect(() => vgg.parse("64", { input: [224.5, 224, 3] })).toThrow(/whole numbers/);
  expect(() => vgg.summary(vgg.config("D", { input: [16, 16, 3] }))).toThrow(
    /pool5 can't pool a map of 1×1×512/,
  );
  expect(() => vgg.config("F" as never)).toThrow(/A, A-LRN, B, C, D, E.*"F".*VGG16 is D/);
  expect(() => vgg.config("toString" as never)).toThrow(/no "toString"/);
  expect(() => vgg.summary("D").row("conv9_9")).toThrow(/conv1_1, conv1_2, pool1/);
});

test("totals are the sums of their rows, whatever the line", () => {
  const word = fc.oneof(
    fc.integer({ min: 1, max: 9 }).map(String),
    fc.constantFrom("conv1-4", "conv5-2", "M", "LRN"),
  );
  const head = fc.array(
    fc.integer({ min: 1, max: 20 }).map((units) => `FC-${units}`),
    { maxLength: 3 },
  );
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 8 }), head, (body, fcs) => {
      const line = [...body, ...fcs].join(" ");
      const { rows, totals } = vgg.summary(vgg.parse(line, { input: [256, 300, 3] }));
      expect(rows.length).toBe(body.length + fcs.length + 1);
      let inputs = 3;
      let parameters = 0;
      for (const [i, row] of rows.entries()) {
        const previous = rows[i - 1];
        if (row.kind === "fc") inputs = previous!.shape.reduce((a, b) => a * b, 1);
        if (row.kind === "conv") inputs = previous!.shape[2]!;
        const outputs = row.shape.at(-1)!;
        const taps =
          row.kind === "conv" ? Number(/conv(\d)-/.exec(body[i - 1]!)?.[1] ?? 3) ** 2 : 1;
        const expected =
          row.kind === "conv" || row.kind === "fc" ? taps * inputs * outputs + outputs : 0;
        expect(row.parameters).toBe(expected);
        parameters += expected;
      }
      expect(totals.parameters).toBe(parameters);
      expect(totals.convParameters + totals.fcParameters).toBe(parameters);
    }),
  );
});
