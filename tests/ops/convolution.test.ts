/** Convolution against arithmetic on paper and against the laws that lessons show. */
import { describe, expect, test } from "vitest";
import { array, type FloatArray, fromFunction, random, toNested, zeros } from "../../src/array.js";
import { sum } from "../../src/array-measures.js";
import { conv2d, convolve2d, pad } from "../../src/ops/index.js";
import { expectClose } from "./close.js";

const ones = (shape: number[]): FloatArray => fromFunction(shape, () => 1);

/** A kernel that no turn or mirror leaves as it is. */
const uneven = array([
  [1, 2, 3],
  [4, 5, 6],
  [7, 8, 10],
]);

const spot = (n: number, i: number, j: number): FloatArray => {
  const x = zeros([n, n]);
  x.set(i, j, 1);
  return x;
};

describe("on paper", () => {
  const toy = array([
    [1, 2, 0],
    [3, 4, 1],
    [0, 1, 2],
  ]);
  const k = array([
    [1, 0],
    [2, -1],
  ]);

  test("2×2 over 3×3, correlation and convolution", () => {
    expect(toNested(conv2d(toy, k))).toEqual([
      [1 + 6 - 4, 2 + 8 - 1],
      [3 + 0 - 1, 4 + 2 - 2],
    ]);
    expect(toNested(convolve2d(toy, k))).toEqual([
      [-1 + 4 + 4, -2 + 0 + 1],
      [-3 + 8 + 1, -4 + 2 + 2],
    ]);
    expect(toNested(conv2d(toy, k, { flip: true }))).toEqual(toNested(convolve2d(toy, k)));
  });

  test("bias, stride and padding", () => {
    expect(toNested(conv2d(toy, k, { bias: 0.5 }))).toEqual([
      [3.5, 9.5],
      [2.5, 4.5],
    ]);
    expect(toNested(conv2d(toy, k, { padding: { top: 1, left: 1 }, stride: 2 }))).toEqual([
      [-1, 4 - 0],
      [3 * 0 + 0 * 2 - 0, 4 + 2 - 2],
    ]);
  });

  test("two channels into two outputs: products of every slice are added", () => {
    const x = array([
      [
        [1, 10],
        [2, 20],
      ],
    ]); // 1×2×2
    const kernel = array([
      [
        [
          [1, 0],
          [0, 3],
        ],
      ],
    ]); // 1×1×2×2: output 0 copies channel 0, output 1 is 3 × channel 1
    const y = conv2d(x, kernel, { bias: [100, 0] });
    expect(y.shape).toEqual([1, 2, 2]);
    expect(toNested(y)).toEqual([
      [
        [101, 30],
        [102, 60],
      ],
    ]);
  });
});

test("a bright pixel shows the kernel: turned by correlation, as it is by convolution (C1)", () => {
  const dot = spot(5, 2, 2);
  expect(toNested(convolve2d(dot, uneven))).toEqual(toNested(uneven));
  expect(toNested(conv2d(dot, uneven))).toEqual([
    [10, 8, 7],
    [6, 5, 4],
    [3, 2, 1],
  ]);
});

test("how often a 3×3 layer uses each pixel: 1 in the corner, 3 along the edge, 9 inside (C5)", () => {
  const uses = conv2d(ones([26, 26]), ones([3, 3]), { padding: 2 });
  expect(uses.shape).toEqual([28, 28]);
  expect([uses.get(0, 0), uses.get(0, 1), uses.get(0, 14), uses.get(14, 14)]).toEqual([1, 2, 3, 9]);
});

test("a kernel as large as the input is a fully connected layer: 100,010 parameters either way (C8)", () => {
  const x = random([100, 100, 1], 1);
  const k = random([100, 100, 1, 10], 2);
  const bias = Array.from(random([10], 3).data);
  const y = conv2d(x, k, { bias });
  expect(y.shape).toEqual([1, 1, 10]);
  expect(k.size + bias.length).toBe(100_010);
  for (let unit = 0; unit < 10; unit++) {
    let dot = bias[unit]!;
    for (let p = 0; p < 10_000; p++) dot += x.data[p]! * k.data[p * 10 + unit]!;
    expect(y.get(0, 0, unit)).toBeCloseTo(dot, 4);
  }
});

test("two boxes make a pyramid: 1 2 3 2 1 (C18)", () => {
  const y = conv2d(pad(ones([1, 3]), [0, 2]), ones([1, 3]));
  expect(toNested(y)).toEqual([[1, 2, 3, 2, 1]]);
});

test("convolution is associative, correlation is not", () => {
  const x = random([12, 12], 1);
  const b = random([3, 3], 2);
  const both = convolve2d(pad(uneven, 2), b); // full convolution of the two kernels
  expect(both.shape).toEqual([5, 5]);
  expectClose(convolve2d(convolve2d(x, uneven), b), convolve2d(x, both));
  const correlated = conv2d(conv2d(x, uneven), b);
  expect(() => expectClose(correlated, conv2d(x, conv2d(pad(uneven, 2), b)))).toThrow();
});

test("linear in the image and in the kernel", () => {
  const x = random([7, 6, 3], 1);
  const z = random([7, 6, 3], 2);
  const k = random([3, 3, 3, 2], 3);
  const added = fromFunction(x.shape, (i, j, c) => 2 * x.get(i!, j!, c!) - z.get(i!, j!, c!));
  const y = conv2d(x, k);
  const w = conv2d(z, k);
  expectClose(
    conv2d(added, k),
    fromFunction(y.shape, (i, j, m) => 2 * y.get(i!, j!, m!) - w.get(i!, j!, m!)),
  );
});

test("equivariant: shift then filter is filter then shift, away from the border (C10)", () => {
  const x = random([10, 10], 4);
  const shifted = fromFunction([10, 10], (i, j) => (j! < 2 ? 0 : x.get(i!, j! - 2)));
  const a = conv2d(shifted, uneven).lo(0, 2);
  const b = conv2d(x, uneven).hi(8, 6);
  expect(toNested(a)).toEqual(toNested(b));
});

test("stride 2 is stride 1 with every second value dropped, given the same padding (C6)", () => {
  const x = random([9, 8], 5);
  const all = conv2d(x, uneven, { padding: 1 });
  expect(toNested(conv2d(x, uneven, { padding: 1, stride: 2 }))).toEqual(toNested(all.step(2, 2)));
});

test("same on an even size with stride 2 starts at the second place, as in TensorFlow", () => {
  const x = random([8, 8], 6);
  const all = conv2d(x, uneven, { padding: "same" });
  expect(all.shape).toEqual([8, 8]);
  expect(toNested(conv2d(x, uneven, { padding: "same", stride: 2 }))).toEqual(
    toNested(all.lo(1, 1).step(2, 2)),
  );
});

test("a dilated kernel is the kernel with zeros between its entries", () => {
  const x = random([9, 9], 7);
  const holes = fromFunction([5, 5], (i, j) => (i! % 2 || j! % 2 ? 0 : uneven.get(i! / 2, j! / 2)));
  expectClose(conv2d(x, uneven, { dilation: 2 }), conv2d(x, holes));
});

test("a batch is each picture on its own", () => {
  const batch = random([3, 6, 5, 2], 8);
  const k = random([3, 3, 2, 4], 9);
  const y = conv2d(batch, k, { padding: 1, stride: [2, 1] });
  expect(y.shape).toEqual([3, 3, 5, 4]);
  for (let n = 0; n < 3; n++) {
    const one = conv2d(batch.pick(n), k, { padding: 1, stride: [2, 1] });
    expect(toNested(y.pick(n))).toEqual(toNested(one));
  }
});

test("ranks: what goes in comes out", () => {
  expect(conv2d(zeros([5, 5]), zeros([3, 3])).shape).toEqual([3, 3]);
  expect(conv2d(zeros([5, 5, 1]), zeros([3, 3])).shape).toEqual([3, 3, 1]);
  expect(conv2d(zeros([5, 5]), zeros([3, 3, 1, 8])).shape).toEqual([3, 3, 8]);
  expect(conv2d(zeros([2, 5, 5, 1]), zeros([3, 3])).shape).toEqual([2, 3, 3, 1]);
});

test("the input and the kernel stay as they were", () => {
  const x = random([5, 5, 2], 1);
  const k = random([3, 3, 2, 1], 2);
  const before = [sum(x), sum(k)];
  conv2d(x, k, { padding: "same", flip: true });
  expect([sum(x), sum(k)]).toEqual(before);
});
