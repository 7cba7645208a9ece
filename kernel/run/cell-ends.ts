/** What a library has asked to be called for before the running cell ends, such as the last drawing of a figure. */
export class CellEnds {
  readonly #waiting = new Map<number, Set<() => void>>();

  /** Calls `then` once, before the cell is said to be done. */
  add(cell: number, then: () => void): void {
    const waiting = this.#waiting.get(cell) ?? new Set();
    waiting.add(then);
    this.#waiting.set(cell, waiting);
  }

  /** What waits for this cell; nothing waits any more. */
  take(cell: number): Iterable<() => void> {
    const waiting = this.#waiting.get(cell) ?? [];
    this.#waiting.delete(cell);
    return waiting;
  }
}
