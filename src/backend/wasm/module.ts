/**
 * tfjs's WebAssembly module, started without what its loader would do to the program around it: turn every unhandled
 * rejection into an exception, set a global `Worker`, start eight threads whatever was asked for, and in Node none at
 * all (tfjs issue 3830). The text of the loader is run with names of our own in place of Node's.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { type FailingThread, threadClass } from "./thread.js";

const require = createRequire(import.meta.url);

/** A function of the module; what it takes is mostly ids of tensors, addresses and sizes. */
export type WasmFunction = (...given: unknown[]) => unknown;

/** The module as its loader makes it, as far as it is used. */
export interface WasmModule {
  cwrap(name: string, returns: string | null, takes: readonly (string | null)[]): WasmFunction;
  readonly HEAPU8: Uint8Array;
  /** In the threaded module, which does not make its own memory. */
  readonly wasmMemory?: { readonly buffer: ArrayBufferLike };
  /** In the others. */
  readonly asm: { readonly memory?: { readonly buffer: ArrayBufferLike } };
  /** What the loader knows of the threads; in the threaded module alone. */
  readonly PThread?: Pool;
}

/** The loader's bookkeeping of threads. */
export interface Pool {
  unusedWorkers: FailingThread[];
  readonly pthreads: Record<string, FailingThread>;
  allocateUnusedWorker(): void;
  loadWasmModuleToWorker(worker: FailingThread, loaded: () => void): void;
}

/** The program of which modules are made, each with a memory of its own. */
export interface WasmProgram {
  /** How many threads may compute in a module, the calling one among them. */
  readonly threads: number;
  readonly simd: boolean;
  /** Makes a module at once; only the calling thread computes in it. */
  start(): WasmModule;
}

/** JavaScript's own `WebAssembly`: TypeScript knows it only together with browsers, whose types are not for users here. */
interface Engine {
  compile(bytes: Uint8Array): Promise<object>;
  readonly Instance: new (program: object, imports: object) => { readonly exports: object };
}
const { WebAssembly: engine } = globalThis as unknown as { WebAssembly: Engine };

const variants = {
  plain: { loader: "tfjs-backend-wasm.js", binary: "tfjs-backend-wasm.wasm" },
  simd: { loader: "tfjs-backend-wasm.js", binary: "tfjs-backend-wasm-simd.wasm" },
  threaded: {
    loader: "tfjs-backend-wasm-threaded-simd.js",
    binary: "tfjs-backend-wasm-threaded-simd.wasm",
  },
};

/** What the threaded loader does of itself: eight threads, for which it waits; and what it is to do instead. */
const corrections = [
  ["var pthreadPoolSize=8;", "var pthreadPoolSize=0;"],
  [
    "var numWorkersToLoad=PThread.unusedWorkers.length;",
    'var numWorkersToLoad=0;removeRunDependency("wasm-instantiate");',
  ],
] as const;

/**
 * Reads and compiles the program.
 *
 * @param simd whether this machine computes four numbers at once in WebAssembly
 * @param threads more than one need `simd`
 * @throws {Error} when the loader is not as tfjs 4.22 has it.
 */
export async function wasmProgram(simd: boolean, threads: number): Promise<WasmProgram> {
  const folder = join(
    dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json")),
    "wasm-out",
  );
  const { loader, binary } = variants[threads > 1 ? "threaded" : simd ? "simd" : "plain"];
  const script = join(folder, loader);
  let text = readFileSync(script, "utf8");
  if (threads > 1) {
    for (const [theirs, ours] of corrections) {
      if (!text.includes(theirs)) throw new Error(`${loader} is not that of tfjs 4.22`);
      text = text.replace(theirs, ours);
    }
  }
  const compiled = await engine.compile(readFileSync(join(folder, binary)));
  const Thread = threads > 1 ? threadClass(folder) : class {};
  return {
    threads,
    simd,
    start() {
      const module = {
        mainScriptUrlOrBlob: script,
        locateFile: (file: string) => join(folder, file),
        instantiateWasm(imports: object, done: Instantiated): object {
          const instance = new engine.Instance(compiled, imports);
          done(instance, compiled);
          return instance.exports;
        },
      };
      // The loader also promises the module; it is ready by then, and a promise would keep a start from being at once.
      runLoader(text, script, Thread, threads)(module).catch(() => {});
      return module as unknown as WasmModule;
    },
  };
}

type Instantiated = (instance: object, program: object) => void;
type Loader = (module: object) => Promise<unknown>;

/** Runs the loader's text as the CommonJS module that it is, with the surroundings that it may see. */
function runLoader(text: string, script: string, Thread: object, threads: number): Loader {
  const exported: { exports: unknown } = { exports: {} };
  const given: Record<string, unknown> = {
    worker_threads: { Worker: Thread },
    // tfjs takes half the processors at the most, as if each were half a core: so it is told of twice what is wanted.
    os: { cpus: () => new Array(2 * threads) },
  };
  const names: Record<string, unknown> = {
    module: exported,
    exports: exported.exports,
    require: (name: string) => given[name] ?? require(`node:${name}`),
    __filename: script,
    __dirname: dirname(script),
    global: {},
    process: {
      versions: process.versions,
      argv: [],
      hrtime: process.hrtime,
      listeners: () => [],
      on: () => {},
      exit: (code: number) => {
        throw new Error(`WebAssembly asked to end the process (${code})`);
      },
    },
    Worker: Thread,
  };
  // Loaded here: the bundle would load it with the library.
  const { compileFunction } = require("node:vm") as typeof import("node:vm");
  compileFunction(text, Object.keys(names), { filename: script })(...Object.values(names));
  return exported.exports as Loader;
}
