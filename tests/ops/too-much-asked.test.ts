/** Sizes of 10⁹ where nothing so large can come, or need come: answered at once. */

import { beforeAll, expect, test } from "vitest";
import { array, random, zeros } from "../../src/array.js";
import { useBackend } from "../../src/backend/index.js";
import { check, compare, data, network, train, vgg } from "../../src/index.js";
import { convolutionMatrix, fast, overlapCounts, reference } from "../../src/ops/index.js";
import { onEachBackEnd } from "./back-ends.js";
import { expectClose } from "./close.js";

const MUCH = 1e9;
const wrong = (value: unknown): never => value as never;

beforeAll(async () => {
  await useBackend("wasm");
});

test("a stride far beyond the picture makes one window, at once", () => {
  const x = random([6, 7, 3]);
  const size = { size: 2, stride: MUCH };
  expect(fast.maxPoolWithIndices(x, size)).toEqual(reference.maxPoolWithIndices(x, size));
  const slopes = random([1, 1, 3]);
  expect(fast.maxPoolGradient(x, size, slopes)).toEqual(reference.maxPoolGradient(x, size, slopes));
});

onEachBackEnd(() => {
  test("a stride of more than 32 bits takes one step, as any stride beyond the picture", () => {
    const [x, kernel] = [random([5, 6, 2]), random([2, 2, 2, 3], 2)];
    for (const stride of [2 ** 31, 2 ** 40]) {
      expect(fast.conv2d(x, kernel, { stride }).shape).toEqual([1, 1, 3]);
      expect(fast.maxPool(x, { size: 2, stride })).toEqual(
        reference.maxPool(x, { size: 2, stride }),
      );
      expectClose(fast.avgPool(x, { size: 2, stride }), reference.avgPool(x, { size: 2, stride }));
      expectClose(fast.conv2d(x, kernel, { stride }), reference.conv2d(x, kernel, { stride }));
    }
  });
});

test.each<[string, () => unknown, RegExp]>([
  ["digits", () => data.digits(10, { width: MUCH }), /data\.digits: 10 pages of 28×1000000000/],
  ["stamps", () => overlapCounts(MUCH, 3, 2), /overlapCounts: .* more than 4194304/],
  ["a kernel", () => overlapCounts(4, MUCH, 2), /overlapCounts: .* more than 4194304/],
  ["a step", () => overlapCounts(4, 3, MUCH), /overlapCounts: .* more than 4194304/],
  [
    "an image",
    () => reference.convolutionAsFullyConnected(zeros([3, 3, 2, 4]), [MUCH, 5, 2]),
    /convolutionAsFullyConnected: an image of 1000000000×5×2 would hold/,
  ],
  [
    "the input of a network",
    () => train.network([MUCH, 8, 1], [train.flatten(), train.dense(3)]),
    /would hold .* numbers/,
  ],
])("%s of 10⁹ is refused before memory is asked for", (_, call, message) => {
  expect(call).toThrow(message);
  expect(call).toThrow(expect.objectContaining({ name: "ShapeError" }));
});

test.each<[string, () => unknown, RegExp]>([
  ["a matrix", () => convolutionMatrix(array([[1]]), [2, 2], wrong(null)), /the options come as/],
  [
    "a matrix with strides",
    () => convolutionMatrix(array([[1]]), [2, 2], wrong({ strides: 2 })),
    /convolutionMatrix: there is no option "strides"/,
  ],
  ["a residual block", () => network.residual(wrong(null)), /residual: a block is a list/],
  ["a walk", () => vgg.walk("A", wrong(null)), /vgg\.walk: the options come as/],
  ["an exercise", () => check(wrong(undefined)), /No exercise is called "undefined"/],
  ["a comparison", () => compare("x", 1, wrong(null)), /compare: the options come as/],
])("%s of nothing", (_, call, message) => {
  expect(call).toThrow(message);
  expect(call).toThrow(expect.objectContaining({ name: "ArgumentError" }));
});
