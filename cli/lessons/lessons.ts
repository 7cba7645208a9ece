import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { CommandError } from "../command-error.js";
import { type Chapter, findChapters, selectChapters } from "./chapters.js";
import { indexPage } from "./index-page.js";
import { handoutPage, type Links } from "./page.js";
import { failureText, Progress, resultTable } from "./progress.js";
import { type ChapterResult, runChapter } from "./run-chapter.js";

/** The most that one handout may weigh. */
const heaviest = 6 * 1024 * 1024;

export interface LessonsOptions {
  /** The folder of the notebooks. */
  notebooks: string;
  /** The folder that the handouts go to; executed copies go to `executed/` in it. */
  out: string;
  python: string;
  kernel: string;
  /** How many chapters run side by side; as many as there are cores if absent. */
  jobs?: number;
  /** Seconds that one cell may take. */
  timeout: number;
}

/** Writes a file at once: nobody sees half of it. */
function writeWhole(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  const beside = `${path}.${process.pid}.part`;
  writeFileSync(beside, text);
  renameSync(beside, path);
}

const handoutOf = (out: string, chapter: Chapter): string =>
  join(out, chapter.language, `${chapter.name}.html`);

/** The links of a chapter to those handouts that are there or about to be. */
function linksOf(
  chapter: Chapter,
  all: readonly Chapter[],
  isThere: (c: Chapter) => boolean,
): Links {
  const same = all.filter((other) => other.language === chapter.language);
  const place = same.indexOf(chapter);
  const to = (other: Chapter | undefined) =>
    other && isThere(other)
      ? { href: `${encodeURIComponent(other.name)}.html`, title: other.title }
      : undefined;
  const previous = to(same[place - 1]);
  const next = to(same[place + 1]);
  return {
    index: "../index.html",
    ...(previous ? { previous } : {}),
    ...(next ? { next } : {}),
    translations: all
      .filter((other) => other.name === chapter.name && other !== chapter && isThere(other))
      .map((other) => ({
        href: `../${other.language}/${encodeURIComponent(other.name)}.html`,
        language: other.language,
      })),
  };
}

/** Makes the handout of a chapter that ran; what is wrong with the page becomes the chapter's failure. */
function writeHandout(result: ChapterResult, path: string, links: Links): void {
  if (!result.body) return;
  try {
    const page = handoutPage(result.body, result.chapter.language, links);
    const bytes = Buffer.byteLength(page);
    if (bytes > heaviest) {
      const size = (bytes / 1024 / 1024).toFixed(1);
      throw new CommandError(
        `the handout weighs ${size} MB; at most ${heaviest / 1024 / 1024} are allowed`,
      );
    }
    writeWhole(path, page);
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    result.failure = { message: error.message };
    rmSync(path, { force: true });
  }
}

/** Takes away handouts whose notebooks are gone. */
function removeStrays(out: string, all: readonly Chapter[]): void {
  for (const language of new Set(all.map((chapter) => chapter.language))) {
    const folder = join(out, language);
    if (!existsSync(folder)) continue;
    const known = all.filter((c) => c.language === language).map((c) => `${c.name}.html`);
    for (const file of readdirSync(folder)) {
      if (file.endsWith(".html") && !known.includes(file)) rmSync(join(folder, file));
    }
  }
}

/** Runs `work` on all items, at most `jobs` at a time, in order. */
async function sideBySide<T>(items: readonly T[], jobs: number, work: (item: T) => Promise<void>) {
  const queue = [...items];
  const worker = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(jobs, items.length)) }, worker));
}

/**
 * Runs chapters, writes their handouts and the index, and tells how it went.
 * @param wanted which chapters; all if empty
 * @returns whether all went well
 * @throws {CommandError} if there are no such chapters
 */
export async function makeLessons(
  wanted: readonly string[],
  options: LessonsOptions,
): Promise<boolean> {
  const all = findChapters(options.notebooks);
  const chosen = selectChapters(all, wanted);
  const progress = new Progress(process.stderr);
  const abort = new AbortController();
  const stop = () => abort.abort();
  process.on("SIGINT", stop).on("SIGTERM", stop);

  removeStrays(options.out, all);
  // A chapter that fails leaves no handout of its last success behind.
  for (const chapter of chosen) rmSync(handoutOf(options.out, chapter), { force: true });

  const results = new Map<Chapter, ChapterResult>();
  const failed = (chapter: Chapter) => results.get(chapter)?.failure !== undefined;
  const isExpected = (chapter: Chapter) =>
    chosen.includes(chapter) ? !failed(chapter) : existsSync(handoutOf(options.out, chapter));
  const write = (result: ChapterResult) =>
    writeHandout(
      result,
      handoutOf(options.out, result.chapter),
      linksOf(result.chapter, all, isExpected),
    );

  await sideBySide(chosen, options.jobs ?? availableParallelism(), async (chapter) => {
    if (abort.signal.aborted) return;
    progress.start(chapter);
    const result = await runChapter(chapter, {
      ...options,
      executed: join(options.out, "executed", chapter.language, `${chapter.name}.ipynb`),
      onProgress: (cell, of) => progress.cell(chapter, cell, of),
      signal: abort.signal,
    });
    results.set(chapter, result);
    write(result);
    progress.end(result);
  });
  process.off("SIGINT", stop).off("SIGTERM", stop);

  const ended = chosen.flatMap((chapter) => results.get(chapter) ?? []);
  const failures = ended.filter((result) => result.failure);
  // Pages written before their neighbour failed still link to it.
  if (failures.length > 0) for (const result of ended) if (!result.failure) write(result);
  const entries = all.map((chapter) => ({
    chapter,
    made: existsSync(handoutOf(options.out, chapter)),
  }));
  writeWhole(join(options.out, "index.html"), indexPage(entries));

  for (const result of failures) console.error(`\n${failureText(result)}`);
  console.log(`\n${resultTable(ended)}`);
  if (failures.length === 0) console.log(`\nHandouts: ${join(options.out, "index.html")}`);
  return failures.length === 0 && ended.length === chosen.length;
}
