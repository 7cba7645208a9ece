import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { array, fromData, fromFunction, random, toNested } from "../../src/array.js";
import { maxAbsDifference, mean } from "../../src/array-measures.js";
import { ArgumentError, ShapeError } from "../../src/errors.js";
import { channel, crop, photo, resize, toGrey } from "../../src/image/index.js";

const side = fc.integer({ min: 1, max: 12 });

describe("resize", () => {
  test("area keeps the mean, whatever the sizes", () => {
    fc.assert(
      fc.property(side, side, side, side, (h, w, height, width) => {
        const picture = random([h, w, 3], h * 13 + w);
        const scaled = resize(picture, { height, width, method: "area" });
        expect(scaled.shape).toEqual([height, width, 3]);
        expect(mean(scaled)).toBeCloseTo(mean(picture), 5);
      }),
    );
  });

  test.each(["area", "bilinear", "nearest"] as const)(
    "%s: the same size changes nothing",
    (method) => {
      const picture = random([5, 7], 3);
      expect(
        maxAbsDifference(resize(picture, { height: 5, width: 7, method }), picture),
      ).toBeLessThan(1e-6);
    },
  );

  test("area averages the block that a pixel covers, also in part", () => {
    const picture = array([[0, 4, 8]]);
    expect(toNested(resize(picture, { height: 1, width: 1 }))).toEqual([[4]]);
    // 1.5 old pixels each: (0 + 4/2) / 1.5 and (4/2 + 8) / 1.5
    const two = resize(picture, { height: 1, width: 2 });
    expect(two.get(0, 0)).toBeCloseTo(4 / 3, 6);
    expect(two.get(0, 1)).toBeCloseTo(20 / 3, 6);
  });

  test("bilinear keeps a slope a slope, and nearest repeats", () => {
    const slope = fromFunction([4, 4], (_y, x) => x!);
    const double = resize(slope, { height: 8, width: 8 });
    for (let x = 1; x < 7; x++) expect(double.get(3, x)).toBeCloseTo(x / 2 - 0.25, 6);
    expect(toNested(resize(array([[1, 2]]), { width: 4, height: 1, method: "nearest" }))).toEqual([
      [1, 1, 2, 2],
    ]);
  });

  test("one side given keeps the proportions", () => {
    expect(resize(photo("barn"), { width: 100 }).shape).toEqual([77, 100]);
    expect(resize(photo("cat"), { height: 133 }).shape).toEqual([133, 200, 3]);
    expect(resize(array([[1, 2, 3]]), { width: 1 }).shape).toEqual([1, 1]);
  });

  test("clear errors", () => {
    const picture = random([4, 4]);
    expect(() => resize(picture, {})).toThrow("resize needs a height, a width or both");
    expect(() => resize(picture, { width: 0 })).toThrow(ArgumentError);
    expect(() => resize(picture, { width: 2.5 })).toThrow("whole number");
    expect(() => resize(picture, { width: 1e6, height: 1e6 })).toThrow("more than the 40 million");
    expect(() => resize(random([4]), { width: 2 })).toThrow(ShapeError);
    expect(() => resize(random([0, 4]), { width: 2 })).toThrow(ShapeError);
    // @ts-expect-error: what a reader may try
    expect(() => resize(picture, { width: 2, method: "lanczos" })).toThrow('got "lanczos"');
  });
});

describe("crop", () => {
  test("each pixel is the one at the same place of the rectangle", () => {
    fc.assert(
      fc.property(
        side,
        side,
        fc.nat(5),
        fc.nat(5),
        fc.constantFrom(1, 2, 3),
        (height, width, top, left, c) => {
          const picture = random([height + top + 1, width + left + 2, c], 5);
          const cut = crop(picture, { top, left, height, width });
          expect(cut.shape).toEqual([height, width, c]);
          const view = picture.lo(top, left, 0).hi(height, width, c) as typeof picture;
          expect(maxAbsDifference(cut, view)).toBe(0);
        },
      ),
    );
  });

  test("a rectangle outside says which rows and columns", () => {
    const picture = random([4, 6]);
    expect(() => crop(picture, { top: 2, left: 0, height: 3, width: 2 })).toThrow(
      "rows 2 to 4 and columns 0 to 1 do not lie inside a picture of 4×6",
    );
    expect(() => crop(picture, { top: -1, left: 0, height: 3, width: 2 })).toThrow(
      "top and left 0 or more",
    );
    expect(() => crop(picture, { top: 0, left: 0, height: 0, width: 2 })).toThrow(ArgumentError);
    expect(() => crop(random([3]), { top: 0, left: 0, height: 1, width: 1 })).toThrow(ShapeError);
  });
});

describe("colour", () => {
  test("grey weighs green most and keeps white white", () => {
    expect(
      toGrey(fromData(Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1, 1, 1, 1), [2, 2, 3])).data,
    ).toEqual(Float32Array.of(0.299, 0.587, 0.114, 1));
  });

  test("a grey picture stays as it is, in its own copy", () => {
    const picture = random([3, 4, 1]);
    const grey = toGrey(picture);
    expect(grey.shape).toEqual([3, 4]);
    expect(grey.data).toEqual(picture.data);
    expect(grey.data).not.toBe(picture.data);
  });

  test("a channel is every third number", () => {
    const picture = fromFunction([2, 2, 3], (y, x, c) => 100 * y! + 10 * x! + c!);
    expect(toNested(channel(picture, 1))).toEqual([
      [1, 11],
      [101, 111],
    ]);
    expect(() => channel(picture, 3)).toThrow("the channels 0 to 2; got 3");
    expect(() => channel(random([2, 2]), 0)).toThrow(ShapeError);
    expect(() => toGrey(random([2, 2, 4]))).toThrow("image.channel");
  });
});
