import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { array, fromFunction, random, toNested } from "../../src/array.js";
import { maxAbsDifference, mean } from "../../src/array-measures.js";
import { ArgumentError, ShapeError } from "../../src/errors.js";
import * as image from "../../src/image/index.js";
import { asView } from "../ops/arbitraries.js";

const unit = (shape: number[], seed: number) => {
  const picture = random(shape, seed);
  for (let i = 0; i < picture.data.length; i++) picture.data[i] = (picture.data[i]! + 1) / 2;
  return picture;
};

describe("normalise", () => {
  test("and denormalise undo each other, and change nothing", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 6 }),
        fc.integer({ min: 1, max: 6 }),
        fc.array(
          fc.tuple(
            fc.double({ min: -2, max: 2, noNaN: true }),
            fc.double({ min: 0.1, max: 3, noNaN: true }),
          ),
          { minLength: 1, maxLength: 5 },
        ),
        (height, width, channels) => {
          const picture = random([height, width, channels.length], 4);
          const before = picture.data.slice();
          const [means, stds] = [channels.map(([m]) => m), channels.map(([, s]) => s)];
          const normal = image.normalise(asView(picture), means, stds);
          const last = channels.length - 1;
          expect(normal.get(height - 1, 0, last)).toBeCloseTo(
            (picture.get(height - 1, 0, last) - means[last]!) / stds[last]!,
            4,
          );
          expect(maxAbsDifference(image.denormalise(normal, means, stds), picture)).toBeLessThan(
            1e-5,
          );
          expect(picture.data).toEqual(before);
        },
      ),
    );
  });

  test("a batch goes channel by channel, as each of its pictures", () => {
    const batch = random([3, 4, 5, 2], 6);
    const normal = image.normalise(batch, [0.1, -0.2], [0.5, 2]);
    for (let n = 0; n < 3; n++) {
      const one = image.normalise(batch.pick(n) as typeof batch, [0.1, -0.2], [0.5, 2]);
      expect(maxAbsDifference(normal.pick(n) as typeof batch, one)).toBe(0);
    }
    expect(image.normalise(random([0, 4, 4, 3]), [1, 2, 3], 1).shape).toEqual([0, 4, 4, 3]);
    // A batch of grey pictures has no axis of channels: one number.
    expect(image.normalise(random([2, 4, 4]), 0.5, 0.5).shape).toEqual([2, 4, 4]);
  });

  test("one number goes for all channels; NaN stays NaN; an empty picture stays empty", () => {
    expect(toNested(image.normalise(array([[[1, 2, 3]]]), 1, 2))).toEqual([[[0, 0.5, 1]]]);
    expect(image.normalise(array([[Number.NaN]]), 0, 1).get(0, 0)).toBeNaN();
    expect(image.normalise(random([0, 4, 3]), 0, 1).shape).toEqual([0, 4, 3]);
  });

  test("says what does not fit", () => {
    const colour = random([2, 2, 3]);
    expect(() => image.normalise(colour, [1, 2], 1)).toThrow(
      "mean is one number, or one for each of the 3 channels of 2×2×3; got [1, 2]",
    );
    expect(() => image.normalise(colour, 0, [1, 1, 0])).toThrow("larger than 0; got [1,1,0]");
    expect(() => image.normalise(colour, 0, -1)).toThrow(ArgumentError);
    expect(() => image.normalise(colour, Number.NaN, 1)).toThrow(ArgumentError);
    expect(() => image.normalise(random([3]), 0, 1)).toThrow(ShapeError);
    expect(() => image.normalise(random([2, 2]), [0, 0], 1)).toThrow("each of the 1 channels");
    // @ts-expect-error: what a reader may try
    expect(() => image.normalise(colour, "0", 1)).toThrow(ArgumentError);
    expect(() => image.denormalise(colour, 0, [1])).toThrow("std is one number");
  });
});

describe("preprocessing", () => {
  const cat = image.photo("cat");

  test("what VGG and torchvision are given can be shown again", () => {
    const middle = image.fromTorchvision(image.forTorchvision(cat));
    expect(middle.shape).toEqual([224, 224, 3]);
    const wanted = image.centreCrop(
      image.resize(cat, { height: 256, width: 384, method: "bilinear", antialias: true }),
      224,
    );
    expect(maxAbsDifference(middle, wanted)).toBeLessThan(1e-6);
    expect(maxAbsDifference(image.fromVgg(image.forVgg(cat)), wanted)).toBeLessThan(1e-6);
  });

  test("VGG's first channel is blue", () => {
    const red = fromFunction([3, 3, 3], (_y, _x, c) => (c === 0 ? 1 : 0));
    const input = image.forVgg(red, { fit: "keep" });
    const wanted = [-103.939, -116.779, 255 - 123.68];
    wanted.forEach((value, c) => {
      expect(input.get(1, 1, c)).toBeCloseTo(value, 4);
    });
    expect(maxAbsDifference(image.fromVgg(input), red)).toBeLessThan(1e-6);
  });

  test("a grey picture becomes three equal channels; other sizes and fits", () => {
    const barn = image.photo("barn");
    const input = image.forTorchvision(barn, { size: 96, fit: "stretch" });
    expect(input.shape).toEqual([96, 96, 3]);
    const shown = image.fromTorchvision(input);
    expect(Math.abs(shown.get(40, 50, 0) - shown.get(40, 50, 2))).toBeLessThan(1e-6);
    expect(mean(shown)).toBeCloseTo(mean(barn), 2);
    expect(image.forVgg(unit([3, 5], 1), { size: 224 }).shape).toEqual([224, 224, 3]);
    expect(image.forVgg(unit([1, 1], 1)).shape).toEqual([224, 224, 3]);
    expect(image.forVgg(unit([7, 5, 1], 1), { fit: "keep" }).shape).toEqual([7, 5, 3]);
  });

  test("the wrong range, shape and options are refused", () => {
    const levels = fromFunction([4, 4, 3], () => 200);
    expect(() => image.forVgg(levels)).toThrow(
      "image.forVgg takes values from 0 to 1; this picture holds 200. Of levels from 0 to 255 image.fromLevels makes such a picture.",
    );
    expect(() => image.forTorchvision(array([[Number.NaN]]))).toThrow("holds NaN");
    expect(() => image.forVgg(random([3, 224, 224]))).toThrow(ShapeError);
    expect(() => image.forVgg(unit([4, 4], 1), { size: 0 })).toThrow(ArgumentError);
    // @ts-expect-error: what a reader may try
    expect(() => image.forVgg(unit([4, 4], 1), { fit: "cover" })).toThrow('got "cover"');
    expect(() => image.fromVgg(random([1, 2, 2, 3]))).toThrow("batch.pick(0)");
    expect(() => image.fromTorchvision(random([2, 2]))).toThrow(ShapeError);
  });
});

test("centreCrop takes the middle, and refuses more than there is", () => {
  const picture = fromFunction([5, 8], (y, x) => 10 * y! + x!);
  expect(toNested(image.centreCrop(picture, { height: 1, width: 2 }))).toEqual([[23, 24]]);
  expect(toNested(image.centreCrop(picture, { height: 2, width: 7 }))).toEqual([
    [20, 21, 22, 23, 24, 25, 26],
    [30, 31, 32, 33, 34, 35, 36],
  ]);
  expect(() => image.centreCrop(picture, 6)).toThrow("6×6 is larger than the picture of 5×8");
  expect(() => image.centreCrop(picture, 0)).toThrow(ArgumentError);
  expect(() => image.centreCrop(random([4]), 1)).toThrow(ShapeError);
});

test("toColour repeats grey and keeps colour, in a copy", () => {
  expect(image.toColour(array([[1, 2]])).shape).toEqual([1, 2, 3]);
  const colour = random([2, 2, 3]);
  const copy = image.toColour(colour);
  expect(copy.data).toEqual(colour.data);
  expect(copy.data).not.toBe(colour.data);
  expect(() => image.toColour(random([2, 2, 2]))).toThrow(ShapeError);
});

test("antialias belongs to methods that blend; enlarging with it changes nothing for bilinear", () => {
  const picture = random([4, 5]);
  expect(() => image.resize(picture, { width: 3, method: "area", antialias: true })).toThrow(
    '"area" needs none',
  );
  expect(() => image.resize(picture, { width: 3, method: "nearest", antialias: true })).toThrow(
    ArgumentError,
  );
  const size = { height: 9, width: 7, method: "bilinear" } as const;
  expect(
    maxAbsDifference(
      image.resize(picture, { ...size, antialias: true }),
      image.resize(picture, size),
    ),
  ).toBeLessThan(1e-6);
});

test.each(["bilinear", "bicubic"] as const)(
  "%s keeps a flat picture flat, whatever the sizes",
  (method) => {
    const side = fc.integer({ min: 1, max: 12 });
    fc.assert(
      fc.property(side, side, side, side, fc.boolean(), (h, w, height, width, antialias) => {
        const flat = fromFunction([h, w], () => 0.7);
        const scaled = image.resize(flat, { height, width, method, antialias });
        expect(scaled.data.every((value) => Math.abs(value - 0.7) < 1e-6)).toBe(true);
      }),
    );
  },
);

test("8-bit levels and back", () => {
  const all = fromFunction([16, 16], (y, x) => 16 * y! + x!);
  expect(maxAbsDifference(image.toLevels(image.fromLevels(all)), all)).toBe(0);
  expect(image.fromLevels(random([0])).shape).toEqual([0]);
  const picture = array([[[-1, 0.5, 7]]]);
  expect(toNested(image.toLevels(asView(picture)))).toEqual([[[0, 128, 255]]]);
  expect(picture.get(0, 0, 2)).toBe(7);
  expect(() => image.toLevels(array([[Number.NaN]]))).toThrow(ArgumentError);
  expect(() => image.fromLevels(array([256]))).toThrow("from 0 to 255; got 256");
  expect(() => image.fromLevels(array([Number.NaN]))).toThrow("got NaN");
});
