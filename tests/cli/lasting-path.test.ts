import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { lastingPath } from "../../kernel/installed-programs.js";

/** Homebrew's folders, with two versions of Node of which the link leads to the newer. */
function homebrew(): string {
  const brew = realpathSync(mkdtempSync(join(tmpdir(), "home brew ")));
  for (const version of ["24.1.0", "24.2.0"]) {
    const bin = join(brew, "Cellar", "node@24", version, "bin");
    mkdirSync(bin, { recursive: true });
    writeFileSync(join(bin, "node"), "");
  }
  mkdirSync(join(brew, "opt"));
  symlinkSync(join(brew, "Cellar", "node@24", "24.2.0"), join(brew, "opt", "node@24"));
  return brew;
}

test.skipIf(process.platform === "win32")(
  "Homebrew's Node is named as its upgrades leave it",
  () => {
    const brew = homebrew();
    const node = (version: string) => join(brew, "Cellar", "node@24", version, "bin", "node");
    expect(lastingPath(node("24.2.0"))).toBe(join(brew, "opt", "node@24", "bin", "node"));
    // Whoever runs an older version means that one.
    expect(lastingPath(node("24.1.0"))).toBe(node("24.1.0"));
    rmSync(brew, { recursive: true });
  },
);

test("any other Node is named by its own path", () => {
  for (const path of [
    process.execPath,
    "/home/ada/.nvm/versions/node/v24.1.0/bin/node",
    "C:\\Program Files\\nodejs\\node.exe",
  ]) {
    expect(lastingPath(path)).toBe(path);
  }
});
