/** The library as this checkout has built it. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** Where the build is; CONVLAB_DIST names another. */
export const built =
  process.env.CONVLAB_DIST ?? join(import.meta.dirname, "..", "..", "dist", "index.js");

export async function lab() {
  if (!existsSync(built)) throw new Error(`There is no ${built}: npm run build.`);
  return import(pathToFileURL(built).href);
}
