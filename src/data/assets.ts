import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { MissingFileError } from "../errors.js";

let root: string | undefined;

/** The nearest folder above this file whose package.json is convlab's: true of `src/` and of both builds in `dist/`. */
function packageRoot(): string {
  if (root !== undefined) return root;
  const here = dirname(fileURLToPath(import.meta.url));
  for (let folder = here; ; folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, "utf8")).name === "convlab") {
      root = folder;
      return folder;
    }
    if (dirname(folder) === folder) {
      throw new MissingFileError(
        `convlab's own files were looked for above ${here}, but no folder there is the convlab package. Install it again.`,
      );
    }
  }
}

/**
 * The bytes of a file in the package's `assets/` folder.
 *
 * @throws {MissingFileError} when the package was installed without it.
 */
export function readAsset(name: string): Uint8Array {
  return readPackaged("assets", name);
}

/**
 * The bytes of a file of the package.
 *
 * @throws {MissingFileError} when the package was installed without it.
 */
export function readPackaged(...names: string[]): Uint8Array {
  const path = join(packageRoot(), ...names);
  if (!existsSync(path)) {
    throw new MissingFileError(`${path} is missing: install the convlab package again.`);
  }
  return readFileSync(path);
}
