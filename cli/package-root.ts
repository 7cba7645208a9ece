import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * The folder of the convlab package, from the bundled command as well as from the sources.
 * @throws if the files of the package were torn apart
 */
export function packageRoot(): string {
  const start = dirname(fileURLToPath(import.meta.url));
  for (let folder = start; ; folder = dirname(folder)) {
    const file = join(folder, "package.json");
    if (existsSync(file) && JSON.parse(readFileSync(file, "utf8")).name === "convlab")
      return folder;
    if (folder === dirname(folder)) throw new Error(`No package.json of convlab above ${start}.`);
  }
}
