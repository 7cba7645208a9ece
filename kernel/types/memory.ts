/** Findings of cells that were checked before: run again unchanged, a cell need not be checked again. */
import { type Entry, sameUses } from "./block.js";
import type { Diagnostic } from "./diagnostics.js";

/** So many cells are remembered, the ones least recently checked are forgotten first. */
const MOST = 500;

interface Known {
  readonly entry: Entry;
  readonly found: readonly Diagnostic[];
}

export class Memory {
  readonly #cells = new Map<string, Known>();

  /** What was found in the same text when it spoke of the same names of the same cells. */
  recall({ source, uses }: Entry): Known | undefined {
    const known = this.#cells.get(source);
    return known !== undefined && sameUses(known.entry.uses, uses) ? known : undefined;
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
