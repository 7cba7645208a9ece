import { createRequire } from "node:module";
import { gunzipSync } from "node:zlib";
import { DownloadError } from "../../errors.js";

/** nanotar is loaded when the first archive is opened, not with the library. */
const require = createRequire(import.meta.url);
const nanotar = (): typeof import("nanotar") => require("nanotar") as typeof import("nanotar");

/**
 * The files of a gzipped tar archive that are asked for by name. Nothing is written to the disk, so no name in the
 * archive can lead anywhere.
 *
 * @param names as they stand in the archive, such as `package/data.png`
 * @param atMost bytes that the archive may have unpacked
 * @throws {DownloadError} when it cannot be unpacked, is larger, or lacks one of the files.
 */
export function unpack(
  archive: Uint8Array,
  names: readonly string[],
  atMost: number,
): Map<string, Uint8Array> {
  let tar: Buffer;
  try {
    tar = gunzipSync(archive, { maxOutputLength: atMost });
  } catch (error) {
    throw new DownloadError(`The archive cannot be unpacked: ${(error as Error).message}.`);
  }
  // nanotar reads the whole buffer below what it is given: it must hold the archive alone.
  const alone = tar.byteLength === tar.buffer.byteLength ? tar : new Uint8Array(tar);
  const files = new Map<string, Uint8Array>();
  const filter = ({ name, type }: { name: string; type?: unknown }): boolean =>
    type === "file" && names.includes(name);
  for (const { name, data } of nanotar().parseTar(alone, { filter })) {
    if (data) files.set(name, data);
  }
  const missing = names.filter((name) => !files.has(name));
  if (missing.length > 0) {
    throw new DownloadError(`The archive holds no ${missing.join(", ")}: it is not the one meant.`);
  }
  return files;
}
