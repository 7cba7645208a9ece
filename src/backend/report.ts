/** What computes, and how: the one place that says it. */
import { say } from "../check/language.js";
import { backendFacts } from "./facts.js";
import type { BackendName } from "./names.js";

/** What a report says. */
export type BackendFacts = Pick<
  BackendReport,
  "name" | "threads" | "simd" | "library" | "tensors" | "bytes" | "whyNotNative" | "whyOneThread"
>;

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

  /** @param facts what there is to say */
  constructor(facts: BackendFacts) {
    this.name = facts.name;
    this.threads = facts.threads;
    this.simd = facts.simd;
    this.library = facts.library;
    this.tensors = facts.tensors;
    this.bytes = facts.bytes;
    this.whyNotNative = facts.whyNotNative;
    this.whyOneThread = facts.whyOneThread;
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
  [Symbol.for("nodejs.util.inspect.custom")](): string {
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
  return new BackendReport(backendFacts());
}

function megabytes(bytes: number): string {
  return bytes < 1e6 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
