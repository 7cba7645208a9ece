import { createRequire } from "node:module";
import { type FloatArray, fromData } from "../array.js";
import { turnUpright } from "./orientation.js";
import { brokenPng, readChunks } from "./png-chunks.js";
import { toSamples } from "./samples.js";

/** pngjs is loaded when the first PNG is read or written, not with the library. */
const require = createRequire(import.meta.url);
const pngjs = (): typeof import("pngjs") => require("pngjs") as typeof import("pngjs");

/** A PNG's samples as they stand in the file: red, green, blue and opacity for each pixel, 0 to `top`. */
interface PngSamples {
  readonly width: number;
  readonly height: number;
  readonly grey: boolean;
  readonly rgba: ArrayLike<number>;
  readonly top: number;
  readonly orientation: number;
}

function readSamples(bytes: Uint8Array, name: string): PngSamples {
  const { width, height, grey, samples, depth, orientation, end } = readChunks(bytes, name);
  // Palette entries have 8 bits whatever the depth of their index; they are the only colour pictures with 1 sample.
  const palette = !grey && samples === 1;
  try {
    // skipRescale keeps all 16 bits; other depths then come unscaled too. (Its types don't know the option.)
    const options: object = { skipRescale: true };
    const rgba: ArrayLike<number> = pngjs().PNG.sync.read(
      Buffer.from(bytes.subarray(0, end)),
      options,
    ).data;
    return { width, height, grey, rgba, top: palette ? 255 : 2 ** depth - 1, orientation };
  } catch (error) {
    throw brokenPng(name, error instanceof Error ? error.message : String(error));
  }
}

/**
 * Reads a PNG of any colour type and depth (1 to 16 bits), turned upright as its Exif note says. Transparent pixels are
 * laid on white; bytes behind the file's end count for nothing, as in a browser.
 *
 * @param name what to call the file in an error
 * @returns H×W when the file is grey, else H×W×3; 0 (black) to 1 (white)
 * @throws {ArgumentError} when the file is damaged, cut off, or larger than 40 million pixels.
 */
export function decodePng(bytes: Uint8Array, name = "The picture"): FloatArray {
  const { width, height, grey, rgba, top, orientation } = readSamples(bytes, name);
  const channels = grey ? 1 : 3;
  const data = new Float32Array(width * height * channels);
  for (let i = 0; i < width * height; i++) {
    const opacity = rgba[i * 4 + 3]! / top;
    for (let c = 0; c < channels; c++) {
      const value = rgba[i * 4 + c]! / top;
      data[i * channels + c] = opacity === 1 ? value : value * opacity + (1 - opacity);
    }
  }
  return turnUpright(fromData(data, grey ? [height, width] : [height, width, 3]), orientation);
}

/**
 * The 8-bit levels of an opaque PNG, red, green and blue for each pixel: what a data set is kept as.
 *
 * @throws {ArgumentError} when the file is damaged, cut off, or has not 8 bits a sample.
 */
export function pngLevels(bytes: Uint8Array, name: string): Uint8Array {
  const { width, height, rgba, top } = readSamples(bytes, name);
  if (top !== 255) throw brokenPng(name, "its samples have not 8 bits");
  const levels = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < levels.length; from += 4, to += 3) {
    levels[to] = rgba[from]!;
    levels[to + 1] = rgba[from + 1]!;
    levels[to + 2] = rgba[from + 2]!;
  }
  return levels;
}

/**
 * Writes a picture as an 8-bit PNG file, which keeps every level exactly. Values below 0 become black, above 1 white,
 * and each is rounded to the nearest of 256 levels.
 *
 * @param picture H×W or H×W×1 (grey), or H×W×3 (colour), 0 to 1
 * @returns the bytes of the file, for `fs.writeFileSync("out.png", bytes)`; {@link save} writes the file itself
 * @throws {ShapeError} when it is not the shape of a picture.
 * @throws {ArgumentError} when a value is NaN.
 * @example
 * image.load(image.toPng(array([[0, 1], [1, 0]]))).shape // → [2, 2]
 */
export function toPng(picture: FloatArray): Uint8Array {
  const { height, width, channels, samples } = toSamples(picture);
  return encodePng(samples, width, height, channels);
}

/**
 * Packs ready-made 8-bit samples as a PNG file.
 *
 * @param samples row by row, 1 (grey) or 3 (red, green, blue) a pixel
 */
export function encodePng(
  samples: Uint8Array,
  width: number,
  height: number,
  channels: 1 | 3,
): Uint8Array {
  const colorType = channels === 1 ? 0 : 2;
  const png = new (pngjs().PNG)({ width, height });
  png.data = Buffer.from(samples);
  const bytes = pngjs().PNG.sync.write(png, {
    colorType,
    inputColorType: colorType,
    inputHasAlpha: false,
  });
  return new Uint8Array(bytes);
}
