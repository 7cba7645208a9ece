/** One sender per socket: zeromq.js refuses a send while another is under way. */

/** The part of a socket that a queue needs. */
export interface Sendable {
  send(frames: (Uint8Array | string)[]): Promise<void>;
}

interface Item {
  readonly frames: (Uint8Array | string)[];
  /** Called right before the message goes out, when all earlier ones have. */
  readonly before?: () => void;
}

/** Sends in the order of the calls, never two at once. */
export class SendQueue {
  readonly #socket: Sendable;
  #waiting: Item[] = [];
  #draining: Promise<void> | null = null;

  constructor(socket: Sendable) {
    this.#socket = socket;
  }

  /** Queues a message; resolves when everything queued so far has been handed to ZeroMQ. */
  push(frames: (Uint8Array | string)[], before?: () => void): Promise<void> {
    this.#waiting.push({ frames, before });
    this.#draining ??= this.#drain();
    return this.#draining;
  }

  /** Resolves when nothing waits. */
  async flushed(): Promise<void> {
    while (this.#draining !== null) await this.#draining;
  }

  async #drain(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const batch = this.#waiting;
        this.#waiting = [];
        for (const { frames, before } of batch) {
          before?.();
          await this.#socket.send(frames);
        }
      }
    } finally {
      this.#draining = null;
    }
  }
}
