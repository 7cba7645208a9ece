/** What both threads must know of interrupts at once, in shared memory: a busy thread reads no messages. */

// Two 32-bit words: cells up to this number have been interrupted; up to this number the thread has heard of it.
const INTERRUPTED = 0;
const HEARD = 1;

/** Cells are numbered upwards, so that one number speaks of a cell and of all before it. */
export class InterruptMarks {
  readonly #words: Int32Array;

  /** @param memory from {@link InterruptMarks.memory}; both threads make their marks in the same memory */
  constructor(memory: SharedArrayBuffer) {
    this.#words = new Int32Array(memory);
  }

  static memory(): SharedArrayBuffer {
    return new SharedArrayBuffer(8);
  }

  /** Marks all cells up to this one, also those that wait for a busy thread. */
  interrupt(cell: number): void {
    Atomics.store(this.#words, INTERRUPTED, cell);
  }

  isInterrupted(cell: number): boolean {
    return Atomics.load(this.#words, INTERRUPTED) >= cell;
  }

  /** To be called first where the news of an interrupt comes: what runs from then on is not the cell any more. */
  hear(cell: number): void {
    Atomics.store(this.#words, HEARD, Math.max(cell, Atomics.load(this.#words, HEARD)));
  }

  hasHeard(cell: number): boolean {
    return Atomics.load(this.#words, HEARD) >= cell;
  }
}
