import type { Chapter } from "./chapters.js";
import type { ChapterResult } from "./run-chapter.js";

const label = (chapter: Chapter): string =>
  chapter.language === "en" ? chapter.name : `${chapter.language}/${chapter.name}`;

/**
 * Tells on the terminal how far the chapters are: a line that changes in a terminal, a line for each beginning
 * and end elsewhere.
 */
export class Progress {
  readonly #running = new Map<Chapter, string>();
  readonly #out: NodeJS.WriteStream;

  constructor(out: NodeJS.WriteStream) {
    this.#out = out;
  }

  start(chapter: Chapter): void {
    this.#running.set(chapter, "");
    if (!this.#out.isTTY) this.#out.write(`${label(chapter)}: started\n`);
    this.#show();
  }

  cell(chapter: Chapter, cell: number, of: number): void {
    this.#running.set(chapter, ` ${cell}/${of}`);
    if (!this.#out.isTTY && cell % 10 === 0) {
      this.#out.write(`${label(chapter)}: cell ${cell} of ${of}\n`);
    }
    this.#show();
  }

  end({ chapter, seconds, failure }: ChapterResult): void {
    this.#running.delete(chapter);
    this.#clear();
    const how = failure ? "FAILED" : "done";
    this.#out.write(`${label(chapter)}: ${how} after ${seconds.toFixed(1)} s\n`);
    this.#show();
  }

  #clear(): void {
    if (this.#out.isTTY) this.#out.write("\r\x1b[K");
  }

  #show(): void {
    if (!this.#out.isTTY || this.#running.size === 0) return;
    this.#clear();
    const parts = [...this.#running].map(([chapter, at]) => `${label(chapter)}${at}`);
    this.#out.write(`running ${parts.join(" · ")}`.slice(0, (this.#out.columns ?? 80) - 1));
  }
}

/** Where a chapter failed: notebook, cell and line, then the reason and its stack. */
export function failureText({ chapter, failure }: ChapterResult): string {
  if (!failure) return "";
  const place = [
    chapter.notebook,
    ...(failure.cell ? [`cell ${failure.cell}`] : []),
    ...(failure.line ? [`line ${failure.line}`] : []),
  ];
  // A traceback begins with the message.
  const stack = failure.traceback?.join("\n").trimEnd() ?? failure.message;
  return `${place.join(", ")}: ${stack.replaceAll("\n", "\n    ")}`;
}

/** The table at the end: chapter, cells, seconds, result. */
export function resultTable(results: readonly ChapterResult[]): string {
  const rows = results.map(({ chapter, cells, seconds, failure }) => [
    label(chapter),
    String(cells),
    seconds.toFixed(1),
    !failure ? "ok" : failure.cell ? `failed in cell ${failure.cell}` : "failed",
  ]);
  const table = [["chapter", "cells", "seconds", "result"], ...rows];
  const widths = [0, 1, 2, 3].map((column) =>
    Math.max(...table.map((row) => row[column]?.length ?? 0)),
  );
  return table
    .map((row) =>
      row
        .map((text, column) => {
          const width = widths[column] ?? 0;
          return column === 1 || column === 2 ? text.padStart(width) : text.padEnd(width);
        })
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}
