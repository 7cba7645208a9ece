import { createRequire } from "node:module";
import { type FloatArray, fromData } from "../array.js";
import { brokenPng, readChunks } from "./png-chunks.js";
import { toSamples } from "./samples.js";

/** pngjs is loaded when the first PNG is read or written, not with the library. */
const require = createRequire(import.meta.url);
const pngjs = (): typeof import("pngjs") => require("pngjs") as typeof import("pngjs");

/**
 * Reads a PNG of any colour type and depth (1 to 16 bits). Transparent pixels are laid on white.
 *
 * @param name what to call the file in an error
 * @returns H×W when the file is grey, else H×W×3; 0 (black) to 1 (white)
 * @throws {ArgumentError} when the file is damaged, cut off, or larger than 40 million pixels.
 */
export function decodePng(bytes: Uint8Array, name = "The picture"): FloatArray {
  const header = readChunks(bytes, name);
  const { width, height, grey } = header;
  let pixels: ArrayLike<number>;
  try {
    // skipRescale keeps all 16 bits; other depths then come unscaled too. (Its types don't know the option.)
    const options: object = { skipRescale: true };
    pixels = pngjs().PNG.sync.read(Buffer.from(bytes), options).data;
  } catch (error) {
    throw brokenPng(name, error instanceof Error ? error.message : String(error));
  }
  // Palette entries have 8 bits whatever the depth of their index; they are the only colour pictures with 1 sample.
  const palette = !grey && header.samples === 1;
  const top = palette ? 255 : 2 ** header.depth - 1;
  const channels = grey ? 1 : 3;
  const data = new Float32Array(width * height * channels);
  for (let i = 0; i < width * height; i++) {
    const opacity = pixels[i * 4 + 3]! / top;
    for (let c = 0; c < channels; c++) {
      const value = pixels[i * 4 + c]! / top;
      data[i * channels + c] = opacity === 1 ? value : value * opacity + (1 - opacity);
    }
  }
  return fromData(data, grey ? [height, width] : [height, width, 3]);
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
