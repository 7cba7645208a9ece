import { type FloatArray, fromData, rowMajor, shapeText } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { shapeOf } from "./picture.js";

/**
 * Puts pictures side by side into one wide picture: `beside([digit(1), digit(7)])` is 28×56.
 *
 * @param pictures H×W or H×W×C each, all with the same height and channels
 * @returns H×(sum of the widths), with as many axes as the pictures have
 * @throws {ArgumentError} when the list is empty.
 * @throws {ShapeError} when something is no picture, or the heights or channels differ.
 * @example
 * image.beside([image.digit(1), image.digit(7)]).shape // → [28, 56]
 */
export function beside(pictures: readonly FloatArray[]): FloatArray {
  if (!Array.isArray(pictures) || pictures.length === 0) {
    throw new ArgumentError(
      "beside wants a list of at least one picture, such as [image.digit(1), image.digit(7)].",
    );
  }
  const first: FloatArray = pictures[0]!;
  const [height = 0, , ...channels] = shapeOf(first);
  for (const shape of pictures.map(shapeOf)) {
    if (shape.length !== 2 && shape.length !== 3) {
      throw new ShapeError(`A picture is H×W or H×W×C; got ${shapeText(shape)}.`);
    }
    if (shape[0] !== height || shape.slice(2).join() !== channels.join()) {
      throw new ShapeError(
        `Pictures side by side have the same height and channels; got ${shapeText(first.shape)} and ${shapeText(shape)}.`,
      );
    }
  }
  const depth = channels[0] ?? 1;
  const width = pictures.reduce((total, { shape }) => total + shape[1]!, 0);
  const data = new Float32Array(height * width * depth);
  let left = 0;
  for (const picture of pictures) {
    const run = picture.shape[1]! * depth; // numbers in one of its rows
    const values = rowMajor(picture);
    for (let y = 0; y < height; y++) {
      data.set(values.subarray(y * run, (y + 1) * run), y * width * depth + left);
    }
    left += run;
  }
  return fromData(data, [height, width, ...channels]);
}
