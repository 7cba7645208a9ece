/** What is known of the back end that computes. */
import { availableParallelism } from "node:os";
import { getRunning } from "./compute.js";
import type { BackendName } from "./names.js";
import type { BackendFacts } from "./report.js";
import type { Tf } from "./tfjs.js";

/** What the loading of a back end found out. */
export interface LoadFindings {
  /** Why native was not taken, in a sentence. */
  readonly missingNative?: string;
  /** Threads and vectors of WebAssembly. */
  readonly wasm?: () => WasmFindings;
}

interface WasmFindings {
  readonly threads: number;
  readonly simd: boolean;
  readonly oneThread?: string;
}

let findings: LoadFindings = {};

/** Keeps what the loading of a back end found out. */
export function keepFindings(next: LoadFindings): void {
  findings = { ...findings, ...next };
}

/** The facts of the back end that is loaded, if one is. */
export function backendFacts(running = getRunning(), found = findings): BackendFacts {
  const name = running?.name ?? "none";
  const isNative = name === "native";
  const wasm = name === "wasm" ? found.wasm?.() : undefined;
  const memory = running?.tf.memory();
  return {
    name,
    threads: wasm?.threads ?? (isNative ? availableParallelism() : 1),
    simd: wasm?.simd ?? isNative,
    library: running === undefined ? "none" : libraryOf(running.tf, running.name),
    tensors: memory?.numTensors ?? 0,
    bytes: memory?.numBytes ?? 0,
    whyNotNative: isNative ? undefined : found.missingNative,
    whyOneThread: wasm?.oneThread,
  };
}

function libraryOf(tf: Tf, name: BackendName): string {
  const tfjs = `tfjs ${tf.version_core}`;
  if (name !== "native") return name === "wasm" ? `WebAssembly (${tfjs})` : `JavaScript (${tfjs})`;
  const { binding } = tf.backend() as unknown as { binding: { TF_Version: string } };
  return `TensorFlow ${binding.TF_Version} (${tfjs})`;
}
