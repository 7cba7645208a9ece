import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { CommandError } from "../command-error.js";

/** A notebook of the course. */
export interface Chapter {
  /** The file's name without its ending, such as `04-padding-and-stride`. */
  name: string;
  /** `en`, or the name of the folder that the translation stands in. */
  language: string;
  notebook: string;
  /** Its first heading, or its name where it has none. */
  title: string;
}

interface NotebookCell {
  cell_type?: string;
  source?: string | string[];
}

/** The first heading of a notebook. One that can't be read is named by its file; running it says what is wrong. */
function titleOf(notebook: string): string {
  const name = basename(notebook, ".ipynb");
  try {
    const { cells = [] } = JSON.parse(readFileSync(notebook, "utf8")) as { cells?: NotebookCell[] };
    for (const { cell_type, source = "" } of cells) {
      if (cell_type !== "markdown") continue;
      const heading = /^#\s+(.+)$/m.exec(Array.isArray(source) ? source.join("") : source);
      if (heading?.[1]) return heading[1].replace(/[*_`]/g, "").trim();
    }
  } catch {
    return name;
  }
  return name;
}

function inFolder(folder: string, language: string): Chapter[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".ipynb") && !file.startsWith("."))
    .sort()
    .map((file) => ({
      name: basename(file, ".ipynb"),
      language,
      notebook: join(folder, file),
      title: titleOf(join(folder, file)),
    }));
}

/**
 * All chapters below a folder: English ones in it, translations in folders named by their language (`ko`).
 * @throws {CommandError} if there are none
 */
export function findChapters(folder: string): Chapter[] {
  if (!existsSync(folder)) throw new CommandError(`There is no folder ${folder} with notebooks.`);
  const languages = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && /^[a-z]{2}$/.test(entry.name))
    .map((entry) => entry.name)
    .sort();
  const chapters = [
    ...inFolder(folder, "en"),
    ...languages.flatMap((language) => inFolder(join(folder, language), language)),
  ];
  if (chapters.length === 0) throw new CommandError(`There are no notebooks in ${folder}.`);
  return chapters;
}

/**
 * The chapters that were asked for, by number (`4`, `04`), by the beginning of the name, or with a language (`ko/04`).
 * @throws {CommandError} naming what there is, if one asked for isn't
 */
export function selectChapters(chapters: readonly Chapter[], wanted: readonly string[]): Chapter[] {
  if (wanted.length === 0) return [...chapters];
  const chosen = new Set<Chapter>();
  for (const word of wanted) {
    const [, language, rest] = /^(?:([a-z]{2})\/)?(.*?)(?:\.ipynb)?$/.exec(word) ?? [];
    const prefix = /^\d$/.test(rest ?? "") ? `0${rest}` : (rest ?? "");
    const found = chapters.filter(
      (chapter) =>
        chapter.name.startsWith(prefix) &&
        (language === undefined || chapter.language === language),
    );
    if (found.length === 0) {
      const names = [...new Set(chapters.map((chapter) => chapter.name))].join(", ");
      throw new CommandError(`No chapter begins with "${word}"; there are ${names}.`);
    }
    for (const chapter of found) chosen.add(chapter);
  }
  return chapters.filter((chapter) => chosen.has(chapter));
}
