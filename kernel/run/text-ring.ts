/**
 * Printed text on its way from the user's thread to the protocol thread, in shared memory.
 *
 * A busy loop never returns to its event loop, yet its text must appear while it runs, in order, and must not fill
 * the memory when the loop prints faster than anyone reads: the writer waits when the ring is full.
 */
import { RING_BYTES } from "./protocol.js";
import { MOST_MESSAGES } from "./send-window.js";

/** One stretch of text that a cell printed. */
export interface PrintedText {
  cell: number;
  stream: "stdout" | "stderr";
  text: string;
}

// The first four 32-bit words: bytes written and bytes read (both running on modulo 2³²), and whether the reader knows.
const WRITTEN = 0;
const READ = 1;
const ANNOUNCED = 2;
const HEAD_BYTES = 16;
/** Before each text: the cell's number, the stream, the length in bytes. */
const RECORD_HEAD = 12;
/** Stands where the writer sent a message by another way: what follows in the ring must wait for it. */
const MARK = 2;
/**
 * Text leaves this much free, in bytes: room for the marks of all messages that may be on their way, twice over. So a
 * message never waits for text that is paced (see {@link TextPace}), least of all the answer to an interrupt.
 */
const ROOM_FOR_MARKS = 2 * RECORD_HEAD * MOST_MESSAGES;
/** Longer texts are cut into records of at most this many UTF-16 units (three bytes each at the most). */
const RECORD_UNITS = RING_BYTES >> 4;

export class TextRing {
  readonly #words: Int32Array;
  readonly #bytes: Buffer;
  readonly #head = new Int32Array(RECORD_HEAD / 4);

  /** @param memory from {@link TextRing.memory}; both threads make a ring of the same memory. */
  constructor(memory: SharedArrayBuffer) {
    this.#words = new Int32Array(memory, 0, HEAD_BYTES / 4);
    this.#bytes = Buffer.from(memory, HEAD_BYTES);
  }

  static memory(): SharedArrayBuffer {
    return new SharedArrayBuffer(HEAD_BYTES + RING_BYTES);
  }

  /** How many bytes were ever written, modulo 2³². */
  get written(): number {
    return Atomics.load(this.#words, WRITTEN);
  }

  /**
   * Adds text; waits while the ring is full.
   * @param announce tells the reader that there is something to read; called only when it may not know
   */
  write(cell: number, stream: PrintedText["stream"], text: string, announce: () => void): void {
    for (let from = 0; from < text.length; ) {
      let to = Math.min(from + RECORD_UNITS, text.length);
      // A character of two units stays whole.
      const last = text.charCodeAt(to - 1);
      if (to < text.length && last >= 0xd800 && last < 0xdc00) to--;
      const code = stream === "stdout" ? 0 : 1;
      this.#writeRecord(cell, code, Buffer.from(text.slice(from, to)), announce);
      from = to;
    }
  }

  /**
   * Marks the place of a message that goes another way, so that text and messages keep their order.
   * @returns the running count that the message must carry to {@link read}
   */
  mark(announce: () => void): number {
    this.#writeRecord(0, MARK, Buffer.alloc(0), announce);
    return this.written;
  }

  /**
   * Takes out what was written, up to the running count `limit`, without one up to the first mark: its message is
   * still on its way. Neighbours of one cell and stream are joined.
   */
  read(limit?: number): PrintedText[] {
    Atomics.store(this.#words, ANNOUNCED, 0);
    const end = limit ?? this.written;
    const found: { cell: number; stream: PrintedText["stream"]; parts: Buffer[] }[] = [];
    let at = Atomics.load(this.#words, READ);
    // What the limit names may have been read already.
    while (((end - at) | 0) > 0) {
      const head = this.#copyOut(at, RECORD_HEAD);
      if (head.readInt32LE(4) === MARK) {
        if (limit === undefined) break;
        at = (at + RECORD_HEAD) | 0;
        continue;
      }
      const cell = head.readInt32LE(0);
      const stream = head.readInt32LE(4) === 0 ? "stdout" : "stderr";
      const length = head.readInt32LE(8);
      const bytes = this.#copyOut(at + RECORD_HEAD, length);
      const last = found.at(-1);
      if (last?.cell === cell && last.stream === stream) last.parts.push(bytes);
      else found.push({ cell, stream, parts: [bytes] });
      at = (at + RECORD_HEAD + length) | 0;
    }
    Atomics.store(this.#words, READ, at);
    Atomics.notify(this.#words, READ);
    return found.map(({ cell, stream, parts }) => ({
      cell,
      stream,
      text: Buffer.concat(parts).toString(),
    }));
  }

  #writeRecord(cell: number, code: number, text: Buffer, announce: () => void): void {
    const size = RECORD_HEAD + text.length;
    const room = code === MARK ? RING_BYTES : RING_BYTES - ROOM_FOR_MARKS;
    const written = Atomics.load(this.#words, WRITTEN);
    for (;;) {
      const read = Atomics.load(this.#words, READ);
      if (((written - read) | 0) + size <= room) break;
      this.#announce(announce);
      // Short waits, so that an interrupt gets through.
      Atomics.wait(this.#words, READ, read, 20);
    }
    this.#head[0] = cell;
    this.#head[1] = code;
    this.#head[2] = text.length;
    this.#copyIn(written, Buffer.from(this.#head.buffer));
    this.#copyIn(written + RECORD_HEAD, text);
    Atomics.store(this.#words, WRITTEN, (written + size) | 0);
    // The message that a mark stands for wakes the reader itself.
    if (code !== MARK) this.#announce(announce);
  }

  #announce(announce: () => void): void {
    if (Atomics.exchange(this.#words, ANNOUNCED, 1) === 0) announce();
  }

  #copyIn(at: number, bytes: Buffer): void {
    const start = (at >>> 0) % RING_BYTES;
    const first = bytes.copy(this.#bytes, start);
    bytes.copy(this.#bytes, 0, first);
  }

  #copyOut(at: number, length: number): Buffer {
    const start = (at >>> 0) % RING_BYTES;
    const end = start + length;
    if (end <= RING_BYTES) return Buffer.from(this.#bytes.subarray(start, end));
    return Buffer.concat([this.#bytes.subarray(start), this.#bytes.subarray(0, end - RING_BYTES)]);
  }
}
