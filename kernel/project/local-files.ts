/** The reader's own files: which file an import means, and what a file imports in its turn. */
import { readFileSync, statSync } from "node:fs";
import { join, sep } from "node:path";

export const TYPESCRIPT = /\.[cm]?tsx?$/;
const SOURCE = /\.[cm]?[jt]sx?$/;

/** Behind `from`, `import`, `import(` and `require(`. A string or comment that looks so is followed too: no harm. */
const SPECIFIER = /(?:\bfrom|\bimport|\brequire)\s*\(?\s*["']([^"'\n]+)["']/g;

/**
 * The file that a path without or with ending means, read as TypeScript reads it: `./a`, `./a.js` and `./a.ts` may all
 * be `a.ts`, and a folder is its `index`.
 * @param preferTypeScript whether `./a.js` is `a.ts` where both exist, as for an import in TypeScript
 */
export function localFile(path: string, preferTypeScript = true): string | undefined {
  const written = path.replace(/\.([cm]?)jsx?$/, ".$1ts");
  const beside = written === path ? [] : [written, `${written}x`];
  const endings = [".ts", ".tsx", ".mts", ".js", ".mjs", ".cjs", ".json"];
  const candidates = [
    ...(preferTypeScript ? beside : []),
    path,
    ...beside,
    ...endings.map((ending) => path + ending),
    ...[".ts", ".tsx", ".js", ".mjs"].map((ending) => join(path, `index${ending}`)),
  ];
  return candidates.find((one) => statSync(one, { throwIfNoEntry: false })?.isFile());
}

/** What a file's text imports; empty for a file that is no source. */
export function importsOf(file: string): string[] {
  if (!SOURCE.test(file)) return [];
  try {
    return [...readFileSync(file, "utf8").matchAll(SPECIFIER)].map(
      ([, specifier = ""]) => specifier,
    );
  } catch {
    return []; // Gone meanwhile.
  }
}

/** Whether a specifier is a path: relative, absolute, or a `file:` address. */
export function isPath(specifier: string): boolean {
  return /^(\.{1,2}([/\\]|$)|\/|file:|[A-Za-z]:[/\\])/.test(specifier);
}

/**
 * Whether a file belongs to an installed package.
 * @param ours a folder that counts as one
 */
export function isInstalled(path: string, ours?: string): boolean {
  return /[/\\]node_modules[/\\]/.test(path) || (ours !== undefined && path.startsWith(ours + sep));
}
