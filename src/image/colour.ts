import { type FloatArray, fromData, rowMajor, shapeText } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { checkPicture, shapeOf } from "./picture.js";

/** How bright red, green and blue look beside each other (ITU-R BT.601, luma). They add up to 1. */
export const GREY_WEIGHTS: readonly [number, number, number] = [0.299, 0.587, 0.114];

/**
 * Turns a colour picture grey: each pixel becomes 0.299·red + 0.587·green + 0.114·blue (ITU-R BT.601).
 *
 * @param picture H×W×3; a grey one (H×W or H×W×1) comes back with the same values
 * @returns H×W
 * @throws {ShapeError} when it is not the shape of a picture.
 * @example
 * toNested(image.toGrey(array([[[1, 0, 0], [0, 1, 0]]]))) // → [[0.299, 0.587]]
 */
export function toGrey(picture: FloatArray): FloatArray {
  const { height, width, channels } = checkPicture(picture);
  const from = rowMajor(picture);
  if (channels === 1) return fromData(from.slice(), [height, width]);
  const [red, green, blue] = GREY_WEIGHTS;
  const data = new Float32Array(height * width);
  for (let i = 0; i < data.length; i++) {
    data[i] = red * from[3 * i]! + green * from[3 * i + 1]! + blue * from[3 * i + 2]!;
  }
  return fromData(data, [height, width]);
}

/**
 * Makes a grey picture three equal channels, as networks for colour pictures want it.
 *
 * @param picture H×W or H×W×1; a colour one (H×W×3) comes back with the same values
 * @returns H×W×3, a copy
 * @throws {ShapeError} when it is not the shape of a picture.
 * @example
 * toNested(image.toColour(array([[0.5]]))) // → [[[0.5, 0.5, 0.5]]]
 */
export function toColour(picture: FloatArray): FloatArray {
  const { height, width, channels } = checkPicture(picture);
  const from = rowMajor(picture);
  const data = new Float32Array(height * width * 3);
  for (let i = 0; i < data.length; i++) {
    data[i] = channels === 3 ? from[i]! : from[Math.floor(i / 3)]!;
  }
  return fromData(data, [height, width, 3]);
}

/**
 * One channel of a picture or of a stack of feature maps, as a grey picture of its own.
 *
 * @param picture H×W×C
 * @param index which channel, counted from 0; of a colour picture 0 is red, 1 green, 2 blue
 * @returns H×W, a copy
 * @throws {ShapeError} when the array is not H×W×C.
 * @throws {ArgumentError} when it has no such channel.
 * @example
 * toNested(image.channel(array([[[1, 2, 3]]]), 2)) // → [[3]]
 */
export function channel(picture: FloatArray, index: number): FloatArray {
  const [height = 0, width = 0, channels = 0] = shapeOf(picture);
  if (picture.shape.length !== 3) {
    throw new ShapeError(
      `Channels are the last axis of an H×W×C array; got ${shapeText(picture.shape)}.`,
    );
  }
  if (!Number.isInteger(index) || index < 0 || index >= channels) {
    throw new ArgumentError(
      `A ${shapeText(picture.shape)} array has the channels 0 to ${channels - 1}; got ${index}.`,
    );
  }
  const from = rowMajor(picture);
  const data = new Float32Array(height * width);
  for (let i = 0; i < data.length; i++) data[i] = from[i * channels + index]!;
  return fromData(data, [height, width]);
}
