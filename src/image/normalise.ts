import { type FloatArray, fromData, rowMajor, shapeText } from "../array.js";
import { cameText } from "../came.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { shapeOf } from "./picture.js";

/** One number for all channels, or one for each. */
export type PerChannel = number | readonly number[];

/** The value for each channel, checked; one value when it is the same for all. */
function perChannel(values: PerChannel, shape: readonly number[], what: string): readonly number[] {
  const channels = shape.length > 2 ? shape.at(-1)! : 1;
  const list = typeof values === "number" ? [values] : values;
  const fits = typeof values === "number" || (Array.isArray(list) && list.length === channels);
  if (!fits || !list.every(Number.isFinite)) {
    throw new ArgumentError(
      `${what} is one number, or one for each of the ${channels} channels of ${shapeText(shape)}; got ${Array.isArray(values) ? `[${values.join(", ")}]` : String(values)}.`,
    );
  }
  return list;
}

function checked(
  picture: FloatArray,
  mean: PerChannel,
  std: PerChannel,
): { means: readonly number[]; stds: readonly number[] } {
  if (shapeOf(picture).length < 2) {
    throw new ShapeError(
      `A picture is H×W or H×W×C, a batch N×H×W×C; got ${shapeText(picture.shape)}.`,
    );
  }
  const means = perChannel(mean, picture.shape, "mean");
  const stds = perChannel(std, picture.shape, "std");
  if (stds.some((value) => value <= 0)) {
    throw new ArgumentError(`std is a standard deviation, larger than 0; got ${cameText(std)}.`);
  }
  return { means, stds };
}

/**
 * Takes the mean from each channel and divides by the standard deviation: (x − mean) / std.
 *
 * @param picture H×W, H×W×C or a batch N×H×W×C; a list of means goes with the last axis
 * @param mean one number, or one for each channel
 * @param std the same; larger than 0
 * @returns a copy of the same shape; NaN and infinities stay what they are
 * @throws {ShapeError} when the array has fewer than two axes.
 * @throws {ArgumentError} when the number of means or deviations is not that of the channels, or one is not finite.
 * @example
 * toNested(image.normalise(array([[0, 1]]), 0.5, 0.25)) // → [[-2, 2]]
 */
export function normalise(picture: FloatArray, mean: PerChannel, std: PerChannel): FloatArray {
  const { means, stds } = checked(picture, mean, std);
  const data = rowMajor(picture).map(
    (x, i) => (x - means[i % means.length]!) / stds[i % stds.length]!,
  );
  return fromData(data, picture.shape);
}

/**
 * The inverse of {@link normalise}: x · std + mean, for showing what a network was given.
 *
 * @param picture H×W, H×W×C or a batch N×H×W×C; a list of means goes with the last axis
 * @param mean as it was taken off
 * @param std as it was divided by
 * @returns a copy of the same shape
 * @throws {ShapeError} when the array has fewer than two axes.
 * @throws {ArgumentError} when the number of means or deviations is not that of the channels, or one is not finite.
 * @example
 * toNested(image.denormalise(array([[-2, 2]]), 0.5, 0.25)) // → [[0, 1]]
 */
export function denormalise(picture: FloatArray, mean: PerChannel, std: PerChannel): FloatArray {
  const { means, stds } = checked(picture, mean, std);
  const data = rowMajor(picture).map(
    (x, i) => x * stds[i % stds.length]! + means[i % means.length]!,
  );
  return fromData(data, picture.shape);
}
