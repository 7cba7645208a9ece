/** Places in text: offsets, and the 1-based lines and columns (UTF-16 units) that editors show. */

export interface Position {
  line: number;
  column: number;
}

/** Turns offsets of one text into lines and columns and back. */
export class Lines {
  /** The offset at which each line starts. */
  readonly #starts: number[] = [0];
  readonly #length: number;

  constructor(text: string) {
    for (const end of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g))
      this.#starts.push(end.index + end[0].length);
    this.#length = text.length;
  }

  position(offset: number): Position {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - this.#starts[low]! + 1 };
  }

  /** A place beyond the text is drawn back to its end. */
  offset({ line, column }: Position): number {
    const start = this.#starts[Math.min(line, this.#starts.length) - 1] ?? 0;
    return Math.min(start + column - 1, this.#length);
  }
}
