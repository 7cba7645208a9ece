/** The numerical gradient against slopes on paper, and what its check lets pass. */
import { describe, expect, test } from "vitest";
import { array, type FloatArray, toNested, zeros } from "../../src/array.js";
import { mean, sum } from "../../src/array-measures.js";
import { checkGradient, numericalGradient, reference } from "../../src/ops/index.js";

const cubes = (x: FloatArray): number => sum(array(toNested(x).map((v) => (v as number) ** 3)));

describe("numericalGradient", () => {
  test("a sum of squares has slopes 2x, a sum 1, a mean 1/n", () => {
    const x = array([
      [1, -2],
      [0, 1000],
    ]);
    const squares = (at: FloatArray): number => at.data.reduce((t, v) => t + v * v, 0);
    const g = numericalGradient(squares, x);
    expect(g.shape).toEqual([2, 2]);
    toNested(x)
      .flat()
      .forEach((v, i) => {
        expect(g.data[i]! / 2).toBeCloseTo(v as number, 2);
      });
    expect(toNested(numericalGradient(sum, array([5, 6])))).toEqual([1, 1]);
    expect(toNested(numericalGradient(mean, zeros([4])))).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(numericalGradient(sum, zeros([0])).shape).toEqual([0]);
  });
  test("x is left as it was, views are read as they look, steps have the size that is asked for", () => {
    const x = array([
      [1, 2],
      [3, 4],
    ]).transpose(1, 0);
    const seen: number[] = [];
    const g = numericalGradient(
      (at) => {
        seen.push(at.get(0, 1));
        return at.get(0, 1) * 10 + at.get(1, 0);
      },
      x,
      { step: 0.5 },
    );
    expect(toNested(g)).toEqual([
      [0, 10],
      [1, 0],
    ]);
    expect(Math.max(...seen)).toBe(4.5); // 3 moved by half of its own size
    expect(toNested(x)).toEqual([
      [1, 3],
      [2, 4],
    ]);
  });
  test("one number is moved at a time, and by what 32-bit floats make of the step", () => {
    const product = (at: FloatArray): number => at.get(0) * at.get(1) * at.get(2);
    expect(toNested(numericalGradient(product, array([2, 3, 4]), { step: 0.25 }))).toEqual([
      12, 8, 6,
    ]);
    const here = (at: FloatArray): number => at.get(0);
    expect(numericalGradient(here, array([1000.1]), { step: 2 ** -20 }).get(0)).toBe(1);
  });
  test("what f throws and what is no number", () => {
    const x = array([1]);
    expect(() => numericalGradient(() => x as never, x)).toThrow(
      /f must give one number, such as sum\(y\); it gave a value of type object/,
    );
    expect(() => numericalGradient(() => null as never, x)).toThrow(/it gave null/);
    expect(() => numericalGradient(5 as never, x)).toThrow(/f must be a function; got number/);
    expect(() => numericalGradient(sum, 5 as never)).toThrow(/place x must be an array/);
    expect(() => numericalGradient(sum, x, { step: 0 })).toThrow(/step must be above 0; got 0/);
    expect(() => numericalGradient(sum, x, { step: Number.NaN })).toThrow(/got NaN/);
  });
});

describe("checkGradient", () => {
  const x = array([1, -2, 3]);
  test("the right gradient passes, as an array or as a function", () => {
    const right = array([3, 12, 27]);
    const found = checkGradient(cubes, right, x);
    expect(found.ok).toBe(true);
    expect(found.relative).toBeLessThan(1e-3);
    expect(found.numerical.shape).toEqual([3]);
    const slope = (at: FloatArray): FloatArray =>
      array(toNested(at).map((v) => 3 * (v as number) ** 2));
    expect(checkGradient(cubes, slope, x)).toEqual(found);
  });
  test("a wrong one does not: a sign, a factor, one entry, NaN", () => {
    for (const wrong of [
      [3, -12, 27],
      [6, 24, 54],
      [3, 12, 27.5],
      [3, Number.NaN, 27],
    ]) {
      expect(checkGradient(cubes, array(wrong), x).ok).toBe(false);
    }
    expect(checkGradient(cubes, array([3, 12, 27.5]), x).largestDifference).toBeCloseTo(0.5, 2);
    expect(checkGradient(() => Number.NaN, array([0, 0, 0]), x).ok).toBe(false);
    expect(checkGradient(cubes, array([3, 12, 27.5]), x, { tolerance: 0.1 }).ok).toBe(true);
  });
  test("no slope at all is right where nothing changes", () => {
    expect(checkGradient(() => 5, zeros([3]), x)).toMatchObject({ ok: true, relative: 0 });
    expect(checkGradient(sum, zeros([0]), zeros([0])).ok).toBe(true);
  });
  test("a kink is the slope of neither side", () => {
    const at0 = array([0]);
    const f = (at: FloatArray): number => reference.relu(at).get(0);
    expect(checkGradient(f, reference.reluGradient(at0, array([1])), at0).ok).toBe(false);
    expect(numericalGradient(f, at0).get(0)).toBe(0.5);
  });
  test("what is refused", () => {
    expect(() => checkGradient(sum, zeros([2]), x)).toThrow(
      "checkGradient: a gradient has one slope for each number of x, 3; got 2.",
    );
    expect(() => checkGradient(sum, 5 as never, x)).toThrow(/gradient must be an array/);
    expect(() => checkGradient(sum, x, 5 as never)).toThrow(/place x must be an array/);
    expect(() => checkGradient(sum, x, x, { tolerance: 0 })).toThrow(/tolerance must be above 0/);
  });
});
