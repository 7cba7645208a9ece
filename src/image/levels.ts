import { type FloatArray, fromData, rowMajor } from "../array.js";
import { ArgumentError } from "../errors.js";
import { shapeOf } from "./picture.js";
import { toSamples } from "./samples.js";

/**
 * A picture as a file holds it, in 8 bits: whole numbers from 0 (black) to 255 (white), the nearest to 255·x. Values
 * below 0 become 0, above 1 255.
 *
 * @param picture H×W, H×W×1 or H×W×3, 0 to 1
 * @returns a copy of the same shape
 * @throws {ShapeError} when it is not the shape of a picture.
 * @throws {ArgumentError} when a value is NaN.
 * @example
 * toNested(image.toLevels(array([[0, 0.5, 1]]))) // → [[0, 128, 255]]
 */
export function toLevels(picture: FloatArray): FloatArray {
  return fromData(Float32Array.from(toSamples(picture).samples), picture.shape);
}

/**
 * A picture from 8-bit levels: x / 255. The inverse of {@link toLevels}.
 *
 * @param levels an array of any shape, 0 to 255
 * @returns a copy of the same shape, 0 to 1
 * @throws {ArgumentError} when a number is not from 0 to 255.
 * @example
 * toNested(image.fromLevels(array([[0, 51, 255]]))) // → [[0, 0.2, 1]]
 */
export function fromLevels(levels: FloatArray): FloatArray {
  shapeOf(levels);
  const values = rowMajor(levels);
  const outside = values.find((level) => !(level >= 0 && level <= 255));
  if (outside !== undefined) {
    throw new ArgumentError(`An 8-bit level is a number from 0 to 255; got ${outside}.`);
  }
  return fromData(
    values.map((level) => level / 255),
    levels.shape,
  );
}
