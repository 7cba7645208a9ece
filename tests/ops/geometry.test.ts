/** Output sizes: the formula against counting, and the numbers that lessons quote. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { zeros } from "../../src/array.js";
import { conv2d, effectiveKernel, outputSize, samePadding } from "../../src/ops/index.js";

test("numbers of the lessons: floor, effective kernel, even kernels (C4, C7)", () => {
  expect(outputSize(224, 7, { stride: 2, padding: 3 })).toBe(112); // 112.5 before the floor
  expect(outputSize(8, 3, { stride: 2 })).toBe(3); // 3.5 before the floor
  expect(outputSize(5, 3)).toBe(3);
  expect(outputSize(7, 3, { dilation: 3 })).toBe(1);
  expect(outputSize(28, 4, { padding: samePadding(4) })).toBe(28);
  expect(outputSize(7, 3, { stride: 2, padding: "same" })).toBe(4);
  expect(outputSize(7, 3, { padding: "full" })).toBe(9);
  expect(outputSize(3, 7, { padding: "full", dilation: 2 })).toBe(15);
  expect(effectiveKernel(3, 2)).toBe(5);
  expect(effectiveKernel(1, 9)).toBe(1);
  expect(samePadding(3)).toEqual({ before: 1, after: 1 });
  expect(samePadding(4)).toEqual({ before: 1, after: 2 });
  expect(samePadding(3, 2)).toEqual({ before: 2, after: 2 });
  let size = 28;
  for (let layer = 0; layer < 5; layer++) size = outputSize(size, 3);
  expect(size).toBe(18); // C5
});

test("the formula counts the places where the kernel stands", () => {
  const whole = (max: number, min = 0): fc.Arbitrary<number> => fc.integer({ min, max });
  fc.assert(
    fc.property(
      whole(40, 1),
      whole(7, 1),
      whole(4, 1),
      whole(4, 1),
      whole(5),
      whole(5),
      (n, k, stride, dilation, before, after) => {
        let places = 0;
        const span = dilation * (k - 1) + 1;
        for (let at = -before; at + span <= n + after; at += stride) places++;
        if (places === 0) {
          expect(() => outputSize(n, k, { stride, dilation, padding: { before, after } })).toThrow(
            /must fit at least once/,
          );
          return;
        }
        expect(outputSize(n, k, { stride, dilation, padding: { before, after } })).toBe(places);
        const y = conv2d(zeros([n, n]), zeros([k, k]), {
          stride,
          dilation,
          padding: { top: before, bottom: after, left: before, right: after },
        });
        expect(y.shape).toEqual([places, places]);
      },
    ),
  );
});

test("same gives ⌈n / stride⌉", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 50 }),
      fc.constantFrom(1, 3, 5, 7),
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 3 }),
      (n, k, stride, dilation) => {
        expect(outputSize(n, k, { stride, dilation, padding: "same" })).toBe(Math.ceil(n / stride));
      },
    ),
  );
});

describe("what is refused", () => {
  test.each([
    [() => outputSize(28, 3, { stride: -1 }), /stride must be a whole number, 1 or more; got -1/],
    [() => outputSize(28, 3, { stride: 0 }), /stride.*got 0/],
    [() => outputSize(28, 3, { stride: 1.5 }), /stride.*got 1\.5/],
    [() => outputSize(28, 3, { stride: Number.NaN }), /stride.*got NaN/],
    [() => outputSize(28, 3, { padding: -1 }), /padding.*0 or more; got -1/],
    [() => outputSize(28, 3, { dilation: 0 }), /dilation.*got 0/],
    [() => outputSize(0, 3), /input size.*got 0/],
    [() => outputSize(28, 2.5), /kernel size.*got 2\.5/],
    [() => outputSize(28, 4, { padding: "same" }), /even size 4.*before: 1, after: 2/],
    [() => outputSize(28, 3, { padding: "half" as never }), /"valid", "same", "full".*"half"/],
  ])("%s", (call, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(expect.objectContaining({ name: "ArgumentError" }));
  });
  test("a kernel larger than the input", () => {
    expect(() => outputSize(5, 7)).toThrow(
      "The window spans 7 pixels, but the input has 5. The window must fit at least once: take a smaller kernel or more padding.",
    );
    expect(() => outputSize(5, 3, { dilation: 4, padding: 1 })).toThrow(
      /spans 9 pixels \(3 entries with dilation 4\), but the input has 5, with padding 7/,
    );
  });
});
