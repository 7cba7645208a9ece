/** One sender per socket: zeromq.js refuses a send while another is under way. */

/** Hands one message to a socket; `size` is that of all frames, in bytes. */
export type Deliver = (frames: (Uint8Array | string)[], size: number) => Promise<void>;

interface Item {
  readonly frames: (Uint8Array | string)[];
  readonly size: number;
  /** Called right before the message goes out, when all earlier ones have. */
  readonly before?: () => void;
  readonly sent: () => void;
}

/** Sends in the order of the calls, never two at once. */
export class SendQueue {
  readonly #deliver: Deliver;
  readonly #failed: (error: Error) => void;
  #waiting: Item[] = [];
  #bytes = 0;
  #draining: Promise<void> | null = null;

  /** @param failed is told when a message could not be sent; the next one is tried all the same */
  constructor(deliver: Deliver, failed: (error: Error) => void) {
    this.#deliver = deliver;
    this.#failed = failed;
  }

  /** How much has been pushed and not yet been handed to ZeroMQ, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Queues a message; resolves when it has been handed to ZeroMQ, or could not be. */
  push(frames: (Uint8Array | string)[], before?: () => void): Promise<void> {
    const size = frames.reduce((sum, frame) => sum + frame.length, 0);
    this.#bytes += size;
    const sent = new Promise<void>((resolve) => {
      this.#waiting.push({ frames, size, before, sent: resolve });
    });
    this.#draining ??= this.#drain();
    return sent;
  }

  /** Resolves when nothing waits. */
  async flushed(): Promise<void> {
    while (this.#draining !== null) await this.#draining;
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      // Backwards, since the end of a list is taken off at no cost.
      const batch = this.#waiting.reverse();
      this.#waiting = [];
      for (let item = batch.pop(); item !== undefined; item = batch.pop()) {
        try {
          item.before?.();
          await this.#deliver(item.frames, item.size);
        } catch (error) {
          this.#failed(error as Error);
        }
        this.#bytes -= item.size;
        item.sent();
      }
    }
    this.#draining = null;
  }
}
