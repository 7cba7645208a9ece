/**
 * Text edits that remember where every character came from.
 *
 * A cell is turned into runnable code by small edits of the reader's own text, never by printing a tree anew: lines
 * stay lines, and a position in the emitted code leads back to the position that the reader sees.
 */

/** What stands in the emitted code in place of `source[start, end)`. */
interface Edit {
  start: number;
  end: number;
  text: string;
  /** Among insertions at one place, the order of the calls. */
  order: number;
}

/** Emitted code, and the way back from it. */
export interface EditedText {
  code: string;
  /** The offset in the source that an offset in `code` came from; inserted text leads to the place of its insertion. */
  sourceOffset(offset: number): number;
}

export class Edits {
  readonly #edits: Edit[] = [];

  constructor(readonly source: string) {}

  /** Puts `text` before the character at `at`. */
  insert(at: number, text: string): void {
    this.#edits.push({ start: at, end: at, text, order: this.#edits.length });
  }

  /** Puts `text` before everything, other insertions at the start included. */
  prepend(text: string): void {
    this.#edits.push({ start: 0, end: 0, text, order: -1 });
  }

  /** Replaces `source[start, end)` by `text`. Replaced stretches must not overlap each other. */
  replace(start: number, end: number, text: string): void {
    this.#edits.push({ start, end, text, order: this.#edits.length });
  }

  /** Makes `source[start, end)` blank but for its line ends; `first` may take the place of the first character. */
  blank(start: number, end: number, first = ""): void {
    if (end <= start) return;
    const spaces = this.source.slice(start, end).replace(/[^\r\n\u2028\u2029]/g, " ");
    this.replace(start, end, first + spaces.slice(first.length));
  }

  /** Makes `source[start, end)` blank with its line ends, where one of these would end the statement. */
  join(start: number, end: number): void {
    this.replace(start, end, " ".repeat(end - start));
  }

  /** Applies all edits. An edit that lies inside a replaced stretch is dropped with it. */
  apply(): EditedText {
    // At one place, insertions come before what replaces the text that follows them.
    const edits = [...this.#edits].sort(
      (a, b) =>
        a.start - b.start || Number(a.end > a.start) - Number(b.end > b.start) || a.order - b.order,
    );
    /** Where each copied or inserted piece starts, in the code and in the source. */
    const pieces: { at: number; source: number; copied: boolean }[] = [];
    let code = "";
    let from = 0;
    const copy = (to: number) => {
      if (to <= from) return;
      pieces.push({ at: code.length, source: from, copied: true });
      code += this.source.slice(from, to);
      from = to;
    };
    for (const edit of edits) {
      if (edit.start < from) continue;
      copy(edit.start);
      if (edit.text !== "") {
        // A blanked stretch has the length of what it replaces: its characters keep their places.
        const sameLength = edit.text.length === edit.end - edit.start;
        pieces.push({ at: code.length, source: edit.start, copied: sameLength });
        code += edit.text;
      }
      from = edit.end;
    }
    copy(this.source.length);
    return { code, sourceOffset: (offset) => lookUp(pieces, offset) };
  }
}

function lookUp(pieces: { at: number; source: number; copied: boolean }[], offset: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (pieces[middle]!.at <= offset) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low];
  if (piece === undefined) return 0;
  return piece.copied ? piece.source + (offset - piece.at) : piece.source;
}
