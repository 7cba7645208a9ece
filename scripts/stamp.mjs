/** Notes of what was made from what, so that a step whose inputs have not changed is left out. */
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Adds a file, or all files below a folder, to a hash: their names and contents. */
function addPath(hash, root, path) {
  let entries;
  try {
    entries = readdirSync(join(root, path), { withFileTypes: true });
  } catch (error) {
    if (error.code === "ENOENT") return;
    if (error.code !== "ENOTDIR") throw error;
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update("\0");
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    if (entry.name === "__pycache__" || entry.name === "node_modules") continue;
    addPath(hash, root, `${path}/${entry.name}`);
  }
}

/**
 * A hash of files and of other facts.
 * @param {string} root
 * @param {string[]} paths files and folders below `root`
 * @param {unknown[]} [facts]
 */
export function hashOf(root, paths, facts = []) {
  const hash = createHash("sha256").update(JSON.stringify(facts));
  for (const path of paths) addPath(hash, root, path);
  return hash.digest("hex");
}

/** The note for one step, kept under `.setup/`. */
export class Stamp {
  constructor(root, name) {
    this.file = join(root, ".setup", `${name}.stamp`);
  }
  matches(value) {
    try {
      return readFileSync(this.file, "utf8") === value;
    } catch {
      return false;
    }
  }
  write(value) {
    mkdirSync(dirname(this.file), { recursive: true });
    writeFileSync(this.file, value);
  }
  /** Taken away before the step begins, so that an interrupted step is done again. */
  remove() {
    rmSync(this.file, { force: true });
  }
}
