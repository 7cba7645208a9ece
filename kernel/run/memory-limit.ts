/**
 * Ends the thread of the user's code before the memory is full.
 *
 * V8's own limit does not: it counts no buffers, a single large step past it (as when a Map grows) aborts the whole
 * process, and close to it the thread spends minutes collecting garbage. So the process's memory is watched from the
 * other thread, and V8's limit lies out of reach.
 */
import { totalmem } from "node:os";

/** Of the memory that there is, so much is for the kernel where `CONVLAB_MEMORY` says nothing. */
const SHARE = 0.5;
/** A kernel that does nothing takes about half of that. */
const LEAST = 200;
const MEGABYTE = 2 ** 20;

/** Code fills so much at the most, in bytes a millisecond: it says how soon to look again. */
const FASTEST = 2e6;
const SHORTEST_PAUSE = 20;
const LONGEST_PAUSE = 1000;

/**
 * How much the kernel's process may take, in megabytes.
 * @param wish the setting `CONVLAB_MEMORY`
 * @param log told when the wish can't be fulfilled
 */
export function memoryLimit(wish: string | undefined, log: (line: string) => void): number {
  const usual = Math.max(LEAST, Math.floor((SHARE * memoryOfMachine()) / MEGABYTE));
  if (wish === undefined || wish === "") return usual;
  const megabytes = Number(wish);
  if (Number.isInteger(megabytes) && megabytes >= LEAST) return megabytes;
  log(
    `CONVLAB_MEMORY is ${JSON.stringify(wish)}; wanted a whole number of megabytes, at least ${LEAST}. The limit is ${usual}.`,
  );
  return usual;
}

/** In bytes; that of the container, where it has less than the machine. */
function memoryOfMachine(): number {
  const all = totalmem();
  // Node 20 answers with a huge number, or 0, where no limit is set.
  const container = process.constrainedMemory?.() ?? 0;
  return container > 0 && container < all ? container : all;
}

/**
 * V8's own limit, in megabytes: a growing Map takes steps of up to a gigabyte. It is not higher either, since V8 leaves
 * garbage lie in proportion to it.
 */
export function heapLimit(memory: number): number {
  return memory + 1024;
}

export class MemoryGuard {
  readonly #limit: number;
  readonly #full: () => void;
  #before = 0;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  /**
   * @param limit in megabytes, of the whole process
   * @param full called once, when it is reached
   */
  constructor(limit: number, full: () => void) {
    this.#limit = limit * MEGABYTE;
    this.#full = full;
  }

  /**
   * @param before what an earlier thread has left, in bytes: V8 (from Node 24) keeps the pages of one that has ended
   * for some seconds, and gives them to the next one or back
   */
  start(before = 0): void {
    this.#before = before;
    this.#look();
  }

  #look(): void {
    if (this.#stopped) return;
    const taken = process.memoryUsage.rss();
    this.#before = Math.min(this.#before, taken);
    const left = this.#limit + this.#before - taken;
    if (left < 0) {
      this.stop();
      this.#full();
      return;
    }
    const pause = Math.min(Math.max(left / FASTEST, SHORTEST_PAUSE), LONGEST_PAUSE);
    this.#timer = setTimeout(() => this.#look(), pause);
    this.#timer.unref();
  }

  /** Watches no more. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }
}
