/**
 * Which cell a piece of code belongs to, also when it runs long after that cell has ended.
 *
 * Timers remember the cell that set them, promises the cell that made them (V8's promise hooks; `AsyncLocalStorage`
 * would do the same, but Node 20 and 22 abort when an interrupt ends code inside it). What runs for another reason,
 * such as a socket's event, is recognised by the cells on its stack.
 */
import { syncBuiltinESMExports } from "node:module";
import timers from "node:timers";
import { promisify } from "node:util";
import { promiseHooks } from "node:v8";
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
  constructor(promise: object, cell: number | undefined) {
    super(promise);
    this.#cell = cell;
  }
  static cellOf(promise: object): number | undefined {
    return #cell in promise ? (promise as Stamp).#cell : undefined;
  }
}

type Callback = (...args: unknown[]) => void;

export class Attribution {
  /** The cell whose code runs, where that is known. */
  #active: number | undefined;
  /** The cell that was begun last. */
  #latest = 0;

  /** The cell that output belongs to now. */
  get cell(): number {
    return this.#active ?? cellOnStack() ?? this.#latest;
  }

  /** Makes timers and promises remember their cells. */
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
    for (const name of ["setTimeout", "setInterval", "setImmediate"] as const) this.#patch(name);
    const { nextTick } = process;
    process.nextTick = (callback: Callback, ...rest: unknown[]) =>
      nextTick(this.#bound(callback), ...rest);
    const { queueMicrotask } = globalThis;
    globalThis.queueMicrotask = (callback) => queueMicrotask(this.#bound(callback));
    syncBuiltinESMExports();
  }

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
    } finally {
      this.#active = before;
    }
  }

  #bound(callback: Callback): Callback {
    // What is no function is refused by Node itself, in its own words.
    if (typeof callback !== "function" || this.#active === undefined) return callback;
    const cell = this.#active;
    const run = (self: unknown, args: unknown[]) => this.as(cell, () => callback.apply(self, args));
    return function (this: unknown, ...args) {
      run(this, args);
    };
  }

  #patch(name: "setTimeout" | "setInterval" | "setImmediate"): void {
    const original = timers[name] as (callback: Callback, ...rest: unknown[]) => unknown;
    const patched = (callback: Callback, ...rest: unknown[]) =>
      original(this.#bound(callback), ...rest);
    const promised = Object.getOwnPropertyDescriptor(original, promisify.custom);
    if (promised) Object.defineProperty(patched, promisify.custom, promised);
    Object.defineProperty(patched, "name", { value: name });
    Object.assign(timers, { [name]: patched });
    Object.assign(globalThis, { [name]: patched });
  }
}

/** The outermost cell on the stack: the one that everything else was called from. */
function cellOnStack(): number | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = DEEPEST_STACK;
  const { stack } = new Error();
  Error.stackTraceLimit = limit;
  const last = typeof stack === "string" ? [...stack.matchAll(CELL_FRAME)].at(-1) : undefined;
  return last === undefined ? undefined : Number(last[1]);
}
