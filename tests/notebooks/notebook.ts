/** The chapters as files: their cells, their exercises, their solutions. */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Cell {
  id: string;
  cell_type: string;
  source: string | string[];
  metadata: Record<string, unknown>;
  outputs?: unknown[];
  execution_count?: number | null;
}

export interface Notebook {
  nbformat: number;
  nbformat_minor: number;
  metadata: { kernelspec?: { name?: string; language?: string } };
  cells: Cell[];
}

export interface Chapter {
  /** Path from the repository's root. */
  file: string;
  /** "02" */
  number: string;
  notebook: Notebook;
}

/** An exercise as it stands in a notebook. */
export interface Exercise {
  id: string;
  cell: Cell;
  /** The code of the folded solution, when there is one in the next cell. */
  solution: string | undefined;
  /** The Markdown of the next cell. */
  next: string;
}

/** Every chapter in notebooks/ and notebooks/ko/. */
export function chapters(): Chapter[] {
  return ["notebooks", "notebooks/ko"].flatMap((folder) => {
    let names: string[];
    try {
      names = readdirSync(join(root, folder));
    } catch {
      return [];
    }
    return names
      .filter((name) => name.endsWith(".ipynb"))
      .sort()
      .map((name) => ({
        file: `${folder}/${name}`,
        number: basename(name).slice(0, 2),
        notebook: JSON.parse(readFileSync(join(root, folder, name), "utf8")) as Notebook,
      }));
  });
}

export function sourceOf(cell: Cell): string {
  return typeof cell.source === "string" ? cell.source : cell.source.join("");
}

/** The names with which a function such as `check` is called in some code. */
export function idsOf(call: "check" | "predict" | "compare", code: string): string[] {
  return [...code.matchAll(new RegExp(`\\b${call}\\(\\s*"([^"]+)"`, "g"))].map(
    (match) => match[1]!,
  );
}

/** The exercises of a chapter, in order. */
export function exercisesOf({ notebook }: Chapter): Exercise[] {
  return notebook.cells.flatMap((cell, i) => {
    if (cell.cell_type !== "code") return [];
    const following = notebook.cells[i + 1];
    const next = following?.cell_type === "markdown" ? sourceOf(following) : "";
    return idsOf("check", sourceOf(cell)).map((id) => ({
      id,
      cell,
      solution: solutionIn(next),
      next,
    }));
  });
}

/** The first ```ts fence inside <details>. */
function solutionIn(markdown: string): string | undefined {
  return /<details>[\s\S]*?```ts\n([\s\S]*?)\n```[\s\S]*?<\/details>/.exec(markdown)?.[1];
}
