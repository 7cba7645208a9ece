/** Where packages and their types lie: first the notebook's own, then those that came with the kernel. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire, isBuiltin } from "node:module";
import { dirname, join } from "node:path";
import { exported } from "./exports.js";

/** The package of a bare specifier: `@a/b` of `@a/b/c`; null for a path, a URL or a module of Node. */
export function packageName(specifier: string): string | null {
  if (/^(\.|\/|#|[a-z]+:|[A-Za-z]:\\)/.test(specifier)) return null;
  return /^(@[^/]+\/[^/]+|[^@/][^/]*)/.exec(specifier)?.[1] ?? null;
}

/** The package that holds types for one that has none: `@types/ndarray`, `@types/a__b`. */
export function typesPackage(name: string): string {
  return `@types/${name.replace(/^@([^/]+)\//, "$1__")}`;
}

/** The `node_modules` folders that a module in `folder` sees, nearest first, whether they exist or not. */
export function moduleFolders(folder: string): string[] {
  return createRequire(join(folder, "-")).resolve.paths("-") ?? [];
}

/** The folder of an installed package, or null. */
export function packageFolder(name: string, folder: string): string | null {
  for (const modules of moduleFolders(folder)) {
    const candidate = join(modules, name);
    if (existsSync(candidate)) return candidate;
  }
  return null;
}

/** Whether a module in `folder` finds a package, by what lies on disk now: Node remembers what it has not found. */
export function isAvailable(specifier: string, folder: string): boolean {
  if (isBuiltin(specifier) || specifier.startsWith("#")) return true;
  const name = packageName(specifier);
  if (name === null) return false;
  return packageFolder(name, folder) !== null || ownPackage(folder)?.name === name;
}

/** The package that `home` is a part of: an installed convlab can't be found from inside under its own name. */
export function ownPackage(home: string): { name: string; folder: string } | null {
  for (let folder = home; ; folder = dirname(folder)) {
    const file = join(folder, "package.json");
    if (existsSync(file)) return { name: (readJson(file) as { name: string }).name, folder };
    if (dirname(folder) === folder) return null;
  }
}

/**
 * The files or folders in which a `paths` entry finds the types of a specifier. An entry that names a folder does
 * not follow the package's `exports`, so they are followed here.
 */
export function typeTargets(specifier: string, name: string, folder: string): string[] {
  const manifest = readJson(join(folder, "package.json")) as Manifest;
  const sub = specifier.slice(name.length);
  if (manifest.exports !== undefined) {
    const target = exported(manifest.exports, `.${sub}`, FOR_TYPES);
    return target === null ? [] : [join(folder, target)];
  }
  return [join(folder, sub)];
}

/** The files from which a package's own imports can be followed, where it lies in sources: a workspace's. */
export function sourceEntries(specifier: string, name: string, folder: string): string[] {
  const { types, main } = readJson(join(folder, "package.json")) as Manifest;
  const entries = [types, main].filter((file) => typeof file === "string");
  const isWhole = specifier === name;
  return [
    ...typeTargets(specifier, name, folder),
    ...(isWhole ? entries.map((file) => join(folder, file)) : []),
  ];
}

/**
 * The file that an `import` of a package's specifier runs, where its `exports` say so; null where they do not, or no such
 * package is seen from the folder.
 */
export function importedFile(specifier: string, folder: string): string | null {
  const name = packageName(specifier);
  const found = name === null ? null : packageFolder(name, folder);
  if (name === null || found === null) return null;
  const { exports } = readJson(join(found, "package.json")) as Manifest;
  const file = exported(exports, `.${specifier.slice(name.length)}`, FOR_IMPORT);
  return file === null ? null : join(found, file);
}

const FOR_TYPES = ["types", "import", "node", "default", "require"];
const FOR_IMPORT = ["node", "import", "module-sync", "default"];

interface Manifest {
  readonly exports?: unknown;
  readonly types?: unknown;
  readonly main?: unknown;
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return {};
  }
}
