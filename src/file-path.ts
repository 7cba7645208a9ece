/** Where a picture or a figure is kept, or read from. */
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { cameText } from "./came.js";
import { ArgumentError } from "./errors.js";

/**
 * The whole path of a file; a relative one starts at the notebook's folder.
 *
 * @param wants what the caller wants, in words for the message.
 * @throws {ArgumentError} when it is neither text nor the URL of a file.
 */
export function filePath(path: string | URL, wants: string): string {
  if (typeof path === "string") return resolve(path);
  if (path instanceof URL && path.protocol === "file:") return fileURLToPath(path);
  throw new ArgumentError(`${wants}; got ${path instanceof URL ? path.href : cameText(path)}.`);
}
