/**
 * How much the thread of the user's code may have sent that no front end has taken yet. A busy loop that displays
 * without end would fill the memory with messages: it waits instead, as a loop that prints waits for the text ring.
 */

/** In bytes, roughly. One message may be larger. */
const MOST = 8 << 20;
/** What a message costs beside its content, in bytes. */
const MESSAGE = 1000;
/** More messages than these are never on their way. */
export const MOST_MESSAGES = Math.ceil(MOST / MESSAGE) + 1;
/** No more parts than these are looked at to guess a message's size. */
const MOST_PARTS = 10_000;

export class SendWindow {
  /** How many messages were taken, modulo 2³². */
  readonly #taken: Int32Array;
  /** The sizes of those that were not taken when last looked at, the oldest first. */
  readonly #sizes: number[] = [];
  #size = 0;
  #seen = 0;

  /** @param memory from {@link SendWindow.memory}; both threads make a window of the same memory */
  constructor(memory: SharedArrayBuffer) {
    this.#taken = new Int32Array(memory);
  }

  static memory(): SharedArrayBuffer {
    return new SharedArrayBuffer(4);
  }

  /** To be called before a message is sent: waits while too much is on its way. */
  wait(message: unknown): void {
    while (this.#settle() > MOST) {
      // Short waits, so that an interrupt gets through.
      Atomics.wait(this.#taken, 0, this.#seen, 20);
    }
    const size = sizeOf(message);
    this.#sizes.push(size);
    this.#size += size;
  }

  /** To be called by the other thread when a message has left the kernel. */
  taken(): void {
    Atomics.add(this.#taken, 0, 1);
    Atomics.notify(this.#taken, 0);
  }

  #settle(): number {
    const taken = Atomics.load(this.#taken, 0);
    const count = (taken - this.#seen) | 0;
    for (const size of this.#sizes.splice(0, count)) this.#size -= size;
    this.#seen = taken;
    return this.#size;
  }
}

/** A guess, in bytes; ends also for what refers to itself. */
function sizeOf(message: unknown): number {
  let size = MESSAGE;
  const parts: unknown[] = [message];
  for (let seen = 0; parts.length > 0 && seen < MOST_PARTS; seen++) {
    const part = parts.pop();
    if (typeof part === "string") size += part.length;
    else if (ArrayBuffer.isView(part) || part instanceof ArrayBuffer) size += part.byteLength;
    else if (Array.isArray(part)) {
      size += 8 * part.length;
      if (typeof part[0] !== "number") for (const one of part.slice(0, MOST_PARTS)) parts.push(one);
    } else if (typeof part === "object" && part !== null) {
      size += 100;
      for (const one of Object.values(part)) parts.push(one);
    }
  }
  return size;
}
