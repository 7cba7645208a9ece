/** What cells import from disk: the server is told of changes only by us, since it asks its client to watch. */
import { realpathSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { importsOf, isInstalled, isPath } from "../project/local-files.js";
import { modifiedTime } from "../project/modified.js";
import { moduleFolders, packageName, sourceEntries, typesPackage } from "./packages.js";

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
  ".d.ts",
  ".js",
  ".mjs",
  ".cjs",
  ".json",
  "/index.ts",
  "/index.js",
];

/** Local files that cells import, and what these import; packages that were not there. */
export class Watch {
  readonly #folder: string;
  readonly #aliases: (specifier: string) => readonly string[];
  readonly #files = new Map<string, number | null>();

  /** @param aliases the paths that a specifier means by the reader's tsconfig */
  constructor(folder: string, aliases: (specifier: string) => readonly string[] = () => []) {
    this.#folder = folder;
    this.#aliases = aliases;
  }

  /** Notes what a cell imports. */
  follow(specifiers: Iterable<string>): void {
    for (const one of specifiers) this.#follow(one, this.#folder);
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

  #follow(specifier: string, folder: string): void {
    if (isPath(specifier)) return this.#local(resolve(folder, specifier));
    for (const target of this.#aliases(specifier)) this.#local(target);
    this.#package(specifier, folder);
  }

  #local(path: string): void {
    // `./a.js` may be written for a.ts, as TypeScript allows.
    const candidates = [...endings.map((ending) => path + ending), path.replace(/js$/, "ts")];
    for (const file of candidates) this.#note(file);
  }

  #note(file: string): number | null {
    const known = this.#files.get(file);
    if (known !== undefined) return known;
    const time = modifiedTime(file);
    this.#files.set(file, time);
    if (time !== null && !isInstalled(file)) this.#imports(file);
    return time;
  }

  #imports(file: string): void {
    for (const specifier of importsOf(file)) this.#follow(specifier, dirname(file));
  }

  /** Every place where a package, or its types, may be put later; none beyond the one that is there. */
  #package(specifier: string, folder: string): void {
    const name = packageName(specifier);
    if (name === null) return;
    for (const one of [name, typesPackage(name)]) {
      const found = moduleFolders(folder).find(
        (modules) => this.#note(join(modules, one, "package.json")) !== null,
      );
      if (found !== undefined) this.#linked(specifier, name, join(found, one));
    }
  }

  /** A package that is only linked is the reader's own: its files may be edited. */
  #linked(specifier: string, name: string, folder: string): void {
    const real = realpathSync(folder);
    if (isInstalled(real)) return;
    for (const file of sourceEntries(specifier, name, real)) this.#local(file);
  }
}
