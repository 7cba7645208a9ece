/** The command that adds a package where the notebook lies. */
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const LOCKS: readonly (readonly [file: string, command: string])[] = [
  ["pnpm-lock.yaml", "pnpm add"],
  ["yarn.lock", "yarn add"],
  ["bun.lock", "bun add"],
  ["bun.lockb", "bun add"],
  ["package-lock.json", "npm install"],
];

/**
 * The command of the tool that keeps this folder's packages, told by its lock file or by `packageManager` in
 * `package.json`, the nearest upwards; npm's where neither is.
 */
export function addCommand(folder: string): string {
  for (let at = folder; ; at = dirname(at)) {
    const lock = LOCKS.find(([file]) => existsSync(join(at, file)));
    if (lock !== undefined) return lock[1];
    const named = /^(npm|pnpm|yarn|bun)@/.exec(packageManager(join(at, "package.json")))?.[1];
    if (named !== undefined) return named === "npm" ? "npm install" : `${named} add`;
    if (dirname(at) === at) return "npm install";
  }
}

function packageManager(file: string): string {
  try {
    return String(
      (JSON.parse(readFileSync(file, "utf8")) as Record<string, unknown>).packageManager,
    );
  } catch {
    return "";
  }
}
