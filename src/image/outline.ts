import { type FloatArray, fromData, rowMajor, shapeText } from "../array.js";
import { ArgumentError } from "../errors.js";
import type { Rectangle } from "./crop.js";
import { checkPicture } from "./picture.js";

/** Pixels of the white line, and of the black one around it: so it is seen on any ground. */
const LINE = 2;

/**
 * Draws a frame around a rectangle of a picture: white, with black around it. The pixels inside are untouched.
 *
 * @param picture H×W (grey) or H×W×3, values 0 to 1
 * @param rectangle what to frame, as for `crop`
 * @returns a copy of the same shape; parts of the frame that would lie outside are left out
 * @throws {ShapeError} when it is no picture.
 * @throws {ArgumentError} when the rectangle does not lie inside it.
 * @example
 * const framed = image.outline(zeros([9, 9]), { top: 4, left: 4, height: 1, width: 1 });
 * [framed.get(4, 4), framed.get(4, 5), framed.get(4, 7)] // → [0, 1, 0]
 */
export function outline(picture: FloatArray, rectangle: Rectangle): FloatArray {
  const { height, width, channels } = checkPicture(picture);
  const { top, left, height: tall, width: wide } = rectangle ?? {};
  const whole = [top, left, tall, wide].every(Number.isInteger);
  if (
    !whole ||
    top < 0 ||
    left < 0 ||
    tall < 1 ||
    wide < 1 ||
    top + tall > height ||
    left + wide > width
  ) {
    throw new ArgumentError(
      `A frame of ${tall}×${wide} at row ${top}, column ${left} does not lie inside a picture of ${shapeText([height, width])}.`,
    );
  }
  const data = rowMajor(picture).slice();
  for (let y = Math.max(0, top - 2 * LINE); y < Math.min(height, top + tall + 2 * LINE); y++) {
    for (let x = Math.max(0, left - 2 * LINE); x < Math.min(width, left + wide + 2 * LINE); x++) {
      // How far outside the rectangle the pixel lies; 0 or less is inside.
      const off = Math.max(top - y, y - (top + tall - 1), left - x, x - (left + wide - 1));
      if (off > 0)
        data.fill(off <= LINE ? 1 : 0, (y * width + x) * channels, (y * width + x + 1) * channels);
    }
  }
  return fromData(data, picture.shape);
}
