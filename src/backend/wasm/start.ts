/** Starts tfjs's WebAssembly back end on all cores, with the kernels that training needs. */
import type { Tf } from "../compute.js";
import { registerWasmKernels } from "../wasm-kernels/index.js";
import { surviveInterrupts } from "./interruption.js";
import { loadWasmModule, type WasmModule } from "./module.js";
import { wasmThreadCount } from "./thread-count.js";

/** How the back end runs. */
export interface WasmState {
  readonly threads: number;
  readonly simd: boolean;
  /** Why it computes on one thread, where more were wanted. */
  readonly oneThread?: string;
}

let state: WasmState | undefined;

/** How WebAssembly runs in this thread of JavaScript, once it does. */
export function wasmState(): WasmState | undefined {
  return state;
}

/**
 * Makes WebAssembly the back end of tfjs.
 *
 * @throws {ArgumentError} when `CONVLAB_WASM_THREADS` is no number of threads.
 * @throws {Error} when it does not start.
 */
export async function startWasm(tf: Tf): Promise<void> {
  if (state === undefined) {
    const wanted = wasmThreadCount();
    const { BackendWasm, setThreadsCount } = await import("@tensorflow/tfjs-backend-wasm");
    const simd = Boolean(await tf.env().getAsync("WASM_HAS_SIMD_SUPPORT"));
    const started = await load(simd, simd ? wanted : 1);
    surviveInterrupts(started.module, started.threads);
    setThreadsCount(started.threads);
    registerWasmKernels(tf);
    // The package has registered itself, with a loader that knows no threads.
    tf.removeBackend("wasm");
    const module = started.module as unknown as ConstructorParameters<typeof BackendWasm>[0];
    tf.registerBackend("wasm", () => new BackendWasm(module), 2);
    state = { threads: started.threads, simd, oneThread: started.oneThread };
  }
  if (!(await tf.setBackend("wasm"))) throw new Error("tfjs could not start WebAssembly.");
  await tf.ready();
}

interface Started {
  readonly module: WasmModule;
  readonly threads: number;
  readonly oneThread?: string;
}

async function load(simd: boolean, threads: number): Promise<Started> {
  let oneThread: string | undefined;
  if (threads > 1) {
    try {
      return { module: await loadWasmModule(simd, threads), threads };
    } catch (error) {
      oneThread = `threads did not start (${error instanceof Error ? error.message : String(error)})`;
    }
  } else if (!simd) oneThread = "this processor has no SIMD in WebAssembly";
  return { module: await loadWasmModule(simd, 1), threads: 1, oneThread };
}
