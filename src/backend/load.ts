/** Starts one of tfjs's back ends. This file is itself loaded on first use. */

import { keepFindings } from "./facts.js";
import { tensorsAlive } from "./interrupted.js";
import type { BackendChoice, BackendName } from "./names.js";
import { registerNative } from "./native.js";
import type { Running, Tf } from "./tfjs.js";
import { startWasm, wasmState } from "./wasm/start.js";

/** What {@link loadBackend} found. */
export interface Loaded {
  readonly running: Running;
  /** Why `"auto"` did not take native, in a sentence. */
  readonly missingNative?: string;
}

/**
 * Loads tfjs-core and the back end.
 *
 * @param register what makes native known to tfjs
 * @throws {Error} when it can't be loaded, with the reason.
 */
export async function loadBackend(
  choice: BackendChoice,
  register = registerNative,
): Promise<Loaded> {
  const tf = await import("@tensorflow/tfjs-core");
  tensorsAlive(tf); // Lists them from here on.
  if (choice === "auto" || choice === "native") {
    try {
      register(tf);
      await start(tf, "tensorflow");
      return { running: runningOn(tf) };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (choice === "native") {
        throw new Error(`The native back end can't be used: ${reason}`, { cause: error });
      }
      keepFindings({ missingNative: reason });
      return { running: await onWasm(tf), missingNative: reason };
    }
  }
  if (choice === "wasm") return { running: await onWasm(tf) };
  // tfjs greets users of its slowest back end with advice that does not fit here.
  tf.env().set("PROD", true);
  await import("@tensorflow/tfjs-backend-cpu");
  await start(tf, "cpu");
  return { running: runningOn(tf) };
}

async function onWasm(tf: Tf): Promise<Running> {
  await startWasm(tf);
  keepFindings({ wasm: wasmState });
  return runningOn(tf);
}

/** Asks tfjs each time: of two calls that come at once, the later one decides for both. */
function runningOn(tf: Tf): Running {
  return {
    tf,
    get name() {
      const name = tf.getBackend();
      return name === "tensorflow" ? "native" : (name as BackendName);
    },
  };
}

async function start(tf: Tf, backend: string): Promise<void> {
  if (!(await tf.setBackend(backend))) {
    throw new Error(`tfjs could not start its back end "${backend}".`);
  }
  await tf.ready();
}
