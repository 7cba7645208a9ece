/** Products and sums on WebAssembly: right by finite differences, and as on the other back ends. */
import * as tf from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { expectSameElsewhere, whole } from "./as-elsewhere.js";
import { expectRightGradient } from "./gradient-check.js";

describe("matrix product", () => {
  test.each([
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ])("transposed %s, %s: as elsewhere, with its slopes", async (left, right) => {
    const a = whole(left ? [3, 5, 4] : [3, 4, 5], 1);
    const b = whole(right ? [3, 6, 5] : [3, 5, 6], 2);
    const f = (x: tf.Tensor, y: tf.Tensor) => tf.matMul(x, y, left, right);
    expectRightGradient(f, [a, b], 0.5);
    await expectSameElsewhere(f, [a, b]);
  });
});

describe("sums", () => {
  test("four million times 0.1", () => {
    const sum = tf.tidy(() => tf.sum(tf.fill([2000, 2000], 0.1)).dataSync()[0]);
    expect(sum).toBeCloseTo(4e6 * Math.fround(0.1), 0);
    const mean = tf.tidy(() => tf.mean(tf.fill([2000, 2000], 0.1)).dataSync()[0]);
    expect(mean).toBe(Math.fround(0.1));
  });
  test("along any axes, kept or not, as elsewhere", async () => {
    const axes = fc.subarray([0, 1, 2, 3], { minLength: 0 });
    const shape = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 4, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(axes, shape, fc.boolean(), fc.boolean(), (along, sizes, keep, isMean) => {
        const operation = isMean ? tf.mean : tf.sum;
        return expectSameElsewhere((x) => operation(x, along, keep), [whole(sizes, 5)]);
      }),
      { numRuns: 100 },
    );
  });
  test("whole numbers and the empty sum", () => {
    tf.tidy(() => {
      expect([...tf.sum(tf.tensor1d([1, 2, 3], "int32")).dataSync()]).toEqual([6]);
      expect([...tf.sum(tf.tensor1d([true, true, false], "bool")).dataSync()]).toEqual([2]);
      expect([...tf.mean(tf.tensor1d([1, 2], "int32")).dataSync()]).toEqual([1.5]);
      expect([...tf.sum(tf.tensor2d([], [0, 3]), 0).dataSync()]).toEqual([0, 0, 0]);
    });
  });
});

describe("sums of segments", () => {
  test("rows go where their ids say, others nowhere", () => {
    tf.tidy(() => {
      const x = tf.tensor2d([
        [1, 2],
        [3, 4],
        [5, 6],
        [7, 8],
      ]);
      const ids = tf.tensor1d([2, 0, 2, 5], "int32");
      expect(tf.unsortedSegmentSum(x, ids, 3).arraySync()).toEqual([
        [3, 4],
        [0, 0],
        [6, 8],
      ]);
    });
  });
  test("the gradient of gather", async () => {
    const f = (x: tf.Tensor) => tf.gather(x, tf.tensor1d([4, 0, 2, 0], "int32"));
    expectRightGradient(f, [whole([5, 3], 1)], 0.5);
    await expectSameElsewhere(f, [whole([5, 3], 1)]);
  });
});
