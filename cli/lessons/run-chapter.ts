import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { packageRoot } from "../package-root.js";
import type { Chapter } from "./chapters.js";

/** A heading of a chapter, for its table of contents. */
export interface Heading {
  level: number;
  id: string;
  /** What stands in the heading, as HTML, formulas still in TeX. */
  html: string;
  text: string;
}

/** What `handout/exporter.py` makes of an executed notebook. */
export interface Body {
  title: string;
  headings: Heading[];
  /** Plotly figures, in the order of their `data-figure` numbers. */
  figures: unknown[];
  html: string;
}

/** Why a chapter failed; `cell` and `line` count from 1 and are absent where no cell is to blame. */
export interface Failure {
  message: string;
  cell?: number;
  line?: number;
  traceback?: string[];
}

export interface ChapterResult {
  chapter: Chapter;
  cells: number;
  seconds: number;
  body?: Body;
  failure?: Failure;
}

export interface RunOptions {
  python: string;
  kernel: string;
  /** Seconds that one cell may take. */
  timeout: number;
  /** Where the executed copy is written. */
  executed: string;
  onProgress(cell: number, of: number): void;
  signal: AbortSignal;
}

interface Report {
  event: "start" | "cell" | "done" | "failed";
  cells?: number;
  number?: number;
  of?: number;
  message?: string;
  cell?: number | null;
  line?: number | null;
  traceback?: string[];
}

function failureOf(report: Report): Failure {
  return {
    message: report.message ?? "the notebook failed",
    ...(report.cell ? { cell: report.cell } : {}),
    ...(report.line ? { line: report.line } : {}),
    ...(report.traceback?.length ? { traceback: report.traceback } : {}),
  };
}

/** Lets a process that Ctrl+C has reached as well stop its kernel in peace, and insists after a while. */
function stopSoon(child: ChildProcess): void {
  setTimeout(() => child.kill("SIGTERM"), 2_000).unref();
}

/**
 * Runs one notebook in a process of its own (`handout/chapter.py`).
 * @returns what came of it; a failing notebook is a result, not an error
 */
export async function runChapter(chapter: Chapter, options: RunOptions): Promise<ChapterResult> {
  const scratch = mkdtempSync(join(tmpdir(), "convlab-chapter-"));
  const begin = performance.now();
  const result: ChapterResult = { chapter, cells: 0, seconds: 0 };
  try {
    const bodyFile = join(scratch, "body.json");
    const child = spawn(
      options.python,
      [
        join(packageRoot(), "handout", "chapter.py"),
        chapter.notebook,
        ...["--executed", options.executed, "--body", bodyFile, "--kernel", options.kernel],
        ...["--language", chapter.language, "--timeout", String(options.timeout)],
      ],
      { stdio: ["ignore", "pipe", "pipe"], windowsHide: true },
    );
    const stop = () => stopSoon(child);
    options.signal.addEventListener("abort", stop);
    let complaints = "";
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaints += text;
    });
    const ended = new Promise<number>((resolve) => {
      child.on("error", () => resolve(1));
      child.on("close", (code) => resolve(code ?? 1));
    });
    for await (const line of createInterface({ input: child.stdout })) {
      const report = JSON.parse(line) as Report;
      if (report.event === "start") result.cells = report.cells ?? 0;
      if (report.event === "cell") options.onProgress(report.number ?? 0, report.of ?? 0);
      if (report.event === "failed") result.failure = failureOf(report);
    }
    const code = await ended;
    options.signal.removeEventListener("abort", stop);
    if (options.signal.aborted) result.failure = { message: "interrupted" };
    else if (code === 0) result.body = JSON.parse(readFileSync(bodyFile, "utf8")) as Body;
    else result.failure ??= { message: lastWords(complaints) };
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
  result.seconds = (performance.now() - begin) / 1000;
  return result;
}

/** The line with which Python ended, after its traceback. */
function lastWords(complaints: string): string {
  return (
    complaints.trim().split("\n").at(-1) || "the program that runs notebooks ended without a word"
  );
}
