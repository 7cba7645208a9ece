/**
 * Which cell a piece of code belongs to, also when it runs long after that cell has ended.
 *
 * Timers remember the cell that set them, promises and event emitters the cell that made them (V8's promise hooks;
 * `AsyncLocalStorage` would do the same, but Node 20 and 22 abort when an interrupt ends code inside it). What runs
 * for another reason is recognised by the cells on its stack.
 */
import { EventEmitter } from "node:events";
import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers";
import { promisify } from "node:util";
import { promiseHooks } from "node:v8";
import { interruption } from "./interruption.js";
import { CELL_FILE } from "./protocol.js";

const CELL_FRAME = new RegExp(`${CELL_FILE}(\\d+):`, "g");
/** So many frames are searched for a cell. */
const DEEPEST_STACK = 100;

/** A private field that can be put on any object: nobody sees it when the object is printed. */
const Same = function (this: unknown, object: object) {
  return object;
} as unknown as new (
  object: object,
) => object;

class Stamp extends Same {
  #cell: number | undefined;
  constructor(object: object, cell: number | undefined) {
    super(object);
    this.#cell = cell;
  }
  /** Stamps an object once: what a library initialises again stays its first cell's. */
  static put(object: object, cell: number): void {
    if (!(#cell in object)) new Stamp(object, cell);
  }
  static cellOf(object: object): number | undefined {
    return #cell in object ? (object as Stamp).#cell : undefined;
  }
}

type Callback = (...args: unknown[]) => unknown;

/** An interrupted cell whose code catches every interruption and goes on is told so often, then waits for ever. */
const MOST_INTERRUPTIONS = 100;

export class Attribution {
  /**
   * The cell whose code runs, where that is known. The same number below zero stands for what has begun after the cell
   * was interrupted, such as the answer to a request to a server of its: that is not what was to be ended.
   */
  #active: number | undefined;
  /** The cell that was begun last. */
  #latest = 0;
  /** Cells that were interrupted, and how often their code was told. */
  readonly #ended = new Map<number, number>();
  /** What was thrown last, and the cell whose code threw it. */
  #thrown: { error: unknown; cell: number | undefined } | undefined;

  /** The cell that output belongs to now. */
  get cell(): number {
    return Math.abs(this.#active ?? cellOnStack() ?? this.#latest);
  }

  /** The cell that an error belongs to which nobody caught; `promise` is the one that it rejected. */
  cellOf(error: unknown, promise?: object): number {
    const thrown = this.#thrown?.error === error ? this.#thrown?.cell : undefined;
    this.#thrown = undefined;
    const known = (promise && Stamp.cellOf(promise)) ?? thrown ?? cellIn(stackOf(error));
    return Math.abs(known ?? this.cell);
  }

  /** Makes timers, promises and event emitters remember their cells. */
  install(): void {
    promiseHooks.createHook({
      init: (promise) => void new Stamp(promise, this.#active),
      before: (promise) => {
        this.#active = Stamp.cellOf(promise);
      },
      after: () => {
        this.#active = undefined;
      },
    });
    for (const name of ["setTimeout", "setInterval", "setImmediate"] as const) {
      const patched = this.#patch(timers, name);
      const promised = Object.getOwnPropertyDescriptor(timers[name], promisify.custom);
      if (promised) Object.defineProperty(patched, promisify.custom, promised);
      Object.assign(timers, { [name]: patched });
      Object.assign(globalThis, { [name]: patched });
    }
    process.nextTick = this.#patch(process, "nextTick") as typeof process.nextTick;
    globalThis.queueMicrotask = this.#patch(globalThis, "queueMicrotask");
    syncBuiltinESMExports();
    this.#patchEmitters();
  }

  /** Nothing runs yet: the event loop begins a turn. What an interrupt ended has not said so. */
  reset(): void {
    this.#active = undefined;
  }

  /** The cell was interrupted. */
  end(cell: number): void {
    this.#ended.set(cell, 0);
  }

  #isEnded(cell: number): boolean {
    return this.#ended.has(cell);
  }

  /**
   * What an `await` of a cell's code waits for: the value, or an interruption in a cell that was interrupted. Without it
   * a loop that awaits a file or a request would go on behind the reader's back.
   */
  readonly awaited = (value: unknown): unknown => {
    const cell = this.#active;
    if (cell === undefined || !this.#isEnded(cell)) return value;
    // Nobody else hears of what is not awaited now.
    if (value instanceof Promise) value.catch(() => {});
    const told = this.#ended.get(cell)! + 1;
    this.#ended.set(cell, told);
    return told > MOST_INTERRUPTIONS ? new Promise(() => {}) : Promise.reject(interruption());
  };

  /** Runs code as a part of a cell. */
  run<T>(cell: number, work: () => T): T {
    this.#latest = cell;
    return this.as(cell, work);
  }

  /** Runs code in the name of a cell, without making that the latest. */
  as<T>(cell: number | undefined, work: () => T): T {
    const before = this.#active;
    this.#active = cell;
    try {
      return work();
    } catch (error) {
      this.#thrown = { error, cell };
      throw error;
    } finally {
      this.#active = before;
    }
  }

  /**
   * The callback in the name of the cell that runs now. An interrupted cell's are never called, but for a timeout that
   * had been set before: somebody may wait for it.
   */
  #bound(callback: Callback, isTimeout: boolean): Callback {
    // What is no function is refused by Node itself, in its own words.
    if (typeof callback !== "function" || this.#active === undefined) return callback;
    const cell = this.#active;
    const isLate = this.#isEnded(cell);
    const run = (self: unknown, args: unknown[]) => this.as(cell, () => callback.apply(self, args));
    const isSilent = () => isLate || (!isTimeout && this.#isEnded(cell));
    return function (this: unknown, ...args) {
      return isSilent() ? timers.clearInterval(this as NodeJS.Timeout) : run(this, args);
    };
  }

  /** A function of `holder` whose first argument is called later: in the name of the cell that runs now. */
  #patch<K extends string, H extends Record<K, (callback: never, ...rest: never[]) => unknown>>(
    holder: H,
    name: K,
  ): H[K] {
    const original = holder[name] as unknown as Callback;
    const patched = (callback: Callback, ...rest: unknown[]) =>
      original.call(holder, this.#bound(callback, name === "setTimeout"), ...rest);
    return disguised(patched, original) as unknown as H[K];
  }

  /** A socket or a child process calls its listeners for no reason of a cell's; it belongs to the one that made it. */
  #patchEmitters(): void {
    const { prototype } = EventEmitter;
    const emitters = EventEmitter as unknown as { init(options?: object): void };
    const { init } = emitters;
    const { emit } = prototype;
    const stamp = (emitter: object): void => {
      if (this.#active !== undefined) Stamp.put(emitter, this.#active);
    };
    const run = (emitter: EventEmitter, args: Parameters<typeof emit>): boolean => {
      const cell = this.#active === undefined ? Stamp.cellOf(emitter) : undefined;
      if (cell === undefined) return emit.apply(emitter, args);
      const fresh = this.#isEnded(cell) ? -cell : cell;
      return this.as(fresh, () => emit.apply(emitter, args));
    };
    emitters.init = function (this: object, options) {
      stamp(this);
      init.call(this, options);
    };
    const patched = function (this: EventEmitter, ...args: Parameters<typeof emit>) {
      return run(this, args);
    };
    prototype.emit = disguised(patched, emit);
  }
}

/** A function that looks as the one in whose place it stands. */
function disguised<F extends object>(patched: F, original: { name: string; length: number }): F {
  const { name, length } = original;
  return Object.defineProperties(patched, { name: { value: name }, length: { value: length } });
}

/** The outermost cell on the stack: the one that everything else was called from. */
function cellOnStack(): number | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = DEEPEST_STACK;
  const { stack } = new Error();
  Error.stackTraceLimit = limit;
  return cellIn(stack);
}

function cellIn(stack: unknown): number | undefined {
  const last = typeof stack === "string" ? [...stack.matchAll(CELL_FRAME)].at(-1) : undefined;
  return last === undefined ? undefined : Number(last[1]);
}

/** The user's code may have made the stack anything, even a getter that throws. */
function stackOf(error: unknown): unknown {
  try {
    return (error as Partial<Error> | null)?.stack;
  } catch {
    return undefined;
  }
}
