import { randomBytes } from "node:crypto";
import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { extname, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import type { FloatArray } from "../array.js";
import { ArgumentError, MissingFileError } from "../errors.js";
import { requireOptions } from "../ops/known-options.js";
import { toJpeg } from "./jpeg.js";
import { kindOf } from "./picture.js";
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
  if (path instanceof URL ? path.protocol !== "file:" : typeof path !== "string") {
    throw new ArgumentError(
      `image.save wants the path first: image.save("cat.png", picture); got ${path instanceof URL ? path.href : kindOf(path)}.`,
    );
  }
  requireOptions("image.save", options, { quality: true });
  const target = typeof path === "string" ? resolve(path) : fileURLToPath(path);
  const write = WRITERS[extname(target).toLowerCase()];
  if (!write) {
    throw new ArgumentError(
      `The end of a picture's name is .png, .jpg or .webp and says its format; got "${path}".`,
    );
  }
  replaceFile(target, write(picture, options.quality));
  return target;
}

/** Writes beside the target first and then renames: at no moment is there half a file under its name. */
function replaceFile(target: string, bytes: Uint8Array): void {
  const beside = `${target}.${randomBytes(4).toString("hex")}.part`;
  try {
    writeFileSync(beside, bytes, { flag: "wx" });
    renameSync(beside, target);
  } catch (error) {
    if (existsSync(beside)) rmSync(beside);
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" || code === "ENOTDIR") {
      throw new MissingFileError(`There is no folder to hold ${target}: make it first.`);
    }
    const reasons: Record<string, string> = {
      EACCES: "you may not write there",
      EPERM: "you may not write there",
      EROFS: "you may not write there",
      EISDIR: "a folder has that name",
      ENOSPC: "the disk is full",
    };
    throw new ArgumentError(`${target} was not written: ${reasons[code ?? ""] ?? message}.`);
  }
}
