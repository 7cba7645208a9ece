import { type FloatArray, fromData, rowMajor } from "../array.js";
import { cameText } from "../came.js";
import { ArgumentError } from "../errors.js";
import { checkMaps } from "./maps.js";

/** A rectangle of pixels: its first row and column, and how many rows and columns it has. */
export interface Rectangle {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/**
 * Cuts a rectangle out of a picture.
 *
 * @param picture H×W or H×W×C
 * @returns the rectangle, a copy with the same number of axes
 * @throws {ShapeError} when the array is neither H×W nor H×W×C.
 * @throws {ArgumentError} when the rectangle does not lie inside it.
 * @example
 * image.crop(image.photo("barn"), { top: 100, left: 40, height: 64, width: 64 }).shape // → [64, 64]
 */
export function crop(picture: FloatArray, rectangle: Rectangle): FloatArray {
  const [rows, columns, channels] = checkMaps("image.crop", picture);
  const { top, left, height, width } = rectangle ?? {};
  const whole = [top, left, height, width].every(Number.isInteger);
  if (!whole || top < 0 || left < 0 || height < 1 || width < 1) {
    throw new ArgumentError(
      `A crop needs whole numbers: top and left 0 or more, height and width 1 or more; got top ${top}, left ${left}, height ${height}, width ${width}.`,
    );
  }
  if (top + height > rows || left + width > columns) {
    throw new ArgumentError(
      `The rows ${top} to ${top + height - 1} and columns ${left} to ${left + width - 1} do not lie inside a picture of ${rows}×${columns}.`,
    );
  }
  const from = rowMajor(picture);
  const data = new Float32Array(height * width * channels);
  for (let y = 0; y < height; y++) {
    const start = ((top + y) * columns + left) * channels;
    data.set(from.subarray(start, start + width * channels), y * width * channels);
  }
  return fromData(data, [height, width, ...picture.shape.slice(2)]);
}

/** The sides of a cut: one number for a square. */
export type CropSize = number | { readonly height: number; readonly width: number };

/**
 * Cuts the middle out of a picture. Where an odd number of pixels is left over, the cut begins at the half rounded to
 * the even number, as torchvision's `center_crop` does.
 *
 * @param picture H×W or H×W×C
 * @param size the sides of the cut in pixels; one number for a square
 * @returns the cut, a copy with the same number of axes
 * @throws {ShapeError} when the array is neither H×W nor H×W×C.
 * @throws {ArgumentError} when the cut is larger than the picture, or a side is not a whole number of at least 1.
 * @example
 * image.centreCrop(image.photo("cat"), 224).shape // → [224, 224, 3]
 */
export function centreCrop(picture: FloatArray, size: CropSize): FloatArray {
  const [rows, columns] = checkMaps("image.centreCrop", picture);
  const { height, width } = typeof size === "object" ? (size ?? {}) : { height: size, width: size };
  if (![height, width].every((side) => Number.isInteger(side) && side >= 1)) {
    throw new ArgumentError(
      `The sides of a cut are whole numbers, at least 1: 224, or { height: 200, width: 300 }; got ${typeof size === "object" ? `height ${String(height)}, width ${String(width)}` : cameText(size)}.`,
    );
  }
  if (height > rows || width > columns) {
    throw new ArgumentError(
      `A cut of ${height}×${width} is larger than the picture of ${rows}×${columns}. Enlarge the picture first: image.resize(picture, { height: ${height} }).`,
    );
  }
  const top = halfToEven(rows - height);
  const left = halfToEven(columns - width);
  return crop(picture, { top, left, height, width });
}

/** Half of a whole number; ½ goes to the even neighbour, as Python's `round` does. */
function halfToEven(pixels: number): number {
  const half = Math.floor(pixels / 2);
  return pixels % 2 !== 0 && half % 2 !== 0 ? half + 1 : half;
}
