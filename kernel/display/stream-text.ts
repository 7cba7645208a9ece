/** What is written to a stream in pieces, as whole characters. Uses no Node API. */

/** One stream's text. A character that was cut between two writes comes with the second of them. */
export class StreamText {
  /** Keeps the bytes of a character that has begun. */
  readonly #decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  #hasBytes = false;
  /** The first half of a surrogate pair. */
  #half = "";

  /** The text that is complete by now; what is left waits for the next piece. */
  take(piece: string | Uint8Array): string {
    return typeof piece === "string" ? this.#takeText(piece) : this.#takeBytes(piece);
  }

  #takeText(piece: string): string {
    const before = this.#hasBytes ? this.#endBytes() : "";
    const text = this.#half === "" ? before + piece : before + this.#half + piece;
    const last = text.charCodeAt(text.length - 1);
    this.#half = last >= 0xd800 && last < 0xdc00 ? text.slice(-1) : "";
    return this.#half === "" ? text : text.slice(0, -1);
  }

  #takeBytes(piece: Uint8Array): string {
    const before = this.#half;
    this.#half = "";
    this.#hasBytes = true;
    return before + this.#decoder.decode(piece, { stream: true });
  }

  /** Text follows a character whose bytes never came to an end: U+FFFD stands for it. */
  #endBytes(): string {
    this.#hasBytes = false;
    return this.#decoder.decode();
  }
}
