import { createRequire } from "node:module";
import { type FloatArray, fromData } from "../array.js";
import { ArgumentError } from "../errors.js";
import { exifOrientation, turnUpright } from "./orientation.js";
import { checkSize } from "./picture.js";
import { checkQuality, toOpaque, toSamples } from "./samples.js";

/** jpeg-js is loaded when the first JPEG is read, not with the library. */
const require = createRequire(import.meta.url);
const jpeg = (): typeof import("jpeg-js") => require("jpeg-js") as typeof import("jpeg-js");

/** Whether the bytes begin as every JPEG file does. */
export function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && bytes[2] === 0xff;
}

/** The header has 16 bits for each side (ITU-T T.81, B.2.2). */
const MAX_SIDE = 65535;

interface Header {
  width: number;
  height: number;
  components: number;
  orientation: number;
  /** Whether three components are red, green and blue, not luma and chroma. */
  rgb: boolean;
}

/**
 * Walks the marker segments up to the pixels (ITU-T T.81, annex B): the frame's size, the Exif orientation, what the
 * components are, and whether the end marker is there. The decoder fills what a cut-off file lacks with grey and says
 * nothing.
 */
function readHeader(bytes: Uint8Array, name: string): Header {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const header: Header = { width: 0, height: 0, components: 0, orientation: 1, rgb: false };
  let jfif = false; // whose components are luma and chroma
  let adobe: number | undefined; // Adobe's note: 0 says that nothing was transformed
  let ids = "";
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) throw broken(name, "its segments are damaged");
    const marker = bytes[at + 1]!;
    if (marker === 0xff) {
      at++; // a fill byte
      continue;
    }
    const length = view.getUint16(at + 2);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame && at + 10 <= bytes.length) {
      header.height = view.getUint16(at + 5);
      header.width = view.getUint16(at + 7);
      header.components = bytes[at + 9]!;
      ids = [0, 1, 2].map((c) => String.fromCharCode(bytes[at + 10 + 3 * c] ?? 0)).join("");
    }
    if (marker === 0xe0) jfif ||= startsWith(bytes, at + 4, "JFIF\0");
    if (marker === 0xee && startsWith(bytes, at + 4, "Adobe")) adobe = bytes[at + 15];
    if (marker === 0xe1)
      header.orientation = exifOrientation(bytes.subarray(at + 4, at + 2 + length));
    at += 2 + length;
    if (marker === 0xda) {
      if (header.components === 0 || !hasEnd(bytes, at)) throw broken(name, "its end is missing");
      // As libjpeg decides, and so browsers: without a note, components that are called R, G and B are those.
      header.rgb = !jfif && (adobe === undefined ? ids === "RGB" : adobe === 0);
      return header;
    }
  }
  throw broken(name, "its pixels are missing");
}

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  return [...text].every((sign, i) => bytes[at + i] === sign.charCodeAt(0));
}

function hasEnd(bytes: Uint8Array, from: number): boolean {
  for (let i = bytes.length - 2; i >= from; i--) {
    if (bytes[i] === 0xff && bytes[i + 1] === 0xd9) return true;
  }
  return false;
}

function broken(name: string, reason: string): ArgumentError {
  return new ArgumentError(
    `${name} is not a whole JPEG file: ${reason}. Save or download the picture again.`,
  );
}

/**
 * Reads a JPEG (baseline or progressive), turned upright as its Exif note says.
 *
 * @param name what to call the file in an error
 * @returns H×W when the file is grey, else H×W×3; 0 (black) to 1 (white)
 * @throws {ArgumentError} when the file is damaged, cut off, too large, or has four (CMYK) components.
 */
export function decodeJpeg(bytes: Uint8Array, name = "The picture"): FloatArray {
  const { width, height, components, orientation, rgb } = readHeader(bytes, name);
  checkSize(width, height, name);
  if (components !== 1 && components !== 3) {
    throw new ArgumentError(
      `${name} has ${components} colour components (as files for printing have); save it as an RGB or grey JPEG.`,
    );
  }
  let pixels: Uint8Array;
  try {
    pixels = jpeg().decode(bytes, {
      useTArray: true,
      formatAsRGBA: false,
      tolerantDecoding: false,
      colorTransform: !rgb,
      maxMemoryUsageInMB: 2048,
    }).data;
  } catch (error) {
    // A slip of the decoder itself (TypeError, RangeError) over damaged bytes says nothing to a reader.
    const told = error instanceof Error && error.constructor === Error;
    throw broken(name, told ? error.message : "its segments are damaged");
  }
  const data = new Float32Array(width * height * components);
  const step = components === 1 ? 3 : 1;
  for (let i = 0; i < data.length; i++) data[i] = pixels[i * step]! / 255;
  const shape = components === 1 ? [height, width] : [height, width, 3];
  return turnUpright(fromData(data, shape), orientation);
}

/**
 * Packs ready-made 8-bit red-green-blue samples as a JPEG file: small enough for the still picture of a photograph.
 *
 * @param quality 1 to 100
 */
export function encodeJpeg(
  samples: Uint8Array,
  width: number,
  height: number,
  quality: number,
): Uint8Array {
  const data = toOpaque(samples, 3);
  return new Uint8Array(jpeg().encode({ data, width, height }, quality).data);
}

/**
 * Writes a picture as a JPEG file (8 bits a colour, baseline): small, but no value comes back exactly. Values below 0
 * become black, above 1 white. A grey picture is written in colour, and reads as H×W×3.
 *
 * @param picture H×W or H×W×1 (grey), or H×W×3 (colour), 0 to 1
 * @param quality 1 (small) to 100 (best)
 * @returns the bytes of the file; {@link save} writes the file itself
 * @throws {ShapeError} when it is not the shape of a picture.
 * @throws {ArgumentError} when a value is NaN, the quality is out of range, or a side is longer than 65535.
 * @example
 * image.load(image.toJpeg(image.photo("cat"))).shape // → [266, 400, 3]
 */
export function toJpeg(picture: FloatArray, quality = 90): Uint8Array {
  checkQuality(quality);
  const { height, width, channels, samples } = toSamples(picture);
  if (Math.max(height, width) > MAX_SIDE) {
    throw new ArgumentError(
      `A JPEG's sides have at most ${MAX_SIDE} pixels; got ${height}×${width}. Save it as PNG.`,
    );
  }
  const data = toOpaque(samples, channels);
  return new Uint8Array(jpeg().encode({ data, width, height }, quality).data);
}
