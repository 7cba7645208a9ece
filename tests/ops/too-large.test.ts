/** Small arguments that ask for giant results, or for what does not exist: refused before memory is asked for. */
import { describe, expect, test } from "vitest";
import { array, type FloatArray, fromFunction, random, zeros } from "../../src/array.js";
import { applyFilter, filters } from "../../src/index.js";
import { outputSize } from "../../src/ops/geometry.js";
import { fast, reference } from "../../src/ops/index.js";

const x = zeros([4, 4, 1]);
const k = zeros([3, 3, 1, 1]);
const MUCH = 1e9;

describe.each([
  ["reference", reference],
  ["fast", fast],
])("%s", (_, ops) => {
  test.each<[string, () => FloatArray]>([
    ["conv2d", () => ops.conv2d(x, k, { padding: MUCH })],
    ["conv2d, of an empty batch", () => ops.conv2d(zeros([0, 4, 4, 1]), k, { padding: MUCH })],
    ["conv2d, with a large stride", () => ops.conv2d(x, k, { padding: MUCH, stride: MUCH })],
    ["conv2d, mirrored", () => ops.conv2d(x, k, { padding: 40_000, paddingMode: "replicate" })],
    ["conv1d", () => ops.conv1d(zeros([4]), zeros([3]), { padding: 2e9 })],
    ["conv3d", () => ops.conv3d(zeros([2, 2, 2]), zeros([1, 1, 1]), { padding: 1000 })],
    ["conv2d full", () => ops.conv2d(x, k, { padding: "full", dilation: MUCH })],
    ["depthwiseConv2d", () => ops.depthwiseConv2d(x, k, { padding: MUCH })],
    [
      "spatiallySeparableConv2d",
      () => ops.spatiallySeparableConv2d(x, zeros([3, 1]), zeros([1, 3]), { padding: MUCH }),
    ],
    ["transposedConv2d", () => ops.transposedConv2d(x, k, { stride: MUCH })],
    ["maxPool", () => ops.maxPool(x, { size: MUCH, padding: MUCH / 2 })],
    ["avgPool", () => ops.avgPool(x, { size: MUCH, ceil: true })],
    ["pad", () => ops.pad(x, MUCH)],
    ["zeroInsertion", () => ops.zeroInsertion(x, MUCH)],
    ["unpoolNearest", () => ops.unpoolNearest(x, MUCH)],
    ["unpoolMax", () => ops.unpoolMax(x, zeros([4, 4, 1]), [MUCH, MUCH])],
  ])("%s says how much it would be", (name, call) => {
    const operation = name.split(/\W/)[0];
    expect(call).toThrow(
      new RegExp(
        `${operation}: the .*[\\d×]+ would hold [\\d,]+ numbers; an array holds at most 1,073,741,824`,
      ),
    );
    expect(call).toThrow(expect.objectContaining({ name: "ShapeError" }));
  });

  test.each<[string, () => unknown, string]>([
    [
      "conv2d",
      () => ops.conv2d(x, k, { strides: 2 } as never),
      "stride, padding, paddingMode, dilation, groups, bias and flip",
    ],
    [
      "conv1d",
      () => ops.conv1d(zeros([4]), zeros([3]), { strides: 2 } as never),
      "stride, padding",
    ],
    [
      "depthwiseConv2d",
      () => ops.depthwiseConv2d(x, k, { strides: 2 } as never),
      "stride, padding, paddingMode, dilation and bias",
    ],
    [
      "separableConv2d",
      () => ops.separableConv2d(x, k, zeros([1, 1]), { strides: 2 } as never),
      "stride, padding, paddingMode, dilation and bias",
    ],
    [
      "spatiallySeparableConv2d",
      () => ops.spatiallySeparableConv2d(x, zeros([3, 1]), zeros([1, 3]), { strides: 2 } as never),
      "stride",
    ],
    [
      "pointwiseConv2d",
      () => ops.pointwiseConv2d(x, zeros([1, 1]), { strides: 2 } as never),
      "bias and groups",
    ],
    [
      "transposedConv2d",
      () => ops.transposedConv2d(x, k, { strides: 2 } as never),
      "outputPadding",
    ],
    [
      "maxPool",
      () => ops.maxPool(x, { size: 2, strides: 2 } as never),
      "size, stride, padding, ceil and countPadding",
    ],
    [
      "fullyConnected",
      () => ops.fullyConnected(zeros([2]), zeros([2, 2]), { strides: 2 } as never),
      "bias alone",
    ],
    ["dropout", () => ops.dropout(x, 0.5, { strides: 2 } as never), "seed alone"],
    [
      "batchNormTraining",
      () => ops.batchNormTraining(x, { strides: 2 } as never),
      "scale, shift and epsilon",
    ],
    [
      "batchNorm",
      () => ops.batchNorm(x, { mean: 0, variance: 1, strides: 2 } as never),
      "mean and variance",
    ],
    [
      "sgdStep",
      () => ops.sgdStep(x, x, undefined, { rate: 1, strides: 2 } as never),
      "rate, momentum",
    ],
    ["adamStep", () => ops.adamStep(x, x, undefined, { strides: 2 } as never), "rate, beta1"],
  ])("%s names the options that it has", (operation, call, names) => {
    expect(call).toThrow(expect.objectContaining({ name: "ArgumentError" }));
    const are = names.endsWith(" alone") ? "is" : "are";
    expect(call).toThrow(`${operation}: there is no option "strides"; there ${are} `);
    expect(call).toThrow(names);
  });

  test("options that are none", () => {
    const said = "conv2d: the options come as { name: value }, with the names stride,";
    for (const [none, came] of [
      [null, "null"],
      [2, "2"],
      [[1, 2], "[1,2]"],
      ["same", '"same"'],
    ]) {
      expect(() => ops.conv2d(x, k, none as never)).toThrow(said);
      expect(() => ops.conv2d(x, k, none as never)).toThrow(`got ${came}.`);
    }
  });
});

test("other functions with options name them too", () => {
  const unknown = { strides: 2 } as never;
  expect(() => outputSize(4, 3, unknown)).toThrow(/outputSize: .*"strides"; there are stride/);
  expect(() => applyFilter(x, filters.sobelX(), unknown)).toThrow(/"strides".*padding and border/);
  expect(() => filters.gradientMagnitude(x, unknown)).toThrow(/"strides".*border and operator/);
});

test.each([
  ["zeros", () => zeros([MUCH, MUCH])],
  ["random", () => random([MUCH, 2])],
  ["fromFunction", () => fromFunction([MUCH, 2], () => 0)],
])("%s refuses a shape that no array has", (_, call) => {
  expect(call).toThrow(
    /The shape 1000000000×\d+ would hold [\d,]+ numbers; an array holds at most/,
  );
});

test("an array may have a side of nothing beside a long one", () => {
  expect(zeros([0, MUCH, MUCH]).shape).toEqual([0, MUCH, MUCH]);
  expect(array([]).shape).toEqual([0]);
});
