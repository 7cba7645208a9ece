/** Mistakes and what is said to them: the same by the loops and by the fast versions, which need no back end for it. */
import { describe, expect, test } from "vitest";
import { zeros } from "../../src/array.js";
import { fast, reference } from "../../src/ops/index.js";

const grey = zeros([8, 8]);
const colour = zeros([8, 8, 3]);
const k3 = zeros([3, 3]);
const k333 = zeros([3, 3, 3, 4]);

describe.each([
  ["reference", reference],
  ["fast", fast],
])("%s", (_, ops) => {
  const { conv2d, maxPool, avgPool } = ops;

  test.each<[string, () => unknown, string | RegExp]>([
    [
      "no array",
      () => conv2d([[1]] as never, k3),
      /input must be an array.*nested lists came.*array\(/,
    ],
    ["nothing", () => conv2d(undefined as never, k3), /input must be an array.*undefined came/],
    ["no kernel", () => conv2d(grey, 3 as never), /kernel must be an array.*number came/],
    ["a vector", () => conv2d(zeros([8]), k3), /H×W, H×W×C or N×H×W×C; got 8\./],
    ["an empty image", () => conv2d(zeros([0, 8]), k3), /0×8 is empty/],
    ["an empty kernel", () => conv2d(grey, zeros([3, 0])), /kernel 3×0 is empty/],
    [
      "a kernel of three axes",
      () => conv2d(colour, zeros([3, 3, 3])),
      /Kh×Kw×Cin×Cout; got 3×3×3.*3×3×3×1/,
    ],
    [
      "other channels",
      () => conv2d(zeros([8, 8, 5]), k333),
      "conv2d: the input 8×8×5 has 5 channels (its last axis), but the kernel 3×3×3×4 reads 3 (its third axis, Cin). The two must be equal.",
    ],
    [
      "channels first",
      () => conv2d(zeros([3, 28, 28]), k333),
      "conv2d: expected H×W×C with the 3 channels that the kernel 3×3×3×4 reads, got shape 3×28×28: is this C×H×W? Use toHWC(input).",
    ],
    [
      "a batch with channels first",
      () => conv2d(zeros([2, 3, 9, 9]), k333),
      /got shape 2×3×9×9: is this N×C×H×W\? Use toHWC\(input\)/,
    ],
    ["a flat kernel on colour", () => conv2d(colour, k3), /kernel of 3×3 reads one.*3×3×3×1/],
    [
      "a kernel that is too large",
      () => conv2d(grey, zeros([9, 3])),
      /spans 9 rows, but the input has 8\./,
    ],
    [
      "too wide when dilated",
      () => conv2d(grey, k3, { dilation: [1, 4] }),
      /spans 9 columns \(3 entries with dilation 4\)/,
    ],
    [
      "biases that don't fit",
      () => conv2d(colour, k333, { bias: [1, 2] }),
      /the bias has 2 numbers for 4 output channels/,
    ],
    [
      "groups that the input's channels can't be shared among",
      () => conv2d(zeros([8, 8, 6]), zeros([3, 3, 2, 4]), { groups: 2 }),
      "conv2d: the input 8×8×6 has 6 channels (its last axis), but the kernel 3×3×2×4 reads 4 in 2 groups of 2 (its third axis, Cin / groups). The two must be equal.",
    ],
    [
      "groups that the output's channels can't be shared among",
      () => conv2d(zeros([8, 8, 6]), zeros([3, 3, 2, 4]), { groups: 3 }),
      "conv2d: 3 groups cannot share 4 output channels (the kernel's last axis) evenly. Take a number of groups that divides 4.",
    ],
    [
      "channels first, in groups",
      () => conv2d(zeros([6, 28, 28]), zeros([3, 3, 2, 3]), { groups: 3 }),
      /with the 6 channels that the kernel 3×3×2×3 reads in 3 groups, got shape 6×28×28: is this C×H×W\? Use toHWC\(input\)\./,
    ],
    [
      "mirrored too far",
      () => conv2d(zeros([3, 8]), k3, { padding: 3, paddingMode: "reflect" }),
      "conv2d: 3 rows can be mirrored by at most 2, since the edge itself is not repeated; got 3.",
    ],
    [
      "a gradient of another shape",
      () => ops.conv2dGradient(grey, k3, grey),
      "conv2dGradient: the output's gradient has one number for each number of the output, 6×6; got 8×8.",
    ],
    [
      "no gradient",
      () => ops.conv1dGradient(zeros([4]), zeros([2]), undefined as never),
      /gradient must be an array/,
    ],
    [
      "a signal with channels first",
      () => ops.conv1d(zeros([3, 50]), zeros([5, 3, 4])),
      "conv1d: expected L×C with the 3 channels that the kernel 5×3×4 reads, got shape 3×50: is this C×L? Use input.transpose(1, 0).",
    ],
    [
      "a batch of volumes with channels first",
      () => ops.conv3d(zeros([2, 3, 4, 5, 6]), zeros([2, 2, 2, 3, 4])),
      /expected N×D×H×W×C .* got shape 2×3×4×5×6: is this N×C×D×H×W\? Use input\.transpose\(0, 2, 3, 4, 1\)\./,
    ],
    [
      "an image for a signal",
      () => ops.conv1d(zeros([2, 8, 8, 3]), zeros([3])),
      "conv1d: the input is L, L×C or N×L×C; got 2×8×8×3.",
    ],
    [
      "one filter of a signal",
      () => ops.conv1d(zeros([8, 3]), zeros([5, 3])),
      "conv1d: the kernel is K or K×Cin×Cout; got 5×3. One filter of that shape is 5×3×1.",
    ],
    [
      "a volume without columns",
      () => ops.convolve3d(zeros([4, 4, 0]), zeros([2, 2, 2])),
      "convolve3d: the input 4×4×0 is empty along one axis.",
    ],
    [
      "a kernel that is too deep",
      () => ops.conv3d(zeros([3, 8, 8]), zeros([2, 1, 1]), { dilation: [3, 1, 1] }),
      /spans 4 slices \(2 entries with dilation 3\), but the input has 3\./,
    ],
    [
      "a kernel that is too long",
      () => ops.conv1d(zeros([3]), zeros([4])),
      /spans 4 steps, but the input has 3\./,
    ],
    ["a window that is too large", () => maxPool(grey, 9), /spans 9 rows, but the input has 8/],
    ["pooling of a vector", () => avgPool(zeros([8]), 2), /avgPool: the input is H×W/],
    [
      "global pooling of a vector",
      () => ops.globalAvgPool(zeros([8])),
      /globalAvgPool: the input is H×W/,
    ],
    ["the name of the caller", () => ops.convolve2d(zeros([8]), k3), /^convolve2d: /],
  ])("ShapeError: %s", (_what, call, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(expect.objectContaining({ name: "ShapeError" }));
  });

  test.each<[string, () => unknown, string | RegExp]>([
    [
      "negative stride",
      () => conv2d(grey, k3, { stride: -1 }),
      "The stride must be a whole number, 1 or more; got -1.",
    ],
    ["stride 0", () => conv2d(grey, k3, { stride: 0 }), /stride.*got 0/],
    ["half a stride", () => conv2d(grey, k3, { stride: [1, 0.5] }), /stride.*got 0\.5/],
    [
      "three strides",
      () => conv2d(grey, k3, { stride: [1, 1, 1] as never }),
      /one number, or two as \[down, across\]; got \[1,1,1\]/,
    ],
    [
      "a stride in words",
      () => conv2d(grey, k3, { stride: "2" as never }),
      /stride is one number.*"2"/,
    ],
    ["negative padding", () => conv2d(grey, k3, { padding: -1 }), /padding.*0 or more; got -1/],
    [
      "half a pixel of padding",
      () => conv2d(grey, k3, { padding: { left: 0.5 } }),
      /padding \(left\).*got 0\.5/,
    ],
    [
      "unknown padding",
      () => conv2d(grey, k3, { padding: "half" as never }),
      /padding.*got "half"/,
    ],
    ["dilation 0", () => conv2d(grey, k3, { dilation: 0 }), /dilation.*got 0/],
    [
      "a bias in words",
      () => conv2d(grey, k3, { bias: ["1"] as never }),
      /bias is a number, or one number for each/,
    ],
    [
      "an even kernel with same",
      () => conv2d(grey, zeros([4, 4]), { padding: "same" }),
      '"same" needs a kernel with a middle, and a kernel of even size 4 has none. Pad each side yourself: { padding: { top: 1, bottom: 2, left: 1, right: 2 } }.',
    ],
    [
      "even in one axis",
      () => conv2d(grey, zeros([3, 2]), { padding: "same" }),
      /even size 2.*top: 1, bottom: 1, left: 0, right: 1/,
    ],
    [
      "half a group",
      () => conv2d(colour, k333, { groups: 1.5 }),
      "conv2d: the number of groups must be a whole number, 1 or more; got 1.5.",
    ],
    [
      "an unknown border",
      () => ops.conv1d(zeros([8]), zeros([3]), { paddingMode: "wrap" as never }),
      'conv1d: the mode of a padding is "zero", "reflect", "replicate" or "circular"; got "wrap".',
    ],
    [
      "two strides on a line",
      () => ops.conv1d(zeros([8]), zeros([3]), { stride: [1, 2] as never }),
      "The stride is one number; got [1,2].",
    ],
    [
      "two strides in a volume",
      () => ops.conv3d(zeros([8, 8, 8]), zeros([1, 1, 1]), { stride: [1, 2] as never }),
      "The stride is one number, or three as [deep, down, across]; got [1,2].",
    ],
    [
      "an even kernel with same on a line",
      () => ops.conv1d(zeros([8]), zeros([4]), { padding: "same" }),
      /even size 4 has none\. Pad each side yourself: \{ padding: \{ before: 1, after: 2 \} \}\./,
    ],
    [
      "an even kernel with same in a volume",
      () => ops.conv3d(zeros([8, 8, 8]), zeros([3, 3, 2]), { padding: "same" }),
      /\{ front: 1, back: 1, top: 1, bottom: 1, left: 0, right: 1 \}/,
    ],
    [
      "a bias of two axes",
      () => conv2d(colour, k333, { bias: zeros([2, 2]) }),
      /bias is a number, or one number for each/,
    ],
    [
      "a bias of nothing",
      () => conv2d(colour, k333, { bias: null as never }),
      /bias is a number, or one number for each/,
    ],
    [
      "a flip that is a word",
      () => conv2d(colour, k333, { flip: "no" as never }),
      'conv2d: flip is true or false; got "no".',
    ],
    ["a window of 0", () => maxPool(grey, 0), /window size.*got 0/],
    ["a window of nothing", () => maxPool(grey, undefined as never), /window size is one number/],
    [
      "padding as large as the window",
      () => maxPool(grey, { size: 2, padding: 2 }),
      /padding 2 must be smaller than the window, 2/,
    ],
  ])("ArgumentError: %s", (_what, call, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(expect.objectContaining({ name: "ArgumentError" }));
  });

  test("an empty batch is not an empty image", () => {
    expect(reference.conv2d(zeros([0, 8, 8, 3]), k333).shape).toEqual([0, 6, 6, 4]);
    expect(() => conv2d(zeros([0, 0, 8, 3]), k333)).toThrow("0×0×8×3 is empty along one axis");
  });

  test("the padding that an even kernel's message proposes keeps the size", () => {
    const padding = { top: 1, bottom: 2, left: 1, right: 2 };
    expect(reference.conv2d(grey, zeros([4, 4]), { padding }).shape).toEqual([8, 8]);
  });
});
