/** Finds TypeScript's native executable. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/**
 * The path of TypeScript 7's `tsc`, from the package `typescript` that a module in `home` would import.
 * @throws Error when the package, or its part for this platform, is not installed.
 */
export function findTypeScript(home: string): string {
  const platform = `@typescript/typescript-${process.platform}-${process.arch}`;
  const missing = `TypeScript's language server is not installed (${platform}); cells run without type checks. "npm install typescript@7" brings it.`;
  try {
    // Only package.json is exported by either package; the platform's is a dependency of `typescript` alone.
    const main = createRequire(join(home, "-")).resolve("typescript/package.json");
    const own = createRequire(main).resolve(`${platform}/package.json`);
    const path = join(dirname(own), "lib", process.platform === "win32" ? "tsc.exe" : "tsc");
    if (existsSync(path)) return path;
  } catch {
    // Falls through: one sentence for both packages.
  }
  throw new Error(missing);
}
