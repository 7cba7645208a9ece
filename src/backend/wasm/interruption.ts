/**
 * An interrupted cell must not leave the threads locked. Jupyter's interrupt ends JavaScript wherever it is, in the
 * middle of WebAssembly too, and no `finally` runs: the pool then waits for ever for the call that was ended. So every
 * call says when it begins and when it has ended, and the next one after an interrupted call makes a new pool.
 */
import type { WasmFunction, WasmModule } from "./module.js";

/** The loader's bookkeeping of threads, as far as a new pool needs it. */
interface Threads {
  readonly unusedWorkers: { loaded?: boolean }[];
  readonly pthreads: Record<string, { terminate(): Promise<number> }>;
  runningWorkers: unknown[];
  allocateUnusedWorker(): void;
  loadWasmModuleToWorker(worker: unknown, loaded: () => void): void;
}

/** Lets the module outlive calls that were ended from outside. To be called before the kernels are set up. */
export function surviveInterrupts(module: WasmModule, threads: number): void {
  if (threads < 2 || module.PThread === undefined) return;
  const pool = module.PThread as unknown as Threads;
  const start = module.tfjs.initWithThreadsCount!;
  let isInside = false;

  /** One thread at once, and as many as before when they have started. */
  function recover(): void {
    isInside = false;
    start(1);
    const old = Object.values(pool.pthreads);
    for (const id of Object.keys(pool.pthreads)) delete pool.pthreads[id];
    pool.runningWorkers = [];
    for (const worker of old) void worker.terminate();
    let missing = threads - 1;
    for (let i = 1; i < threads; i++) pool.allocateUnusedWorker();
    for (const worker of pool.unusedWorkers) {
      pool.loadWasmModuleToWorker(worker, () => {
        missing -= 1;
        if (missing === 0 && !isInside) start(threads);
      });
    }
  }

  const wrap =
    (call: WasmFunction): WasmFunction =>
    (...given) => {
      if (isInside) recover();
      isInside = true;
      const result = call(...given);
      isInside = false;
      return result;
    };
  const { cwrap } = module;
  module.cwrap = (name, returns, takes) => wrap(cwrap(name, returns, takes));
}
