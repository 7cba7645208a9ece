/**
 * The kernel's first file: `node main.cjs <connection file>`. It runs the kernel from the code that V8 has compiled at
 * an earlier start, which spares a fifth of the way to the first result.
 */
import { readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Script } from "node:vm";

/** The compiled code is kept when the start is long over, in milliseconds. */
const QUIET = 5000;

const file = join(__dirname, "kernel.cjs");
// V8 itself asks only whether the length of the source is the same.
const version = `${process.version}-${process.arch}-${statSync(file).mtimeMs}`;
const cacheFile = join(__dirname, `kernel-${version}.cache`);

let cachedData: Buffer | undefined;
try {
  cachedData = readFileSync(cacheFile);
} catch {
  // The first start of this build with this Node.
}
const source = `(function (require, __dirname) {${readFileSync(file, "utf8")}\n})`;
const script = new Script(source, { filename: file, cachedData });
if (cachedData === undefined || script.cachedDataRejected) setTimeout(keep, QUIET).unref();
script.runInThisContext()(require, __dirname);

function keep(): void {
  try {
    const fresh = `${cacheFile}.${process.pid}`;
    writeFileSync(fresh, script.createCachedData());
    renameSync(fresh, cacheFile);
  } catch {
    // A folder that can't be written to: every start compiles anew.
  }
}
