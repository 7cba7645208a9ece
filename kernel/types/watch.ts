/** What cells import from disk: the server is told of changes only by us, since it asks its client to watch. */
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { modifiedTime } from "../project/modified.js";
import { packageName } from "./packages.js";

/** One change, as LSP's `workspace/didChangeWatchedFiles` wants it. */
export interface FileChange {
  readonly uri: string;
  /** 1 created, 2 changed, 3 deleted. */
  readonly type: 1 | 2 | 3;
}

const endings = [
  "",
  ".ts",
  ".tsx",
  ".mts",
  ".cts",
  ".js",
  ".mjs",
  ".cjs",
  ".json",
  "/index.ts",
  "/index.js",
];
const specifier = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*["'](\.{1,2}\/[^"'\n]+)["']/g;

/** Local files that cells import, and what these import; packages that were not there. */
export class Watch {
  readonly #folder: string;
  readonly #files = new Map<string, number | null>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Notes what a cell imports. */
  follow(specifiers: Iterable<string>): void {
    for (const one of specifiers) {
      if (/^\.{0,2}\//.test(one)) this.#local(resolve(this.#folder, one));
      else this.#package(one);
    }
  }

  /** What changed since the last call. */
  changes(): FileChange[] {
    const changes: FileChange[] = [];
    for (const [file, before] of [...this.#files]) {
      const now = modifiedTime(file);
      if (now === before) continue;
      this.#files.set(file, now);
      changes.push({
        uri: pathToFileURL(file).href,
        type: now === null ? 3 : before === null ? 1 : 2,
      });
      if (now !== null) this.#imports(file);
    }
    return changes;
  }

  #local(path: string): void {
    // `./a.js` may be written for a.ts, as TypeScript allows.
    const candidates = [...endings.map((ending) => path + ending), path.replace(/js$/, "ts")];
    for (const file of candidates) {
      if (this.#files.has(file)) continue;
      const time = modifiedTime(file);
      this.#files.set(file, time);
      if (time !== null) this.#imports(file);
    }
  }

  #imports(file: string): void {
    if (!/\.[cm]?[jt]sx?$/.test(file)) return;
    let text: string;
    try {
      text = readFileSync(file, "utf8");
    } catch {
      return; // A folder, or gone meanwhile.
    }
    for (const [, path = ""] of text.matchAll(specifier)) this.#local(resolve(dirname(file), path));
  }

  #package(one: string): void {
    const name = packageName(one);
    if (name === null) return;
    const file = join(this.#folder, "node_modules", name, "package.json");
    if (!this.#files.has(file)) this.#files.set(file, modifiedTime(file));
  }
}
