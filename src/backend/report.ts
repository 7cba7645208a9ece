/** What computes, and how: the one place that says it. */
import { availableParallelism } from "node:os";
import { inspect } from "node:util";
import { say } from "../check/language.js";
import { getRunning, type Tf } from "./compute.js";
import type { BackendName } from "./index.js";

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

/** What computes at the moment. Shown as text. */
export class BackendReport {
  /** `"none"` before `useBackend()`. */
  readonly name: BackendName | "none";
  /** How many threads compute. */
  readonly threads: number;
  /** Whether one instruction computes several numbers. */
  readonly simd: boolean;
  /** The library that computes, and its version. */
  readonly library: string;
  /** How many tensors are alive. */
  readonly tensors: number;
  /** How much memory they take, in bytes. */
  readonly bytes: number;
  /** Why native TensorFlow does not compute, where it was looked for. */
  readonly whyNotNative?: string;
  /** Why WebAssembly computes on one thread, where more were wanted. */
  readonly whyOneThread?: string;

  /** @param running what computes, if anything does */
  constructor(running = getRunning()) {
    this.name = running?.name ?? "none";
    const isNative = this.name === "native";
    const wasm = this.name === "wasm" ? findings.wasm?.() : undefined;
    this.threads = wasm?.threads ?? (isNative ? availableParallelism() : 1);
    this.simd = wasm?.simd ?? isNative;
    this.library = running === undefined ? "none" : libraryOf(running.tf, running.name);
    const memory = running?.tf.memory();
    this.tensors = memory?.numTensors ?? 0;
    this.bytes = memory?.numBytes ?? 0;
    if (!isNative) this.whyNotNative = findings.missingNative;
    this.whyOneThread = wasm?.oneThread;
  }

  /** The report in sentences, in the language of the lesson. */
  toString(): string {
    if (this.name === "none") {
      return say({
        en: "No back end is loaded: fast operations need `await useBackend()` once.",
        ko: "아직 불러온 백엔드가 없습니다. 빠른 연산을 쓰려면 `await useBackend()`를 한 번 실행하세요.",
      });
    }
    const values = {
      name: this.name,
      library: this.library,
      threads: String(this.threads),
      simd: this.simd ? say({ en: " with SIMD", ko: ", SIMD 사용" }) : "",
      tensors: this.tensors.toLocaleString("en"),
      memory: megabytes(this.bytes),
    };
    const lines = [
      say(
        {
          en: "Back end {name}: {library}, threads: {threads}{simd}",
          ko: "백엔드 {name}: {library}, 스레드 {threads}개{simd}",
        },
        values,
      ),
      say(
        {
          en: "Tensors alive: {tensors}, {memory}",
          ko: "살아 있는 텐서: {tensors}개, {memory}",
        },
        values,
      ),
    ];
    if (this.whyOneThread !== undefined) {
      lines.push(
        say({ en: "One thread: {why}", ko: "스레드 하나: {why}" }, { why: this.whyOneThread }),
      );
    }
    if (this.whyNotNative !== undefined) {
      lines.push(
        say(
          { en: "Not native: {why}", ko: "native가 아닌 이유: {why}" },
          { why: this.whyNotNative },
        ),
      );
    }
    return lines.join("\n");
  }

  /** How a cell and `console.log` show it. */
  [inspect.custom](): string {
    return this.toString();
  }
}

/**
 * What computes the fast operations: the library and its version, threads, memory, and why it is not native
 * TensorFlow. Shown as text, and its fields can be read: `name`, `threads`, `simd`, `library`, `tensors`, `bytes`.
 *
 * @example
 * await useBackend("wasm");
 * backendReport().name // → "wasm"
 */
export function backendReport(): BackendReport {
  return new BackendReport();
}

function libraryOf(tf: Tf, name: BackendName): string {
  const tfjs = `tfjs ${tf.version_core}`;
  if (name !== "native") return name === "wasm" ? `WebAssembly (${tfjs})` : `JavaScript (${tfjs})`;
  const { binding } = tf.backend() as unknown as { binding: { TF_Version: string } };
  return `TensorFlow ${binding.TF_Version} (${tfjs})`;
}

function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
