import { readFileSync, statSync } from "node:fs";
import type { FloatArray } from "../array.js";
import { ArgumentError, MissingFileError } from "../errors.js";
import { filePath } from "../file-path.js";
import { decodeJpeg, isJpeg } from "./jpeg.js";
import { photoNames } from "./photo.js";
import { decodePng } from "./png.js";
import { isPng } from "./png-chunks.js";
import { decodeWebp } from "./webp.js";
import { isWebp } from "./webp-header.js";

/** The largest file that is read, in bytes. */
const MAX_FILE_BYTES = 200_000_000;

/** How other picture files begin, to name them in the error. */
const OTHER_KINDS: readonly [string, RegExp][] = [
  ["a GIF", /^GIF8/],
  ["a BMP picture", /^BM/],
  ["a TIFF picture", /^(II\*\0|MM\0\*)/],
  ["an AVIF or HEIC picture", /^....ftyp/s],
  ["a PDF", /^%PDF/],
  ["an SVG or a web page", /^\s*<[!?a-z]/i],
];

/**
 * Reads a picture: a PNG (any colour type, up to 16 bits), a JPEG or a still WebP file. Transparent pixels are laid on
 * white; a photograph taken with the camera on its side is turned upright.
 *
 * @param source a path (a relative one starts at the notebook's folder), or the bytes of such a file
 * @returns H×W when the file is grey, else H×W×3 (red, green, blue); 0 (black) to 1 (white)
 * @throws {MissingFileError} when no file is at the path.
 * @throws {ArgumentError} when the file is damaged, cut off, has more than 40 million pixels, or is no PNG, JPEG or WebP.
 * @example
 * image.load(image.toPng(image.digit(7))).shape // → [28, 28]
 */
export function load(source: string | URL | Uint8Array): FloatArray {
  if (source instanceof Uint8Array) return decode(source, "The picture");
  if (typeof source === "string" && /^[a-z]{2,}:\/\//i.test(source)) {
    throw new ArgumentError(
      `image.load reads files, it does not fetch ${source}. Save the picture beside the notebook and give its path.`,
    );
  }
  const path = filePath(source, `image.load wants a path such as "cat.png", or a file's bytes`);
  return decode(readPicture(path), String(source));
}

function readPicture(path: string): Uint8Array {
  try {
    const found = statSync(path);
    if (found.isDirectory()) throw new ArgumentError(`${path} is a folder; give a picture in it.`);
    if (!found.isFile()) throw new ArgumentError(`${path} is no file but a device or a pipe.`);
    if (found.size > MAX_FILE_BYTES) {
      throw new ArgumentError(
        `${path} has ${Math.round(found.size / 1e6)} MB; at most ${MAX_FILE_BYTES / 1e6} MB are read.`,
      );
    }
    return readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new MissingFileError(
        `There is no file ${path}. Save your picture there, or take one from the package: image.photo(${photoNames.map((name) => `"${name}"`).join(" | ")}).`,
      );
    }
    if (code === "EACCES" || code === "EPERM") {
      throw new ArgumentError(`${path} may not be read: change the file's permissions.`);
    }
    if (error instanceof ArgumentError) throw error;
    throw new ArgumentError(`${path} can't be read: ${(error as Error).message}.`);
  }
}

function decode(bytes: Uint8Array, name: string): FloatArray {
  if (isPng(bytes)) return decodePng(bytes, name);
  if (isJpeg(bytes)) return decodeJpeg(bytes, name);
  if (isWebp(bytes)) return decodeWebp(bytes, name);
  if (bytes.length === 0) throw new ArgumentError(`${name} is empty: save the picture again.`);
  const start = String.fromCharCode(...bytes.subarray(0, 16));
  const kind = OTHER_KINDS.find(([, pattern]) => pattern.test(start))?.[0];
  throw new ArgumentError(
    `${name} is no PNG, JPEG or WebP${kind ? ` but ${kind}` : ""}; open it in a picture program and save it as PNG.`,
  );
}
