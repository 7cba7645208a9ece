import { homedir } from "node:os";
import { join, resolve } from "node:path";

/**
 * The folder in which downloads are kept: `CONVLAB_CACHE` when that is set, else `convlab` in the user's cache folder
 * (`XDG_CACHE_HOME` or `~/.cache`; `~/Library/Caches` on a Mac; `%LOCALAPPDATA%` on Windows). It may be deleted at any
 * time: what is missing is fetched again.
 *
 * @param environment the environment's variables; this program's when left out
 * @param platform the system, as Node names it; this one when left out
 * @returns the whole path; the folder need not be there yet
 * @example
 * data.cacheFolder({ CONVLAB_CACHE: "/tmp/lessons" }) // → "/tmp/lessons"
 */
export function cacheFolder(
  environment: Readonly<Record<string, string | undefined>> = process.env,
  platform: string = process.platform,
): string {
  if (environment.CONVLAB_CACHE) return resolve(environment.CONVLAB_CACHE);
  const home = homedir();
  const usual =
    platform === "darwin"
      ? join(home, "Library", "Caches")
      : platform === "win32"
        ? (environment.LOCALAPPDATA ?? join(home, "AppData", "Local"))
        : join(home, ".cache");
  return join(environment.XDG_CACHE_HOME || usual, "convlab");
}
