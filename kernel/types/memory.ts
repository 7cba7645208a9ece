/** Findings of cells that were checked before: run again unchanged, a cell need not be checked again. */
import { type Entry, sameUses } from "./block.js";
import type { Diagnostic } from "./diagnostics.js";

/** So many cells are remembered, the ones least recently checked are forgotten first. */
const MOST = 500;

export class Memory {
  readonly #cells = new Map<string, { entry: Entry; found: readonly Diagnostic[] }>();

  /** What was found in the same text when it spoke of the same names of the same cells. */
  recall({ source, uses }: Entry): readonly Diagnostic[] | undefined {
    const known = this.#cells.get(source);
    return known !== undefined && sameUses(known.entry.uses, uses) ? known.found : undefined;
  }

  keep(entry: Entry, found: readonly Diagnostic[]): void {
    this.#cells.delete(entry.source);
    this.#cells.set(entry.source, { entry, found });
    const [oldest] = this.#cells.keys();
    if (this.#cells.size > MOST && oldest !== undefined) this.#cells.delete(oldest);
  }

  /** To be called when anything else changes that types depend on: files, packages, global declarations. */
  forget(): void {
    this.#cells.clear();
  }
}
