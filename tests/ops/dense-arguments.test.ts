/** What fully connected layers refuse, and how they say it. */
import { beforeAll, describe, expect, test } from "vitest";
import { fromData, zeros } from "../../src/array.js";
import { useBackend } from "../../src/backend/index.js";
import { fast, reference } from "../../src/ops/index.js";

beforeAll(async () => {
  await useBackend("wasm");
});

describe.each([
  ["reference", reference],
  ["fast", fast],
])("what %s refuses", (_, ops) => {
  test.each<[string, () => unknown, string, string | RegExp]>([
    [
      "an image",
      () => ops.fullyConnected(zeros([7, 7, 512]), zeros([25088, 10])),
      "ShapeError",
      "fullyConnected: the input is a list of numbers or a batch of them, N×inputs; got 7×7×512. Make a list of an image with flatten(x) first.",
    ],
    [
      "other inputs",
      () => ops.fullyConnected(zeros([5]), zeros([4, 3])),
      "ShapeError",
      "fullyConnected: the input 5 has 5 numbers, but the weights 4×3 read 4 (their first axis). The two must be equal.",
    ],
    [
      "weights as PyTorch keeps them",
      () => ops.fullyConnected(zeros([2, 3]), zeros([4, 3])),
      "ShapeError",
      /look like units×inputs: turn them with weights\.transpose\(1, 0\)/,
    ],
    [
      "weights of one axis",
      () => ops.fullyConnected(zeros([3]), zeros([3])),
      "ShapeError",
      /inputs×units, at least 1×1; got 3/,
    ],
    [
      "biases that don't fit",
      () => ops.fullyConnected(zeros([3]), zeros([3, 2]), { bias: [1] }),
      "ShapeError",
      "fullyConnected: the bias has 1 numbers for 2 units. Give one number for all, or one for each.",
    ],
    [
      "a bias in words",
      () => ops.fullyConnected(zeros([3]), zeros([3, 2]), { bias: "1" as never }),
      "ArgumentError",
      /the bias is a number, or one number for each unit/,
    ],
    [
      "a single number",
      () => ops.fullyConnected(fromData(new Float32Array(1), []), zeros([1, 1])),
      "ShapeError",
      /got a single number/,
    ],
    [
      "a gradient that doesn't fit",
      () => ops.fullyConnectedGradient(zeros([3]), zeros([3, 2]), zeros([3])),
      "ShapeError",
      /2; got 3/,
    ],
    ["no image", () => ops.flatten(zeros([3])), "ShapeError", /^flatten: the input is H×W/],
    [
      "another size",
      () => ops.fullyConnectedAsConvolution(zeros([12, 2]), [2, 2, 2]),
      "ShapeError",
      /2×2×2 has 8 numbers, but the weights 12×2 read 12/,
    ],
    [
      "two sizes",
      () => ops.fullyConnectedAsConvolution(zeros([12, 2]), [2, 6] as never),
      "ShapeError",
      /\[height, width, channels\].*got \[2,6\]/,
    ],
    [
      "half a size",
      () => ops.convolutionAsFullyConnected(zeros([2, 2]), [2, 2.5, 1]),
      "ArgumentError",
      /a size of the image must be a whole number, 1 or more; got 2\.5/,
    ],
    [
      "a matrix without end",
      () => ops.convolutionAsFullyConnected(zeros([1, 1, 1, 3]), [100, 100, 1]),
      "ShapeError",
      /weights would be 10000×30000, more than 268435456/,
    ],
  ])("%s", async (_what, call, name, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(expect.objectContaining({ name }));
  });
});
