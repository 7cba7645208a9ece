/**
 * tfjs's WebAssembly module, started without what its loader would do to the program around it: turn every unhandled
 * rejection into an exception, set a global `Worker`, start eight threads whatever was asked for, and in Node none at
 * all (tfjs issue 3830). The text of the loader is run with names of our own in place of Node's.
 */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { threadClass } from "./thread.js";

const require = createRequire(import.meta.url);

/** A function of the module; what it takes is mostly ids of tensors, addresses and sizes. */
export type WasmFunction = (...given: unknown[]) => unknown;

/** The module as tfjs's class `BackendWasm` and the set-up of its kernels use it. */
export interface WasmModule {
  cwrap(name: string, returns: string | null, takes: readonly (string | null)[]): WasmFunction;
  /** The functions that belong to no kernel. */
  tfjs: Record<string, WasmFunction>;
  /** Where the stack of the calling thread ends. */
  stackSave(): number;
  stackRestore(end: number): void;
  /** What the loader knows of the threads; in the threaded module alone. */
  readonly PThread?: object;
}

type Loader = (options: object) => Promise<WasmModule>;

const variants = {
  plain: { loader: "tfjs-backend-wasm.js", binary: "tfjs-backend-wasm.wasm" },
  simd: { loader: "tfjs-backend-wasm.js", binary: "tfjs-backend-wasm-simd.wasm" },
  threaded: {
    loader: "tfjs-backend-wasm-threaded-simd.js",
    binary: "tfjs-backend-wasm-threaded-simd.wasm",
  },
};

/** The lines of the loader that fix the number of threads at eight. */
const eightThreads = "var pthreadPoolSize=8;";

/**
 * Loads the module and starts its threads.
 *
 * @param simd whether this machine computes four numbers at once in WebAssembly
 * @param threads how many are to compute, the calling one among them; more than one needs `simd`
 * @throws {Error} when the loader is not as tfjs 4.22 has it, or a thread does not start.
 */
export async function loadWasmModule(simd: boolean, threads: number): Promise<WasmModule> {
  const folder = join(
    dirname(require.resolve("@tensorflow/tfjs-backend-wasm/package.json")),
    "wasm-out",
  );
  const { loader, binary } = variants[threads > 1 ? "threaded" : simd ? "simd" : "plain"];
  const script = join(folder, loader);
  let text = readFileSync(script, "utf8");
  if (threads > 1) {
    if (!text.includes(eightThreads)) throw new Error(`${loader} is not that of tfjs 4.22`);
    text = text.replace(eightThreads, `var pthreadPoolSize=${threads - 1};`);
  }
  const { Thread, failed, settle } = threadClass(folder);
  try {
    const load = runLoader(text, script, Thread, threads);
    const options = {
      locateFile: (file: string) => join(folder, file.endsWith(".wasm") ? binary : file),
      mainScriptUrlOrBlob: script,
    };
    const module = await Promise.race([load(options), failed]);
    module.tfjs = {
      init: module.cwrap("init", null, []),
      initWithThreadsCount: module.cwrap("init_with_threads_count", null, ["number"]),
      getThreadsCount: module.cwrap("get_threads_count", "number", []),
      registerTensor: module.cwrap("register_tensor", null, ["number", "number", "number"]),
      disposeData: module.cwrap("dispose_data", null, ["number"]),
      dispose: module.cwrap("dispose", null, []),
    };
    return module;
  } finally {
    settle();
  }
}

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
