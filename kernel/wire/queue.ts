/** One sender per socket: zeromq.js refuses a send while another is under way. */

/** Hands one message to a socket; `size` is that of all frames, in bytes. With `false` it is to be called again. */
export type Deliver = (frames: (Uint8Array | string)[], size: number) => Promise<unknown>;

interface Item {
  readonly frames: (Uint8Array | string)[];
  readonly size: number;
  readonly sent: () => void;
}

/** After sending for so long, whatever else waits has its turn: an interrupt, say. In milliseconds. */
const TURN = 5;

/** Sends in the order of the calls, never two at once; what is urgent goes before all that waits. */
export class SendQueue {
  readonly #deliver: Deliver;
  readonly #failed: (error: Error) => void;
  #urgent: Item[] = [];
  /** What is sent next, backwards: the end of a list is taken off at no cost. */
  #next: Item[] = [];
  #waiting: Item[] = [];
  #draining: Promise<void> | null = null;
  /** When this turn of the event loop began to send. */
  #turn: number | undefined;

  /** @param failed is told when a message could not be sent; the next one is tried all the same */
  constructor(deliver: Deliver, failed: (error: Error) => void) {
    this.#deliver = deliver;
    this.#failed = failed;
  }

  /** Queues a message; resolves when it has been handed to ZeroMQ, or could not be. */
  push(frames: (Uint8Array | string)[], urgent = false): Promise<void> {
    const size = frames.reduce((sum, frame) => sum + frame.length, 0);
    const sent = new Promise<void>((resolve) => {
      (urgent ? this.#urgent : this.#waiting).push({ frames, size, sent: resolve });
    });
    this.#draining ??= this.#drain();
    return sent;
  }

  /** Resolves when nothing waits. */
  async flushed(): Promise<void> {
    while (this.#draining !== null) await this.#draining;
  }

  async #drain(): Promise<void> {
    for (let item = this.#take(); item !== undefined; item = this.#take()) {
      try {
        if ((await this.#deliver(item.frames, item.size)) === false) {
          this.#next.push(item);
          continue;
        }
      } catch (error) {
        this.#failed(error as Error);
      }
      item.sent();
      if (this.#isTurnOver()) await new Promise((resolve) => setImmediate(resolve));
    }
    this.#draining = null;
  }

  #take(): Item | undefined {
    if (this.#next.length === 0) {
      this.#next = this.#waiting.reverse();
      this.#waiting = [];
    }
    return this.#urgent.shift() ?? this.#next.pop();
  }

  /** Sends follow each other without the event loop as long as there is room. */
  #isTurnOver(): boolean {
    const now = performance.now();
    if (this.#turn === undefined) {
      this.#turn = now;
      setImmediate(() => {
        this.#turn = undefined;
      });
    }
    return now - this.#turn > TURN;
  }
}
