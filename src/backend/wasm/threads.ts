/** The threads that compute beside the calling one. */
import type { WasmModule } from "./module.js";

/** How long the threads may take to start, in milliseconds. */
const LONGEST_START = 20_000;

/**
 * Starts threads and waits until each has the module: one that has yet to load it would never answer.
 *
 * @throws {Error} when one fails, or none answers for too long.
 */
export async function startThreads(
  { PThread: pool }: WasmModule,
  count: number,
  longest = LONGEST_START,
): Promise<void> {
  if (pool === undefined) throw new Error("this module computes on one thread");
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${longest / 1000} s`)), longest);
  });
  try {
    for (let i = 0; i < count; i++) pool.allocateUnusedWorker();
    const loaded = pool.unusedWorkers.map((thread) => {
      const ready = new Promise<void>((done) => pool.loadWasmModuleToWorker(thread, done));
      return Promise.race([ready, thread.failed, late]);
    });
    await Promise.all(loaded);
  } finally {
    clearTimeout(timer);
  }
}

/** Ends the threads of a module that nobody will use again. */
export function endThreads({ PThread: pool }: WasmModule): void {
  if (pool === undefined) return;
  for (const thread of [...pool.unusedWorkers, ...Object.values(pool.pthreads)]) {
    void thread.terminate();
  }
}
