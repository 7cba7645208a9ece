/** One thread of the WebAssembly pool: a worker thread that keeps no process alive and stops with the one that began it. */
import { createRequire } from "node:module";
import { join } from "node:path";

const require = createRequire(import.meta.url);

/** A thread as the loader sees it. */
export interface WorkerThread {
  /** Set by the loader when the thread has the module and waits for work. */
  loaded?: boolean;
  terminate(): Promise<number>;
}

/** How long the threads may take to start, in milliseconds. */
const LONGEST_START = 20_000;

interface ThreadStart {
  /** The class in the place of `Worker`: it knows its program, so that the loader's URL for it is ignored. */
  Thread: new () => WorkerThread;
  /** Rejects when a thread fails while the pool starts, or none answers for too long. */
  failed: Promise<never>;
  /** To be called when the pool runs, or has failed. */
  settle(): void;
}

/** Threads for the module in `folder`. */
export function threadClass(folder: string): ThreadStart {
  const { wasmWorkerContents } = require(
    join(folder, "tfjs-backend-wasm-threaded-simd.worker.js"),
  ) as { wasmWorkerContents: string };
  // The text was meant to go through a template of JavaScript once more.
  const program = wasmWorkerContents.replaceAll("\n", "\\n");

  let fail: (error: Error) => void;
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  failed.catch(() => {}); // It may fail when nobody waits any more.
  const timer = setTimeout(
    () => fail(new Error(`no answer in ${LONGEST_START / 1000} s`)),
    LONGEST_START,
  );

  // Loaded here: the bundle would load it with the library.
  const { Worker } = require("node:worker_threads") as typeof import("node:worker_threads");
  class Thread extends Worker {
    constructor() {
      super(program, { eval: true, name: "convlab wasm", execArgv: [], env: {} });
      super.on("error", (error) => fail(error));
      super.unref();
    }
    /** The loader holds a thread that works, for ever: a program would never end by itself. */
    override ref(): void {}
    /** The loader would throw a thread's error where nothing can catch it. */
    override on(event: string, listener: (...given: never[]) => void): this {
      return event === "error" ? this : super.on(event as "message", listener as () => void);
    }
  }
  return { Thread, failed, settle: () => clearTimeout(timer) };
}
