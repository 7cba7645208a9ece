/** Starts tfjs's WebAssembly back end on all cores, with the kernels that training needs. */
import type { Tf } from "../compute.js";
import { registerWasmKernels } from "../wasm-kernels/index.js";
import { surviveInterrupts } from "./interruption.js";
import { loadWasmModule, type WasmModule } from "./module.js";
import { wasmThreadCount } from "./thread-count.js";

/** How the back end runs. */
export interface WasmState {
  /** Those that compute at the moment: one for a while after an interrupt. */
  readonly threads: number;
  readonly simd: boolean;
  /** Why it computes on one thread, where more were wanted. */
  readonly oneThread?: string;
}

interface Started extends Omit<WasmState, "threads"> {
  readonly module: WasmModule;
  readonly threads: number;
}

let started: Started | undefined;

/** How WebAssembly runs in this thread of JavaScript, once it does. */
export function wasmState(): WasmState {
  if (started === undefined) throw new Error("WebAssembly has not been started.");
  const { module, simd, oneThread } = started;
  return { threads: Number(module.tfjs.getThreadsCount!()), simd, oneThread };
}

/**
 * Makes WebAssembly the back end of tfjs.
 *
 * @throws {ArgumentError} when `CONVLAB_WASM_THREADS` is no number of threads.
 * @throws {Error} when it does not start.
 */
export async function startWasm(tf: Tf): Promise<void> {
  if (started === undefined) {
    const wanted = wasmThreadCount();
    const { BackendWasm, setThreadsCount } = await import("@tensorflow/tfjs-backend-wasm");
    const simd = Boolean(await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT"));
    const { module, threads, oneThread } = await load(simd, wanted);
    surviveInterrupts(module, threads);
    setThreadsCount(threads);
    registerWasmKernels(tf);
    // The package has registered itself, with a loader that knows no threads.
    tf.removeBackend("wasm");
    const given = module as unknown as ConstructorParameters<typeof BackendWasm>[0];
    tf.registerBackend("wasm", () => new BackendWasm(given), 2);
    started = { module, threads, simd, oneThread };
  }
  if (!(await tf.setBackend("wasm"))) throw new Error("tfjs could not start WebAssembly.");
  await tf.ready();
}

async function load(simd: boolean, threads: number): Promise<Omit<Started, "simd">> {
  let oneThread: string | undefined;
  if (threads > 1 && !simd) oneThread = "this processor has no SIMD in WebAssembly";
  else if (threads > 1) {
    try {
      return { module: await loadWasmModule(simd, threads), threads };
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      oneThread = `threads did not start (${reason})`;
    }
  }
  return { module: await loadWasmModule(simd, 1), threads: 1, oneThread };
}
