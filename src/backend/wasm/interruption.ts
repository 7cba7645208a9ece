/**
 * An interrupted cell must not leave WebAssembly in the middle of things. Jupyter's interrupt ends JavaScript wherever
 * it is, and no `finally` runs: the pool of threads then waits for ever for the call that was ended, and what that call
 * had on the stack stays there. So every call says when it begins and when it has ended, and the next one after an
 * interrupted call clears the stack and makes a new pool. What can't be mended is a call that was ended while it freed
 * memory (about one interrupt in a hundred, in loops of very small operations): then WebAssembly's memory is not to be
 * relied on, and its error says that the kernel has to be restarted.
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

const brokenMemory =
  'An interrupt has left WebAssembly\'s memory in disorder: restart the kernel, or go on with useBackend("native") or useBackend("cpu").';

/** Lets the module outlive calls that were ended from outside. To be called before the kernels are set up. */
export function surviveInterrupts(module: WasmModule, threads: number): void {
  const pool = module.PThread as unknown as Threads;
  const emptyStack = module.stackSave();
  const start = module.tfjs.initWithThreadsCount!;
  let isInside = false;
  let isRestarting = false;
  let hasBeenInterrupted = false;

  /** One thread at once, and as many as before when new ones have started. */
  function recover(): void {
    isInside = false;
    hasBeenInterrupted = true;
    module.stackRestore(emptyStack);
    if (threads === 1) return;
    start(1);
    for (const [id, worker] of Object.entries(pool.pthreads)) {
      delete pool.pthreads[id];
      void worker.terminate();
    }
    pool.runningWorkers = [];
    if (!isRestarting) restart();
  }

  /** A pool is made of threads that wait for work: one that has yet to load the module would never answer. */
  function restart(): void {
    isRestarting = true;
    let missing = threads - 1;
    for (let i = 1; i < threads; i++) {
      pool.allocateUnusedWorker();
      pool.loadWasmModuleToWorker(pool.unusedWorkers.at(-1)!, () => {
        missing -= 1;
        if (missing > 0) return;
        isRestarting = false;
        start(threads);
      });
    }
  }

  const wrap =
    (call: WasmFunction): WasmFunction =>
    (...given) => {
      if (isInside) recover();
      isInside = true;
      let result: unknown;
      try {
        result = call(...given);
      } catch (error) {
        isInside = false;
        throw hasBeenInterrupted ? new Error(brokenMemory, { cause: error }) : error;
      }
      isInside = false;
      return result;
    };
  const { cwrap } = module;
  module.cwrap = (name, returns, takes) => wrap(cwrap(name, returns, takes));
}
