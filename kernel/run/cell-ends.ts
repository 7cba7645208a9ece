/** What a library has asked to be called for before the running cell ends, such as the last drawing of a figure. */
export class CellEnds {
  /** By cell. A plain object, filled by index: a cell may have broken `Map`, and the methods of lists. */
  readonly #waiting: Record<number, (() => void)[]> = Object.create(null);

  /** Calls `then` once, before the cell is said to be done. */
  add(cell: number, then: () => void): void {
    this.#waiting[cell] ??= [];
    const waiting = this.#waiting[cell];
    waiting[waiting.length] = then;
  }

  /** What waits for this cell; nothing waits any more. */
  take(cell: number): readonly (() => void)[] {
    const waiting = this.#waiting[cell] ?? [];
    delete this.#waiting[cell];
    return waiting;
  }
}
