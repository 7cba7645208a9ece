/** Starts tfjs's WebAssembly back end on all cores, with the kernels that training needs. */
import type { BackendWasm as Backend } from "@tensorflow/tfjs-backend-wasm";
import { renewAfterInterrupt, tensorsAlive } from "../interrupted.js";
import type { Tf } from "../tfjs.js";
import { registerWasmKernels } from "../wasm-kernels/index.js";
import { type WasmProgram, wasmProgram } from "./module.js";
import { RenewableModule } from "./renewable.js";
import { wasmThreadCount } from "./thread-count.js";

/** How the back end runs. */
export interface WasmState {
  /** Those that compute at the moment: one for a while after an interrupt. */
  readonly threads: number;
  readonly simd: boolean;
  /** Why it computes on one thread, where more were wanted. */
  readonly oneThread?: string;
}

let started: RenewableModule | undefined;

/** How WebAssembly runs in this thread of JavaScript, once it does. */
export function wasmState(): WasmState {
  if (started === undefined) throw new Error("WebAssembly has not been started.");
  const { threads, simd, oneThread } = started;
  return { threads, simd, oneThread };
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
    const { program, oneThread } = await chooseProgram(simd, wanted);
    // Two callers may have come at once. From here on nothing is waited for, so that one module is made.
    if (started === undefined) {
      setThreadsCount(1);
      started = register(tf, BackendWasm, program);
      started.oneThread = oneThread;
      await started.startThreads();
    }
  }
  if (!(await tf.setBackend("wasm"))) throw new Error("tfjs could not start WebAssembly.");
  await tf.ready();
}

function register(tf: Tf, BackendWasm: typeof Backend, program: WasmProgram): RenewableModule {
  const module = new RenewableModule(program, tensorsAlive(tf));
  registerWasmKernels(tf);
  const backend = renewable(BackendWasm, module);
  // The package has registered itself, with a loader that knows no threads.
  tf.removeBackend("wasm");
  tf.registerBackend("wasm", () => backend, 2);
  return module;
}

/** tfjs's class on a module that begins anew after an interrupt. */
function renewable(BackendWasm: typeof Backend, module: RenewableModule): Backend {
  const backend = new BackendWasm(
    module as unknown as ConstructorParameters<typeof BackendWasm>[0],
  );
  // A list that can be gone through, and that changes with the module.
  Object.defineProperty(backend.dataIdMap, "data", { get: () => module.data });
  const dispose = backend.disposeData.bind(backend);
  backend.disposeData = (dataId, force) => {
    module.ready(); // `dispose` reads the address that it frees before it calls the module.
    return dispose(dataId, force);
  };
  renewAfterInterrupt({
    backend,
    get renewals() {
      return module.renewals;
    },
    renew: () => module.renew(),
  });
  return backend;
}

/** The program for so many threads, or for one, with the reason. */
export async function chooseProgram(
  simd: boolean,
  threads: number,
  compile = wasmProgram,
): Promise<{ program: WasmProgram; oneThread?: string }> {
  if (threads === 1) return { program: await compile(simd, 1) };
  let oneThread = "this processor has no SIMD in WebAssembly";
  if (simd) {
    try {
      return { program: await compile(simd, threads) };
    } catch (error) {
      oneThread = error instanceof Error ? error.message : String(error);
    }
  }
  return { program: await compile(simd, 1), oneThread };
}
