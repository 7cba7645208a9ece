import { type FloatArray, fromData, rowMajor, shapeText } from "../array.js";
import { ArgumentError } from "../errors.js";
import { checkMaps } from "./maps.js";

/** One number for all channels, or one for each. */
export type PerChannel = number | readonly number[];

/** The value for each channel, checked. */
function perChannel(values: PerChannel, shape: readonly number[], what: string): number[] {
  const channels = shape[2] ?? 1;
  const list = typeof values === "number" ? Array<number>(channels).fill(values) : [...values];
  if (list.length !== channels || !list.every(Number.isFinite)) {
    throw new ArgumentError(
      `${what} is one number, or one for each of the ${channels} channels of ${shapeText(shape)}; got ${JSON.stringify(values)}.`,
    );
  }
  return list;
}

function checked(
  picture: FloatArray,
  mean: PerChannel,
  std: PerChannel,
): { channels: number; means: number[]; stds: number[] } {
  const [, , channels] = checkMaps(picture);
  const means = perChannel(mean, picture.shape, "mean");
  const stds = perChannel(std, picture.shape, "std");
  if (stds.some((value) => value <= 0)) {
    throw new ArgumentError(
      `std is a standard deviation, larger than 0; got ${JSON.stringify(std)}.`,
    );
  }
  return { channels, means, stds };
}

/**
 * Takes the mean from each channel and divides by the standard deviation: (x − mean) / std.
 *
 * @param picture H×W or H×W×C
 * @param mean one number, or one for each channel
 * @param std the same; larger than 0
 * @returns a copy of the same shape; NaN and infinities stay what they are
 * @throws {ShapeError} when the array is neither H×W nor H×W×C.
 * @throws {ArgumentError} when the number of means or deviations is not that of the channels, or one is not finite.
 * @example
 * toNested(image.normalise(array([[0, 1]]), 0.5, 0.25)) // → [[-2, 2]]
 */
export function normalise(picture: FloatArray, mean: PerChannel, std: PerChannel): FloatArray {
  const { channels, means, stds } = checked(picture, mean, std);
  const data = rowMajor(picture).map((x, i) => (x - means[i % channels]!) / stds[i % channels]!);
  return fromData(data, picture.shape);
}

/**
 * The inverse of {@link normalise}: x · std + mean, for showing what a network was given.
 *
 * @param picture H×W or H×W×C
 * @param mean as it was taken off
 * @param std as it was divided by
 * @returns a copy of the same shape
 * @throws {ShapeError} when the array is neither H×W nor H×W×C.
 * @throws {ArgumentError} when the number of means or deviations is not that of the channels, or one is not finite.
 * @example
 * toNested(image.denormalise(array([[-2, 2]]), 0.5, 0.25)) // → [[0, 1]]
 */
export function denormalise(picture: FloatArray, mean: PerChannel, std: PerChannel): FloatArray {
  const { channels, means, stds } = checked(picture, mean, std);
  const data = rowMajor(picture).map((x, i) => x * stds[i % channels]! + means[i % channels]!);
  return fromData(data, picture.shape);
}
