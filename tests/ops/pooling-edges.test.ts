/** Pooling at its edges: windows that hang over, NaN, one pixel, and what is refused. */
import { describe, expect, test } from "vitest";
import { array, fromData, toNested, zeros } from "../../src/array.js";
import { fast, reference } from "../../src/ops/index.js";
import { asView } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";

const { NaN: nan, POSITIVE_INFINITY: inf } = Number;
const { avgPool, maxPool, maxPoolWithIndices } = reference;
const row = array([[1, 2, 3, 4, 5]]);

describe("a last window that hangs over", () => {
  test("is there with ceil only, and holds what it covers", () => {
    expect(toNested(maxPool(row, { size: [1, 2] }))).toEqual([[2, 4]]);
    expect(toNested(maxPool(row, { size: [1, 2], ceil: true }))).toEqual([[2, 4, 5]]);
    expect(toNested(avgPool(row, { size: [1, 2], ceil: true }))).toEqual([[1.5, 3.5, 5]]);
  });
  test("must start inside the image", () => {
    // With stride 4 a third window would start at column 8: there is none.
    const eight = array([[1, 2, 3, 4, 5, 6, 7, 8]]);
    expect(maxPool(eight, { size: [1, 2], stride: [1, 4], ceil: true }).shape).toEqual([1, 2]);
    const nine = array([[1, 2, 3, 4, 5, 6, 7, 8, 9]]);
    expect(toNested(maxPool(nine, { size: [1, 2], stride: [1, 4], ceil: true }))).toEqual([
      [2, 6, 9],
    ]);
  });
  test("may be the only one, where the window is larger than the image by less than a stride", () => {
    expect(toNested(avgPool(array([[2, 4]]), { size: [1, 3], ceil: true }))).toEqual([[3]]);
    expect(() => avgPool(array([[2, 4]]), { size: [1, 3], stride: 1, ceil: true })).toThrow(
      /spans 3 columns, but the input has 2/,
    );
    expect(() => avgPool(array([[2, 4]]), { size: [1, 3] })).toThrow(/spans 3 columns/);
  });
  test("counts the padding when asked, never what lies beyond it", () => {
    const options = { size: [1, 2], stride: [1, 2], padding: [0, 1], ceil: true } as const;
    const one = array([[8, 8, 8, 8]]);
    expect(toNested(avgPool(one, options))).toEqual([[8, 8, 8]]);
    expect(toNested(avgPool(one, { ...options, countPadding: true }))).toEqual([[4, 8, 4]]);
    const three = { size: [1, 4], stride: [1, 4], padding: [0, 1], ceil: true } as const;
    // 0 8 8 8 | 8 0 and two columns that are nowhere.
    expect(toNested(avgPool(one, { ...three, countPadding: true }))).toEqual([[6, 4]]);
  });
  test('"same" leaves nothing over', () => {
    const plain = maxPool(row, { size: [1, 2], padding: "same" });
    expect(maxPool(row, { size: [1, 2], padding: "same", ceil: true })).toEqual(plain);
    expect(plain.shape).toEqual([1, 3]);
  });
});

onEachBackEnd(() => {
  test("NaN wins a window, and only the windows that hold it", () => {
    const x = array([[1, nan, 3, 2, -inf, -inf, inf, nan]]);
    for (const ops of [reference, fast]) {
      expect(toNested(ops.maxPool(x, [1, 2]))).toEqual([[nan, 3, -inf, nan]]);
      expect(toNested(ops.maxPoolWithIndices(x, [1, 2]).indices)).toEqual([[1, 2, 4, 7]]);
      expect(toNested(ops.avgPool(x, [1, 2]))).toEqual([[nan, 2.5, -inf, nan]]);
      expect(toNested(ops.globalMaxPool(x))).toEqual([nan]);
      expect(toNested(ops.globalAvgPool(x))).toEqual([nan]);
      expect(toNested(ops.globalMaxPoolGradient(x, array([5])))).toEqual([
        [0, 0, 0, 0, 0, 0, 0, 5],
      ]);
    }
  });
  test("one pixel, a window of one pixel, a stride larger than the window, a view", () => {
    const x = array([
      [1, 2, 3],
      [4, 5, 6],
      [7, 8, 9],
    ]);
    for (const ops of [reference, fast]) {
      for (const pool of [ops.maxPool, ops.avgPool]) {
        expect(toNested(pool(array([[7]]), 1))).toEqual([[7]]);
        expect(toNested(pool(x, 1))).toEqual(toNested(x));
        expect(toNested(pool(x, { size: 1, stride: 2 }))).toEqual([
          [1, 3],
          [7, 9],
        ]);
        expect(toNested(pool(asView(x), [3, 1]))).toEqual(toNested(pool(x, [3, 1])));
        expect(() => pool(x, 4)).toThrow(/spans 4 rows, but the input has 3/);
      }
      const { values, indices } = ops.maxPoolWithIndices(x.transpose(1, 0), { size: 2, stride: 1 });
      expect(toNested(values)).toEqual([
        [5, 8],
        [6, 9],
      ]);
      expect(toNested(indices)).toEqual([
        [4, 5],
        [7, 8],
      ]);
    }
  });
});

describe.each([
  ["reference", reference],
  ["fast", fast],
])("what %s refuses", (_, ops) => {
  test("options that are neither true nor false", () => {
    expect(() => ops.maxPool(row, { size: 1, ceil: 1 as never })).toThrow(
      "maxPool: ceil is true or false; got 1.",
    );
    expect(() => ops.avgPool(row, { size: 1, countPadding: "yes" as never })).toThrow(
      'avgPool: countPadding is true or false; got "yes".',
    );
  });
  test("an image with more places than a 32-bit float can name", () => {
    const large = fromData(new Float32Array(2 ** 24 + 4096), [4097, 4096]);
    expect(() => ops.maxPoolWithIndices(large, 4096)).toThrow(
      "maxPoolWithIndices: an image of 4097×4096 has more places than an index can name exactly, 16777216. Pool it in parts.",
    );
    expect(() => ops.globalMaxPoolGradient(large, zeros([1]))).toThrow(/4097×4096/);
  });
  test("windows in the padding alone", () => {
    expect(() => ops.maxPoolWithIndices(row, { size: 1, padding: 1 })).toThrow(
      /maxPoolWithIndices: padding 1 must be smaller than the window, 1/,
    );
  });
});

test("the indices lead back to the values", () => {
  const x = array([
    [3, 1, 4, 1],
    [5, 9, 2, 6],
  ]);
  const { values, indices } = maxPoolWithIndices(x, 2);
  expect(toNested(indices)).toEqual([[5, 7]]);
  expect(indices.data.map((place) => x.get(Math.floor(place / 4), place % 4))).toEqual(values.data);
});
