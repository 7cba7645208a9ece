/** Random arrays and options for property tests. */
import fc from "fast-check";
import { type FloatArray, random } from "../../src/array.js";
import type { Padding, PerAxis } from "../../src/ops/index.js";

/** A whole number from `min` to `max`. */
export const small = (max: number, min = 1): fc.Arbitrary<number> => fc.integer({ min, max });
/** One number, or two as [down, across]. */
export const perAxis = (max: number, min = 1): fc.Arbitrary<PerAxis> =>
  fc.oneof(small(max, min), fc.tuple(small(max, min), small(max, min)));
/** Pixels on some of the four sides. */
export const sides = fc.record(
  { top: small(3, 0), bottom: small(3, 0), left: small(3, 0), right: small(3, 0) },
  { requiredKeys: [] },
);
/** Every kind of padding in pixels. */
export const padding: fc.Arbitrary<Padding> = fc.oneof(
  fc.constantFrom<Padding>("valid", "same"),
  perAxis(3, 0),
  sides,
);
/** Of `random`. */
export const seed = fc.integer({ min: 0, max: 2 ** 31 });

/** Images of values between −1 and 1 (so 1 is the scale of every term): H×W, H×W×C and N×H×W×C. */
export const image = fc
  .tuple(small(3), small(9), small(9), small(5), fc.constantFrom(2, 3, 4), seed)
  .map(
    ([n, h, w, c, rank, s]): FloatArray =>
      random(rank === 2 ? [h, w] : rank === 3 ? [h, w, c] : [n, h, w, c], s),
  );

/** An image of every rank, with the channels that are asked for when it has any. */
export const imageOf = (
  rank: number,
  [n, h, w]: readonly [number, number, number],
  c: number,
  s: number,
): FloatArray => random(rank === 2 ? [h, w] : rank === 3 ? [h, w, c] : [n, h, w, c], s);

/** Of `imageOf`: [images, height, width], and how many axes. */
export const sizes = fc.tuple(small(3), small(7), small(7));
export const rank = fc.constantFrom(2, 3, 4);

/** Every other row and column of a larger array: the same numbers, not side by side in memory. */
export function asView(x: FloatArray): FloatArray {
  const larger = random(
    x.shape.map((size) => 2 * size),
    7,
  ).step(...x.shape.map(() => 2));
  const index = x.shape.map(() => 0);
  for (let i = 0; i < x.size; i++) {
    larger.set(...index, x.get(...index));
    for (let axis = index.length - 1; axis >= 0 && ++index[axis]! === x.shape[axis]; axis--) {
      index[axis] = 0;
    }
  }
  return larger;
}
