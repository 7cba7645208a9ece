import { describe, expect, test } from "vitest";
import { digits, echo } from "../../src/data/index.js";
import { ArgumentError } from "../../src/errors.js";
import { digit } from "../../src/image/index.js";

describe("digits", () => {
  test("a thousand, balanced, all different, none empty", () => {
    const { images, labels } = digits();
    expect(images.shape).toEqual([1000, 28, 28]);
    const counts = Array<number>(10).fill(0);
    for (const label of labels) counts[label]!++;
    expect(counts).toEqual(Array(10).fill(100));
    const seen = new Set<string>();
    for (let i = 0; i < 1000; i++) {
      const one = images.data.subarray(i * 784, (i + 1) * 784);
      const ink = one.reduce((a, b) => a + b, 0);
      expect(ink).toBeGreaterThan(10);
      seen.add(one.join());
    }
    expect(seen.size).toBe(1000);
  });

  test("the labels fit the pictures: the nearest mean names most of them", () => {
    // A wrong order of the sheet would leave one in ten.
    const train = digits(500);
    const means = Array.from({ length: 10 }, () => new Float64Array(784));
    train.labels.forEach((label, i) => {
      for (let p = 0; p < 784; p++) means[label]![p]! += train.images.data[i * 784 + p]! / 50;
    });
    const fresh = digits(500, 500);
    const right = fresh.labels.filter((label, i) => {
      const distances = means.map((mean) =>
        mean.reduce((total, m, p) => total + (m - fresh.images.data[i * 784 + p]!) ** 2, 0),
      );
      return distances.indexOf(Math.min(...distances)) === label;
    });
    expect(right.length / 500).toBeGreaterThan(0.7);
  });

  test("slices share nothing and start anywhere", () => {
    expect(digits(20, 15).labels.slice(0, 6)).toEqual([5, 6, 7, 8, 9, 0]);
    expect(digits(1, 17).images.data).toEqual(digits(30).images.data.slice(17 * 784, 18 * 784));
    const mine = digits(1);
    mine.images.data.fill(9);
    expect(digits(1).images.data[0]).toBe(0);
  });

  test("one digit is the n-th with its label", () => {
    expect(digit(7).shape).toEqual([28, 28]);
    expect(digit(7, 3).data).toEqual(digits(1, 37).images.data);
  });

  test("out of range is said plainly", () => {
    expect(() => digits(1001)).toThrow("There are 1000 digits");
    expect(() => digits(1, 1000)).toThrow(ArgumentError);
    expect(() => digits(0)).toThrow(ArgumentError);
    expect(() => digit(10)).toThrow("from 0 to 9; got 10");
    expect(() => digit(7, 100)).toThrow("numbered 0 to 99; got 100");
  });
});

describe("small digits", () => {
  test("14×14 are the means of 2×2, and start where they are told", () => {
    const small = digits(3, { start: 7, size: 14 });
    const large = digits(3, 7);
    expect(small.images.shape).toEqual([3, 14, 14]);
    expect(small.labels).toEqual([7, 8, 9]);
    for (const [n, y, x] of [
      [0, 6, 7],
      [1, 3, 8],
      [2, 9, 6],
    ] as const) {
      let total = 0;
      for (const i of [0, 1])
        for (const j of [0, 1]) total += large.images.get(n, 2 * y + i, 2 * x + j);
      expect(small.images.get(n, y, x)).toBeCloseTo(total / 4, 5);
    }
  });

  test("on a wider page each stands where it is told, with nothing around it", () => {
    const small = digits(2, { start: 5, size: 14 }).images;
    const wide = digits(2, { start: 5, size: 14, width: 36, left: 18 }).images;
    expect(wide.shape).toEqual([2, 14, 36]);
    for (const n of [0, 1]) {
      for (let y = 0; y < 14; y++) {
        for (let x = 0; x < 36; x++) {
          const inside = x >= 18 && x < 32;
          expect(wide.get(n, y, x)).toBe(inside ? small.get(n, y, x - 18) : 0);
        }
      }
    }
    expect(digits(1, { width: 40, left: 12 }).images.shape).toEqual([1, 28, 40]);
  });

  test("a size that no digit has and a page too narrow are refused", () => {
    for (const size of [0, 29, 3.5]) expect(() => digits(1, { size })).toThrow(ArgumentError);
    for (const left of [-1, 13, 0.5]) {
      expect(() => digits(1, { width: 40, left })).toThrow(/does not fit on a page of 40/);
    }
    expect(() => digits(1, { width: 27 })).toThrow(ArgumentError);
  });
});

describe("echo", () => {
  test("is where correlation finds it, and nowhere else nearly as clear", () => {
    const { sent, heard } = echo();
    expect([sent.length, heard.length]).toEqual([40, 200]);
    const match = Array.from({ length: 161 }, (_, n) =>
      sent.reduce((total, value, m) => total + value * heard[n + m]!, 0),
    );
    const best = match.indexOf(Math.max(...match));
    const second = Math.max(...match.filter((_, n) => n !== best));
    expect(match[best]!).toBeGreaterThan(1.3 * second);
    // Taking the burst away there leaves plain noise of the size that is said.
    const rest = heard.map((value, t) => value - (sent[t - best] ?? 0));
    expect(Math.max(...rest.map(Math.abs))).toBeLessThanOrEqual(1.2 + 1e-6);
    expect(echo()).toEqual({ sent, heard });
  });
});
