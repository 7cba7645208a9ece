import { extname } from "node:path";
import type { FloatArray } from "../array.js";
import { ArgumentError } from "../errors.js";
import { filePath } from "../file-path.js";
import { requireOptions } from "../ops/known-options.js";
import { replaceFile } from "../replace-file.js";
import { toJpeg } from "./jpeg.js";
import { toPng } from "./png.js";
import { toWebp } from "./webp.js";

/** How to write a picture. */
export interface SaveOptions {
  /** For JPEG and WebP, 1 (small) to 100 (best; WebP then loses nothing); 90 when left out. A PNG is always exact. */
  readonly quality?: number;
}

const WRITERS: Readonly<Record<string, (picture: FloatArray, quality?: number) => Uint8Array>> = {
  ".png": (picture) => toPng(picture),
  ".jpg": toJpeg,
  ".jpeg": toJpeg,
  ".webp": toWebp,
};

/**
 * Saves a picture as a file; the name's end says the format: `.png` (every level exactly), `.jpg` or `.webp` (smaller,
 * with loss). A picture of that name that is there already is replaced; should writing fail, it stays as it was.
 * Values below 0 become black, above 1 white, each the nearest of 256 levels.
 *
 * @param path where to; a relative path starts at the notebook's folder
 * @param picture H×W or H×W×1 (grey), or H×W×3 (colour), 0 to 1
 * @returns the file's whole path
 * @throws {ShapeError} when it is not the shape of a picture.
 * @throws {ArgumentError} when a value is NaN, the format is unknown, or the file cannot be written.
 * @throws {MissingFileError} when the folder does not exist.
 * @example
 * image.save("cat.webp", image.photo("cat"), { quality: 80 });
 * image.load("cat.webp").shape // → [266, 400, 3]
 */
export function save(path: string | URL, picture: FloatArray, options: SaveOptions = {}): string {
  const target = filePath(path, 'image.save wants the path first: image.save("cat.png", picture)');
  requireOptions("image.save", options, { quality: true });
  const write = WRITERS[extname(target).toLowerCase()];
  if (!write) {
    throw new ArgumentError(
      `The end of a picture's name is .png, .jpg or .webp and says its format; got "${path}".`,
    );
  }
  replaceFile(target, write(picture, options.quality));
  return target;
}
