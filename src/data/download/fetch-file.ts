import { createHash } from "node:crypto";
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { DownloadError } from "../../errors.js";

/** What to fetch, and what it has to be. */
export interface Wanted {
  readonly url: string;
  /** Its exact size in bytes. */
  readonly bytes: number;
  /** Its SHA-512 in base64, as npm's lock files have it after `sha512-`. */
  readonly sha512: string;
}

/** How to fetch. */
export interface FetchOptions {
  /** Called after each piece, with the bytes that have come so far. */
  readonly onProgress?: (bytes: number) => void;
  /** How often to try again from where the connection broke; 3 when left out. */
  readonly retries?: number;
  /** Milliseconds without a byte after which a connection counts as broken; 30,000 when left out. */
  readonly patience?: number;
  /** Milliseconds before the first new try, longer before each one after it; 500 when left out. */
  readonly pause?: number;
}

/** A broken connection: worth another try. */
class Broken extends Error {}

/**
 * Fetches a file. It grows under another name, and gets its own when it is whole and its checksum right; whatever goes
 * wrong before, nothing stays. A broken connection is taken up where it broke, where the server can do that.
 *
 * @throws {DownloadError} when there is no connection, the server refuses, or other bytes come than were wanted.
 */
export async function fetchFile(
  wanted: Wanted,
  path: string,
  options: FetchOptions = {},
): Promise<void> {
  const part = `${path}.${process.pid}-${Math.random().toString(36).slice(2, 8)}.part`;
  const file = openSync(part, "wx");
  try {
    await fetchInto(file, wanted, options).finally(() => {
      fsyncSync(file);
      closeSync(file);
    });
    renameSync(part, path);
  } catch (error) {
    rmSync(part, { force: true });
    throw readable(error, wanted.url);
  }
}

async function fetchInto(file: number, wanted: Wanted, options: FetchOptions): Promise<void> {
  const { retries = 3, pause = 500 } = options;
  const state = { bytes: 0, hash: createHash("sha512") };
  for (let attempt = 0; ; attempt++) {
    try {
      await fetchRest(file, wanted, state, options);
      break;
    } catch (error) {
      if (!(error instanceof Broken) || attempt >= retries) throw error;
      await wait(pause * 2 ** attempt);
    }
  }
  if (state.hash.digest("base64") !== wanted.sha512) {
    throw new DownloadError(
      `What ${wanted.url} sent is not the file that was published: its checksum differs, so it was thrown away. Try again; if it stays so, the server or something on the way changes it.`,
    );
  }
}

/** One request for what is still missing. */
async function fetchRest(
  file: number,
  { url, bytes }: Wanted,
  state: { bytes: number; hash: ReturnType<typeof createHash> },
  { onProgress, patience = 30_000 }: FetchOptions,
): Promise<void> {
  const stop = new AbortController();
  let timer = setTimeout(() => stop.abort(), patience);
  try {
    const headers = new Headers({ "accept-encoding": "identity" });
    if (state.bytes > 0) headers.set("range", `bytes=${state.bytes}-`);
    const answer = await fetch(url, { signal: stop.signal, headers });
    if (answer.status >= 500 || answer.status === 429) throw new Broken(`it says ${answer.status}`);
    if (!answer.ok) throw new DownloadError(refused(url, answer.status));
    const goesOn = answer.headers.get("content-range")?.startsWith(`bytes ${state.bytes}-`);
    if (answer.status !== 206 || !goesOn) {
      state.bytes = 0; // all of it comes again
      state.hash = createHash("sha512");
    }
    for await (const piece of answer.body ?? []) {
      clearTimeout(timer);
      timer = setTimeout(() => stop.abort(), patience);
      if (state.bytes + piece.length > bytes) throw new DownloadError(tooLong(url, bytes));
      for (let done = 0; done < piece.length; ) {
        done += writeSync(file, piece, done, piece.length - done, state.bytes + done);
      }
      state.hash.update(piece);
      state.bytes += piece.length;
      onProgress?.(state.bytes);
    }
    if (state.bytes < bytes) throw new Broken(`${state.bytes} of ${bytes} bytes came`);
  } catch (error) {
    if (error instanceof DownloadError || error instanceof Broken) throw error;
    const code = (error as NodeJS.ErrnoException).code;
    if (code === "ENOSPC" || code === "EIO") throw error;
    if (stop.signal.aborted) throw new Broken(`nothing came for ${patience / 1000} seconds`);
    const { cause, message } = error as Error;
    throw new Broken(cause instanceof Error && cause.message ? cause.message : message);
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
}

const refused = (url: string, status: number): string =>
  `${url} is not to be had: the server says ${status}${status === 404 ? " (there is no such file)" : ""}. Is another npm registry set (npm config get registry)?`;

const tooLong = (url: string, bytes: number): string =>
  `${url} sends more than the ${bytes} bytes that were published, so it was thrown away.`;

function readable(error: unknown, url: string): unknown {
  if (error instanceof Broken) {
    return new DownloadError(
      `${url} could not be fetched: ${error.message}. Is there a connection? Nothing half is left behind: run it again.`,
    );
  }
  return error;
}
