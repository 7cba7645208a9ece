import { type FloatArray, fromData, random, rowMajor, shapeText } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { shapeOf } from "./picture.js";

/**
 * Deals the pixels out to other places, by one fixed permutation: nothing is lost but where each of them stood.
 * The channels of a pixel stay together. The same size and seed always give the same permutation.
 *
 * @param picture H×W or H×W×C
 * @param seed any whole number; another seed gives another permutation
 * @returns a shuffled copy of the same shape
 * @throws {ShapeError} when the array is neither H×W nor H×W×C.
 * @throws {ArgumentError} when the seed is not a whole number.
 * @example
 * sum(image.shuffle(array([[1, 2], [3, 4]]))) // → 10
 */
export function shuffle(picture: FloatArray, seed = 1): FloatArray {
  const shape = shapeOf(picture);
  if (!Number.isInteger(seed)) {
    throw new ArgumentError(`The seed is a whole number; got ${String(seed)}.`);
  }
  if (shape.length !== 2 && shape.length !== 3) {
    throw new ShapeError(`A picture is H×W or H×W×C; got ${shapeText(shape)}.`);
  }
  const [rows = 0, columns = 0, channels = 1] = shape;
  const from = rowMajor(picture);
  const places = Array.from({ length: rows * columns }, (_, place) => place);
  const chance = rowMajor(random([places.length], seed));
  // Fisher and Yates: every order is equally likely.
  for (let i = places.length - 1; i > 0; i--) {
    const j = Math.min(i, Math.floor(((chance[i]! + 1) / 2) * (i + 1)));
    [places[i], places[j]] = [places[j]!, places[i]!];
  }
  const data = new Float32Array(from.length);
  places.forEach((place, to) => {
    data.set(from.subarray(place * channels, (place + 1) * channels), to * channels);
  });
  return fromData(data, shape);
}
