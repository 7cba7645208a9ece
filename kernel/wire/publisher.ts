/** The IOPub socket: a subscription counts from the moment that we say so, and a slow subscriber makes us wait. */
import { XPublisher } from "zeromq";
import { log } from "./log.js";

// Socket options of libzmq that zeromq.js gives no name on a publisher.
const ZMQ_SUBSCRIBE = 6;
const ZMQ_UNSUBSCRIBE = 7;

/** How many messages ZeroMQ holds for one subscriber that does not keep up. */
const HIGH_WATER = 16;
/** What a subscriber takes in at the least, in bytes a millisecond: large messages are given more time. */
const SLOWEST = 2000;
/** How often a full socket is tried without pausing, and the longest pause after that, in milliseconds. */
const EAGER_TRIES = 20;
const LONGEST_PAUSE = 10;

export class Publisher extends XPublisher {
  /** The sizes of the messages that a slow subscriber may still have to take in. */
  readonly #sizes: number[] = [];
  /** Since when a subscriber has had too much before it, and how often it was tried since. */
  #fullSince: number | undefined;
  #tries = 0;

  readonly #patience: number;

  /**
   * @param linger how long messages may still be on their way out after closing, in milliseconds
   * @param patience how long a subscriber may take nothing and still be waited for, in milliseconds
   */
  constructor(linger: number, patience: number) {
    // Every subscription is told, also the second one of the same topic.
    super({ sendHighWaterMark: HIGH_WATER, linger, verbosity: "allSubsUnsubs", sendTimeout: 0 });
    // Otherwise much could reach a new subscriber before its welcome does.
    this.manual = true;
    this.#patience = patience;
    this.noDrop = true;
  }

  /**
   * Lets the subscriber whose wish was received last hear a topic from now on. libzmq forgets who that was when any
   * subscriber leaves, which it notices while it sends: to be called at once.
   */
  accept(topic: Buffer): void {
    this.setStringOption(ZMQ_SUBSCRIBE, topic);
  }

  /** Ends a topic for the subscriber whose wish was received last. */
  drop(topic: Buffer): void {
    this.setStringOption(ZMQ_UNSUBSCRIBE, topic);
  }

  /**
   * Sends to every subscriber, or waits a little while one of them has too much before it. When our patience with it
   * ends, that one misses what follows until it has taken in what waits for it; the others miss nothing.
   * @param size of all frames, in bytes
   * @returns false when the message has not been sent and is to be tried again
   */
  async deliver(frames: (Uint8Array | string)[], size: number): Promise<boolean> {
    if (!(await this.#offer(frames))) {
      const now = performance.now();
      this.#fullSince ??= now;
      const waiting = this.#sizes.reduce((sum, one) => sum + one, 0);
      if (now - this.#fullSince < this.#patience + waiting / SLOWEST) {
        await pause(this.#tries++);
        return false;
      }
      await this.#leaveOutTheFull(frames);
    }
    this.#fullSince = undefined;
    this.#tries = 0;
    this.#sizes.push(size);
    if (this.#sizes.length > HIGH_WATER) this.#sizes.shift();
    return true;
  }

  /** libzmq remembers whom it left out, until there is room again. */
  async #leaveOutTheFull(frames: (Uint8Array | string)[]): Promise<void> {
    this.#waitForAll(false);
    await this.#offer(frames);
    this.#waitForAll(true);
    log("a front end takes no output; it misses some");
  }

  #waitForAll(noDrop: boolean): void {
    // zeromq.js warns that the option has to wait for the next bind. That is not so for this one.
    const { emitWarning } = process;
    process.emitWarning = () => undefined;
    this.noDrop = noDrop;
    process.emitWarning = emitWarning;
  }

  /** Whether ZeroMQ took the message; it takes none while a subscriber is full. */
  async #offer(frames: (Uint8Array | string)[]): Promise<boolean> {
    try {
      await this.send(frames);
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "EAGAIN") return false;
      throw error;
    }
  }
}

function pause(tries: number): Promise<void> {
  if (tries < EAGER_TRIES) return new Promise((resolve) => setImmediate(resolve));
  return new Promise((resolve) =>
    setTimeout(resolve, Math.min(tries - EAGER_TRIES, LONGEST_PAUSE)),
  );
}
