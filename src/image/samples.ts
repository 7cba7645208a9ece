import { type FloatArray, rowMajor } from "../array.js";
import { ArgumentError } from "../errors.js";
import { checkPicture, type PictureShape } from "./picture.js";

/**
 * A picture as the 8-bit samples of a file: below 0 is black, above 1 white, the rest the nearest of 256 levels.
 *
 * @returns the sides and channels, and the samples row by row
 * @throws {ShapeError} when it is not the shape of a picture.
 * @throws {ArgumentError} when a value is NaN: no level stands for "not a number".
 */
export function toSamples(picture: FloatArray): PictureShape & { samples: Uint8Array } {
  const size = checkPicture(picture);
  const values = rowMajor(picture);
  const samples = new Uint8Array(values.length);
  for (let i = 0; i < samples.length; i++) {
    const value = values[i]!;
    if (Number.isNaN(value)) throw notANumber(i, size);
    samples[i] = Math.round(Math.min(1, Math.max(0, value)) * 255);
  }
  return { ...size, samples };
}

function notANumber(index: number, { width, channels }: PictureShape): ArgumentError {
  const pixel = Math.floor(index / channels);
  return new ArgumentError(
    `The picture holds NaN (not a number) in row ${Math.floor(pixel / width)}, column ${pixel % width}, which no file can hold. Look for a division by 0 before it.`,
  );
}

/** Red, green, blue and an opaque fourth sample for each pixel, as encoders want them. */
export function toOpaque(samples: Uint8Array, channels: 1 | 3): Uint8ClampedArray {
  const pixels = samples.length / channels;
  const opaque = new Uint8ClampedArray(pixels * 4);
  for (let i = 0; i < pixels; i++) {
    for (let c = 0; c < 3; c++) opaque[4 * i + c] = samples[i * channels + (c % channels)]!;
    opaque[4 * i + 3] = 255;
  }
  return opaque;
}

/** The quality of a JPEG or WebP file, checked. */
export function checkQuality(quality: number): number {
  if (typeof quality === "number" && quality >= 1 && quality <= 100) return quality;
  throw new ArgumentError(
    `A picture's quality is a number from 1 (small) to 100 (best); got ${String(quality)}.`,
  );
}
