/** One thread of the WebAssembly pool: a worker thread that keeps no process alive and stops with the one that began it. */
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);

/** A thread as the loader sees it. */
export interface FailingThread {
  /** Set by the loader when the thread has the module and waits for work. */
  loaded?: boolean;
  /** Rejects when the thread fails. */
  readonly failed: Promise<never>;
  terminate(): Promise<number>;
}

/** The class in the place of `Worker`: it knows its program, in `folder`, so that the loader's URL for it is ignored. */
export function threadClass(folder: string): new () => FailingThread {
  const { wasmWorkerContents } = require(
    join(folder, "tfjs-backend-wasm-threaded-simd.worker.js"),
  ) as { wasmWorkerContents: string };
  // The text was meant to go through a template of JavaScript once more.
  return threadRunning(wasmWorkerContents.replaceAll("\n", "\\n"));
}

/** The class of threads that run a program. */
export function threadRunning(program: string): new () => FailingThread {
  // Loaded here: the bundle would load it with the library.
  const { Worker } = require("node:worker_threads") as typeof import("node:worker_threads");
  return class extends Worker {
    readonly failed: Promise<never>;
    constructor() {
      super(program, { eval: true, name: "convlab wasm", execArgv: [], env: {} });
      this.failed = new Promise((_, reject) => super.on("error", reject));
      this.failed.catch(() => {}); // It may fail when nobody waits any more.
      super.unref();
    }
    /** The loader holds a thread that works, for ever: a program would never end by itself. */
    override ref(): void {}
    /** The loader would throw a thread's error where nothing can catch it. */
    override on(event: string, listener: (...given: never[]) => void): this {
      return event === "error" ? this : super.on(event as "message", listener as () => void);
    }
  };
}
