import fc from "fast-check";
import { expect, test } from "vitest";
import {
  ArgumentError,
  array,
  fromFunction,
  image,
  ShapeError,
  toNested,
} from "../../src/index.js";

test("pictures stand side by side in their order", () => {
  const wide = image.beside([
    array([[1], [4]]),
    array([
      [2, 3],
      [5, 6],
    ]),
  ]);
  expect(toNested(wide)).toEqual([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  const colour = fromFunction([2, 3, 3], (y, x, c) => 100 * y! + 10 * x! + c!);
  const pair = image.beside([colour, colour]);
  expect(pair.shape).toEqual([2, 6, 3]);
  expect(pair.get(1, 4, 2)).toBe(112);
});

test("pictures of other heights or channels, no picture and no list are refused", () => {
  expect(() => image.beside([])).toThrow(ArgumentError);
  expect(() => image.beside([array([[1]]), array([[1], [2]])])).toThrow(/1×1 and 2×1/);
  expect(() => image.beside([array([[1]]), array([[[1, 2, 3]]])])).toThrow(ShapeError);
  expect(() => image.beside([array([1, 2])])).toThrow(ShapeError);
});

test("a shuffled picture holds the same pixels, at other places, by its seed", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer(),
      (h, w, seed) => {
        const picture = fromFunction([h, w, 2], (y, x, c) => 2 * (y! * w + x!) + c!);
        const shuffled = image.shuffle(picture, seed);
        expect(shuffled.shape).toEqual(picture.shape);
        expect(Array.from(shuffled.data).sort((a, b) => a - b)).toEqual(Array.from(picture.data));
        for (let i = 0; i < h * w; i++)
          expect(shuffled.data[2 * i + 1]).toBe(shuffled.data[2 * i]! + 1);
        expect(Array.from(image.shuffle(picture, seed).data)).toEqual(Array.from(shuffled.data));
      },
    ),
  );
  const big = fromFunction([20, 20], (y, x) => 20 * y! + x!);
  const moved = Array.from(image.shuffle(big).data).filter((value, i) => value !== i);
  expect(moved.length).toBeGreaterThan(380);
  expect(Array.from(image.shuffle(big, 2).data)).not.toEqual(
    Array.from(image.shuffle(big, 1).data),
  );
  expect(() => image.shuffle(array([1, 2, 3]))).toThrow(ShapeError);
});

test("a frame leaves what it frames as it was", () => {
  const photo = fromFunction([20, 30], (y, x) => (y! + x!) / 60);
  const place = { top: 6, left: 5, height: 7, width: 9 };
  const framed = image.outline(photo, place);
  expect(toNested(image.crop(framed, place))).toEqual(toNested(image.crop(photo, place)));
  expect([framed.get(5, 5), framed.get(4, 8), framed.get(3, 8), framed.get(1, 8)]).toEqual([
    1,
    1,
    0,
    photo.get(1, 8),
  ]);
  expect([framed.get(13, 8), framed.get(8, 15), framed.get(8, 17)]).toEqual([1, 1, 0]);
  expect(photo.get(5, 5)).toBeCloseTo(10 / 60);
  const corner = { top: 0, left: 0, height: 2, width: 30 };
  const colour = image.outline(
    fromFunction([3, 30, 3], () => 0.5),
    corner,
  );
  expect(toNested(colour.pick(2, 4))).toEqual([1, 1, 1]);
  expect(() => image.outline(photo, { ...place, width: 26 })).toThrow(/inside a picture of 20×30/);
});
