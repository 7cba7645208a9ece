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
/** After garbage was collected, in milliseconds: it takes time itself, and its memory goes back a little later. */
const PAUSE = 500;
const GIVING_BACK = 50;
/** A thread that has not collected its garbage by then is inside a native call, in milliseconds. */
const PATIENCE = 2000;

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

/** What the guard does with the thread. */
export interface Guarded {
  /** Resolves when the garbage has been collected. */
  collectGarbage(): Promise<void>;
  /** The memory is full: the thread is to be ended. */
  full(): void;
}

export class MemoryGuard {
  readonly #limit: number;
  readonly #thread: Guarded;
  #timer: NodeJS.Timeout | undefined;
  #stopped = false;

  /** @param limit in megabytes, of the whole process */
  constructor(limit: number, thread: Guarded) {
    this.#limit = limit * MEGABYTE;
    this.#thread = thread;
  }

  start(): void {
    if (!this.#stopped) this.#look();
  }

  /** Watches no more. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#timer);
  }

  #look(): void {
    const left = this.#limit - process.memoryUsage.rss();
    if (left < 0) return void this.#collect();
    this.#again(Math.min(Math.max(left / FASTEST, SHORTEST_PAUSE), LONGEST_PAUSE));
  }

  #again(pause: number): void {
    if (this.#stopped) return;
    this.#timer = setTimeout(() => this.#look(), pause);
    this.#timer.unref();
  }

  /** Much of what the process holds may be garbage, which V8 does not hurry to collect. */
  async #collect(): Promise<void> {
    await Promise.race([this.#thread.collectGarbage(), passed(PATIENCE)]);
    await passed(GIVING_BACK);
    if (this.#stopped) return;
    if (process.memoryUsage.rss() < this.#limit) return this.#again(PAUSE);
    this.stop();
    this.#thread.full();
  }
}

function passed(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds).unref());
}
