/**
 * The reader's own files as they import each other. A module that Node has loaded stays as it is, so a file gets
 * another address when it, or anything that it imports, has changed; what has not changed stays the same module.
 */
import { createHash } from "node:crypto";
import { realpathSync, statSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { dirname, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { aliasTargets } from "../project/aliases.js";
import { importsOf, isInstalled, isPath, localFile, TYPESCRIPT } from "../project/local-files.js";
import type { Project } from "../project/project.js";
import { isAvailable } from "../types/packages.js";

/** The query that tells versions of a file apart. */
export const VERSION = "changed";

interface Seen {
  /** Time of the last change and size. */
  readonly stamp: string;
  readonly specifiers: readonly string[];
}

export class LocalGraph {
  readonly #project: Project;
  readonly #ours: string;
  readonly #seen = new Map<string, Seen>();
  /** The files that each file imported when they were last looked at, and packages that it misses. */
  #edges = new Map<string, { files: string[]; missing: string[] }>();
  #versions = new Map<string, string>();
  /** The version under which a file was last loaded without error. */
  readonly #loaded = new Map<string, string>();
  /** How often a file took part in an import that failed: Node would repeat the error without trying again. */
  readonly #failures = new Map<string, number>();

  /** @param ours the folder of the built kernel and library: in a clone they lie in no `node_modules` */
  constructor(project: Project, ours: string) {
    this.#project = project;
    this.#ours = ours;
  }

  /** The file that a specifier means in a module of `folder`; `undefined` for a package. */
  file(specifier: string, folder: string, preferTypeScript = true): string | undefined {
    if (isPath(specifier)) {
      const path = specifier.startsWith("file:") ? pathOf(specifier) : resolve(folder, specifier);
      return path === undefined ? undefined : real(localFile(path, preferTypeScript));
    }
    for (const target of aliasTargets(specifier, this.#project.paths)) {
      const found = localFile(target);
      if (found !== undefined) return real(found);
    }
    return undefined;
  }

  /** The entry of a package that is only linked into `node_modules`, as a workspace's is: its files are the reader's. */
  linked(specifier: string, folder: string): string | undefined {
    if (isBuiltin(specifier) || !isAvailable(specifier, folder)) return undefined;
    try {
      const found = realpathSync(createRequire(resolve(folder, "-")).resolve(specifier));
      return isInstalled(found, this.#ours) ? undefined : found;
    } catch {
      return undefined;
    }
  }

  /** Lets everything be looked at anew: versions are those of now, until the next call. */
  refresh(): void {
    this.#project.refresh();
    this.#edges = new Map();
    this.#versions = new Map();
  }

  /** The address of a file: the same as long as nothing in it, or below it, has changed. */
  url(file: string): string {
    const url = pathToFileURL(file);
    url.search = `?${VERSION}=${this.version(file)}`;
    return url.href;
  }

  version(file: string): string {
    const known = this.#versions.get(file);
    if (known !== undefined) return known;
    const hash = createHash("sha1").update(JSON.stringify(this.#project.emitOptions));
    for (const one of [...this.below(file)].sort()) {
      const { missing } = this.#edges.get(one)!;
      const parts = [one, this.#seen.get(one)?.stamp, this.#failures.get(one), ...missing];
      hash.update(JSON.stringify(parts));
    }
    const version = hash.digest("hex").slice(0, 12);
    this.#versions.set(file, version);
    return version;
  }

  /** A file and all that it imports, directly or not. */
  below(file: string): Set<string> {
    this.#visit(file);
    // A set keeps what is added while it is walked.
    const found = new Set([file]);
    for (const one of found) for (const next of this.#edges.get(one)?.files ?? []) found.add(next);
    return found;
  }

  /** The versions of a file and all that it imports. */
  versions(file: string): Map<string, string> {
    return new Map([...this.below(file)].map((one) => [one, this.version(one)]));
  }

  /** Whether Node, left alone, would load something else for this file than TypeScript reads. */
  needsHooks(file: string): boolean {
    this.#visit(file);
    const edges = this.#edges.get(file);
    return (
      TYPESCRIPT.test(file) || (edges?.files.length ?? 0) > 0 || (edges?.missing.length ?? 0) > 0
    );
  }

  /** Files that have another version than the one last loaded: whoever keeps them must forget them. */
  stale(file: string): string[] {
    return [...this.below(file)].filter((one) => this.#loaded.get(one) !== this.version(one));
  }

  succeeded(file: string): void {
    for (const [one, version] of this.versions(file)) this.#loaded.set(one, version);
  }

  /** Lets the next import try again what had no part in one that succeeded. */
  failed(file: string): void {
    for (const one of this.stale(file)) {
      this.#failures.set(one, (this.#failures.get(one) ?? 0) + 1);
    }
  }

  #visit(root: string): void {
    const waiting = [root];
    for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
      if (this.#edges.has(file)) continue;
      const files: string[] = [];
      const missing: string[] = [];
      const folder = dirname(file);
      for (const specifier of this.#specifiers(file)) {
        const found =
          this.file(specifier, folder, TYPESCRIPT.test(file)) ?? this.linked(specifier, folder);
        if (found !== undefined) files.push(found);
        else if (!isPath(specifier) && !isAvailable(specifier, folder)) missing.push(specifier);
      }
      this.#edges.set(file, { files, missing });
      waiting.push(...files);
    }
  }

  #specifiers(file: string): readonly string[] {
    const { mtimeMs, size } = statSync(file, { throwIfNoEntry: false }) ?? { mtimeMs: 0, size: 0 };
    const stamp = `${mtimeMs} ${size}`;
    let seen = this.#seen.get(file);
    if (seen?.stamp !== stamp) {
      seen = { stamp, specifiers: importsOf(file) };
      this.#seen.set(file, seen);
    }
    return seen.specifiers;
  }
}

/** One file has one module, by whatever links it is reached. */
function real(file: string | undefined): string | undefined {
  return file === undefined ? undefined : realpathSync(file);
}

function pathOf(url: string): string | undefined {
  try {
    return fileURLToPath(url);
  } catch {
    return undefined;
  }
}
