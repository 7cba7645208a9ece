/** Files that are there whole, or as they were. */
import { randomBytes } from "node:crypto";
import { existsSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { ArgumentError, MissingFileError } from "./errors.js";

/**
 * Writes a file, or what takes its place: beside it first, and then renamed, so that at no moment there is half a file
 * under its name.
 *
 * @throws {MissingFileError} when the folder does not exist.
 * @throws {ArgumentError} when the file cannot be written.
 */
export function replaceFile(target: string, content: Uint8Array | string): void {
  const beside = `${target}.${randomBytes(4).toString("hex")}.part`;
  try {
    writeFileSync(beside, content, { flag: "wx" });
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
