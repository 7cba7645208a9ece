/** The array that everything else stands on. */
import fc from "fast-check";
import { expect, test } from "vitest";
import {
  argmax,
  array,
  fromData,
  fromFunction,
  maxAbsDifference,
  mean,
  type NestedNumbers,
  random,
  sameShape,
  shapeText,
  sum,
  toNested,
  zeros,
} from "../../src/index.js";

test("nested lists and back, at any depth", () => {
  expect(array([1, 2]).shape).toEqual([2]);
  expect(array([[[[5]]]]).shape).toEqual([1, 1, 1, 1]);
  expect(array([[], []]).shape).toEqual([2, 0]);
  const shape = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(shape, (sizes) => {
      const a = random(sizes, 3);
      expect(a.shape).toEqual(sizes);
      expect(maxAbsDifference(array(toNested(a)), a)).toBe(0);
      const turned = a.transpose(...sizes.map((_, axis) => sizes.length - 1 - axis));
      const copy = array(toNested(turned));
      fromFunction(turned.shape, (...index) => {
        expect(copy.get(...index)).toBe(turned.get(...index));
        return 0;
      });
    }),
  );
});

test.each<[unknown, RegExp]>([
  [[[1, 2], [3]], /ragged.*2×2/],
  [[[1], 2], /ragged/],
  [[1, [2]], /ragged/],
  [[[[1]], [[2, 3]]], /ragged/],
  [[1, "2"], /numbers; 2 is a string/],
  [[1, undefined], /numbers; undefined/],
])("%j is refused", (nested, message) => {
  expect(() => array(nested as NestedNumbers)).toThrow(message);
});

test("shapes that are none", () => {
  expect(() => zeros([2, -1])).toThrow(/whole numbers.*\[2, -1\]/);
  expect(() => zeros([1.5])).toThrow(/whole numbers/);
  expect(() => fromData(new Float32Array(5), [2, 3])).toThrow(/2×3 holds 6 numbers, but 5 came/);
  expect(shapeText([28, 28, 3])).toBe("28×28×3");
});

test("fromFunction gets the indices in order", () => {
  expect(toNested(fromFunction([2, 3], (i, j) => 10 * i! + j!))).toEqual([
    [0, 1, 2],
    [10, 11, 12],
  ]);
});

test("random numbers: the same for the same seed, uniform between −1 and 1", () => {
  const a = random([100, 100], 4);
  expect(maxAbsDifference(a, random([100, 100], 4))).toBe(0);
  expect(maxAbsDifference(a, random([100, 100], 5))).toBeGreaterThan(0.5);
  expect(Math.abs(mean(a))).toBeLessThan(0.02);
  expect(mean(fromFunction(a.shape, (i, j) => a.get(i!, j!) ** 2))).toBeCloseTo(1 / 3, 1);
  expect(Math.max(...a.data)).toBeLessThan(1);
  expect(Math.min(...a.data)).toBeGreaterThanOrEqual(-1);
});

test("sum, mean, argmax, on views too", () => {
  const a = array([
    [1, 9, 2],
    [4, 9, 6],
  ]);
  expect(sum(a)).toBe(31);
  expect(sum(a.pick(null, 1))).toBe(18);
  expect(sum(zeros([0]))).toBe(0);
  expect(mean(a)).toBeCloseTo(31 / 6);
  expect(mean(a.hi(1, 2))).toBe(5);
  expect(argmax(a)).toBe(1); // the first of two nines
  expect(argmax(a.pick(1))).toBe(1);
  expect(() => argmax(zeros([0]))).toThrow(/no largest/);
});

test("differences", () => {
  const a = array([1, 2]);
  expect(sameShape(a, zeros([2, 1]))).toBe(false);
  expect(() => maxAbsDifference(a, zeros([2, 1]))).toThrow(
    /same shape can be compared; got 2 and 2×1/,
  );
  expect(maxAbsDifference(a, array([1.5, 4]))).toBe(2);
  expect(maxAbsDifference(array([Number.NaN]), array([1]))).toBeNaN();
  expect(maxAbsDifference(array([Number.NaN]), array([Number.NaN]))).toBe(0);
});
