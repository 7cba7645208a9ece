/** How many threads WebAssembly computes on. */
import { availableParallelism } from "node:os";
import { ArgumentError } from "../../errors.js";

/** Each thread is a JavaScript engine of its own, of some 8 MB and 50 ms of a processor: beyond this they cost more than they give. */
const MOST = 16;

/**
 * As many threads as the machine has processors, or as many as `CONVLAB_WASM_THREADS` says.
 *
 * @param setting the value of `CONVLAB_WASM_THREADS`: a whole number, or `auto`
 * @throws {ArgumentError} when it is neither.
 */
export function wasmThreadCount(setting = process.env.CONVLAB_WASM_THREADS): number {
  if (setting === undefined || setting === "" || setting === "auto") {
    return Math.min(availableParallelism(), MOST);
  }
  const count = Number(setting);
  if (!Number.isInteger(count) || count < 1 || count > MOST) {
    throw new ArgumentError(
      `CONVLAB_WASM_THREADS is "${setting}"; it is a whole number from 1 to ${MOST}, or "auto" for one thread a processor.`,
    );
  }
  return count;
}
