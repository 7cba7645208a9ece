/** Channels first and last. */
import { expect, test } from "vitest";
import { array, random, toNested } from "../../src/array.js";
import { toCHW, toHWC } from "../../src/array-axes.js";
import { conv2d } from "../../src/ops/index.js";

test("on paper", () => {
  const first = array([[[1, 2]], [[3, 4]], [[5, 6]]]); // 3×1×2
  const last = [
    [
      [1, 3, 5],
      [2, 4, 6],
    ],
  ];
  expect(toNested(toHWC(first))).toEqual(last);
  expect(toNested(toCHW(array(last)))).toEqual(toNested(first));
});

test("each undoes the other, for images and batches, and gives a new array", () => {
  for (const shape of [
    [3, 4, 5],
    [2, 3, 4, 5],
    [1, 1, 1],
    [0, 2, 3, 4],
  ]) {
    const x = random(shape, 1);
    expect(toNested(toHWC(toCHW(x)))).toEqual(toNested(x));
    expect(toNested(toCHW(toHWC(x)))).toEqual(toNested(x));
    for (const turned of [toHWC(x), toCHW(x)]) {
      expect(turned.data.buffer).not.toBe(x.data.buffer);
      expect(turned.stride.at(-1)).toBe(1);
    }
  }
});

test("a batch turns each picture", () => {
  const batch = random([2, 3, 4, 5], 2);
  expect(toHWC(batch).shape).toEqual([2, 4, 5, 3]);
  expect(toNested(toHWC(batch).pick(1))).toEqual(toNested(toHWC(batch.pick(1))));
});

test("what the message of conv2d proposes works", () => {
  const x = random([3, 8, 9], 3);
  const kernel = random([3, 3, 3, 2], 4);
  expect(() => conv2d(x, kernel)).toThrow(/is this C×H×W\? Use toHWC\(input\)\./);
  expect(conv2d(toHWC(x), kernel).shape).toEqual([6, 7, 2]);
});

test("other axes are refused", () => {
  expect(() => toHWC(random([4, 5], 1))).toThrow(
    expect.objectContaining({
      name: "ShapeError",
      message:
        "toHWC: expected C×H×W or N×C×H×W, got shape 4×5. A grey image of H×W has no channel axis to move.",
    }),
  );
  expect(() => toCHW([[1]] as never)).toThrow(
    /expected H×W×C or N×H×W×C, got object, not an array/,
  );
  expect(() => toCHW(undefined as never)).toThrow(/got undefined, not an array/);
});
