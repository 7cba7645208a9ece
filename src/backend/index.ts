/**
 * The back end of the fast operations: native TensorFlow when its addon loads, else WebAssembly. Nothing of it is
 * loaded before {@link useBackend} is called.
 */
import { ArgumentError } from "../errors.js";
import { getRunning, setRunning } from "./compute.js";
import type { BackendChoice, BackendName } from "./names.js";

export type { BackendChoice, BackendName } from "./names.js";
export { BackendReport, backendReport } from "./report.js";

const choices: readonly string[] = ["auto", "native", "wasm", "cpu"];
let toldOfFallback = false;

/**
 * Loads the back end of the fast operations and makes it the current one. A second call with the same choice is
 * quick; another choice switches.
 *
 * @param choice default: the environment variable `CONVLAB_BACKEND`, or `"auto"`.
 * @returns the name of the back end that runs.
 * @throws {ArgumentError} when there is no back end of that name.
 * @throws {Error} when the back end that was asked for can't be loaded.
 * @example
 * await useBackend("wasm") // → "wasm"
 * fast.conv2d(array([[1, 2], [3, 4]]), array([[1, 1]])) // → [[3], [7]]
 */
export async function useBackend(choice?: BackendChoice): Promise<BackendName> {
  const wanted = choice ?? (process.env.CONVLAB_BACKEND || "auto");
  if (!choices.includes(wanted)) {
    const from = choice === undefined ? "CONVLAB_BACKEND is" : "useBackend got";
    throw new ArgumentError(`${from} "${wanted}"; the back ends are ${choices.join(", ")}.`);
  }
  const current = getRunning();
  if (current !== undefined && (wanted === "auto" || wanted === current.name)) return current.name;

  const { loadBackend } = await import("./load.js");
  const { running, missingNative } = await loadBackend(wanted as BackendChoice);
  setRunning(running);
  if (missingNative !== undefined && !toldOfFallback) {
    toldOfFallback = true;
    process.stderr.write(
      `convlab: fast operations run on WebAssembly, with the same results as native TensorFlow but slower: ${missingNative}\n`,
    );
  }
  return running.name;
}

/**
 * The back end that fast operations run on, or `"none"` before {@link useBackend}.
 *
 * @example
 * await useBackend("wasm");
 * backendName() // → "wasm"
 */
export function backendName(): BackendName | "none" {
  return getRunning()?.name ?? "none";
}
