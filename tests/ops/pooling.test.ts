/** Pooling, padding and activations against numbers on paper. */
import { describe, expect, test } from "vitest";
import {
  array,
  avgPool,
  type FloatArray,
  fromFunction,
  globalAvgPool,
  globalMaxPool,
  leakyRelu,
  maxPool,
  pad,
  random,
  relu,
  sigmoid,
  softmax,
  sum,
  tanh,
  toNested,
  zeros,
} from "../../src/index.js";

const x = array([
  [1, 3, 2, 0],
  [5, 2, 1, 1],
  [-1, -2, 0, 4],
  [-3, -4, 8, 2],
]);

describe("pooling on paper", () => {
  test("max and average over 2×2 tiles", () => {
    expect(toNested(maxPool(x, 2))).toEqual([
      [5, 2],
      [-1, 8],
    ]);
    expect(toNested(avgPool(x, 2))).toEqual([
      [2.75, 1],
      [-2.5, 3.5],
    ]);
  });
  test("overlapping windows, windows that are no squares", () => {
    expect(toNested(maxPool(x, { size: 3, stride: 1 }))).toEqual([
      [5, 4],
      [8, 8],
    ]);
    expect(toNested(maxPool(x, [1, 4]))).toEqual([[3], [5], [4], [8]]);
  });
  test("padding is never the maximum and not counted in the mean", () => {
    const negative = array([[-4, -2]]);
    expect(toNested(maxPool(negative, { size: [1, 2], stride: 1, padding: [0, 1] }))).toEqual([
      [-4, -2, -2],
    ]);
    expect(toNested(avgPool(negative, { size: [1, 2], stride: 1, padding: [0, 1] }))).toEqual([
      [-4, -3, -2],
    ]);
    expect(toNested(avgPool(array([[3, 5, 7]]), { size: [1, 2], padding: "same" }))).toEqual([
      [4, 7],
    ]);
  });
  test("a row that fills no window is left out", () => {
    expect(maxPool(zeros([5, 7, 3]), 2).shape).toEqual([2, 3, 3]);
  });
  test("every channel on its own", () => {
    const both = fromFunction([4, 4, 2], (i, j, c) => (c ? 10 - x.get(i!, j!) : x.get(i!, j!)));
    expect(toNested(maxPool(both, 2).pick(null, null, 0))).toEqual(toNested(maxPool(x, 2)));
    expect(toNested(maxPool(both, 2).pick(null, null, 1))).toEqual([
      [9, 10],
      [14, 10],
    ]);
  });
  test("a peak moved by 1 may leave the pooled map as it was, by 2 never (C13)", () => {
    const peak = (at: number): FloatArray => fromFunction([1, 8], (_, j) => (j === at ? 1 : 0));
    const pooled = [2, 3, 4].map((at) => toNested(maxPool(peak(at), [1, 2])));
    expect(pooled[1]).toEqual(pooled[0]);
    expect(pooled[2]).not.toEqual(pooled[0]);
  });
});

describe("global pooling", () => {
  test("one number a channel", () => {
    const two = fromFunction([4, 4, 2], (i, j, c) => (c ? 2 : 1) * x.get(i!, j!));
    expect(toNested(globalAvgPool(two))).toEqual([19 / 16, 19 / 8]);
    expect(toNested(globalMaxPool(two))).toEqual([8, 16]);
    expect(globalAvgPool(x).shape).toEqual([1]);
    expect(globalAvgPool(zeros([5, 4, 4, 3])).shape).toEqual([5, 3]);
    expect(toNested(globalMaxPool(array([[-3, -7]])))).toEqual([-3]);
  });
  test("the places of the values don't matter", () => {
    const shuffled = fromFunction([4, 4], (i, j) => x.get((i! + 3 * j!) % 4, (3 * j! + 1) % 4));
    expect(globalAvgPool(shuffled).get(0)).toBe(globalAvgPool(x).get(0));
  });
});

describe("pad", () => {
  const row = array([[1, 2, 3]]);
  test("zeros, mirror and edge", () => {
    expect(toNested(pad(row, [0, 2]))).toEqual([[0, 0, 1, 2, 3, 0, 0]]);
    expect(toNested(pad(row, [0, 2], "reflect"))).toEqual([[3, 2, 1, 2, 3, 2, 1]]);
    expect(toNested(pad(row, [0, 2], "replicate"))).toEqual([[1, 1, 1, 2, 3, 3, 3]]);
    expect(toNested(pad(row, { top: 1, right: 1 }))).toEqual([
      [0, 0, 0, 0],
      [1, 2, 3, 0],
    ]);
    expect(pad(zeros([2, 4, 5, 3]), 1).shape).toEqual([2, 6, 7, 3]);
  });
  test("a mirror needs enough image", () => {
    expect(() => pad(row, [0, 3], "reflect")).toThrow(/3 columns can be mirrored by at most 2/);
    expect(() => pad(row, -1)).toThrow(/padding.*got -1/i);
    expect(() => pad(row, { up: 1 } as never)).toThrow(/there is no "up"/);
    expect(() => pad(row, "same" as never)).toThrow(/got "same"/);
    expect(() => pad(row, 1, "wrap" as never)).toThrow(
      /"zero", "reflect", "replicate" or "circular"; got "wrap"/,
    );
  });
});

describe("activations", () => {
  const v = array([-2, 0, 3]);
  test("relu, leaky, sigmoid, tanh", () => {
    expect(toNested(relu(v))).toEqual([0, 0, 3]);
    expect(leakyRelu(v).get(0)).toBeCloseTo(-0.02, 7);
    expect(leakyRelu(v, 0.5).get(0)).toBe(-1);
    expect(sigmoid(v).get(1)).toBe(0.5);
    expect(sigmoid(v).get(2)).toBeCloseTo(0.952574, 6);
    expect(tanh(v).get(0)).toBeCloseTo(-0.964028, 6);
    expect(() => leakyRelu(v, Number.NaN)).toThrow(/slope.*NaN/);
  });
  test("softmax sums to 1 in every row, and large scores don't overflow", () => {
    const scores = array([
      [1, 2, 3],
      [1000, 1000, -1000],
    ]);
    const p = softmax(scores);
    expect(p.get(0, 2)).toBeCloseTo(0.665241, 6);
    expect(toNested(p.pick(1))).toEqual([0.5, 0.5, 0]);
    expect(sum(softmax(random([4, 5, 6], 3)))).toBeCloseTo(20, 5);
    expect(() => softmax(zeros([0]))).toThrow(/last axis/);
  });
  test("views are read where they are", () => {
    expect(toNested(relu(x.pick(2)))).toEqual([0, 0, 0, 4]);
    expect(toNested(relu(x.transpose(1, 0)).pick(0))).toEqual([1, 5, 0, 0]);
  });
});
