/**
 * The protocol side of the user's thread: starts it, hands it cells, interrupts it, and starts another one when it
 * has ended.
 */
import { totalmem } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import {
  type Display,
  type Failure,
  type FromUserThread,
  INTERRUPTED,
  type ToUserThread,
  type UserThreadData,
} from "./protocol.js";
import { Terminator } from "./terminator.js";
import { type PrintedText, TextRing } from "./text-ring.js";

type Run = Omit<Extract<ToUserThread, { kind: "run" }>, "kind">;
type MimeBundle = Display["data"];

/** How a cell ended. */
export type Outcome =
  | { kind: "result"; result?: MimeBundle }
  | { kind: "failure"; failure: Failure; stateLost: boolean };

/** What the thread does besides running cells. `cell` is the number that `run` was given. */
export interface UserThreadEvents {
  text(printed: PrintedText): void;
  display(cell: number, display: Display): void;
  /** A promise was rejected, or a timer threw, and nobody caught it. */
  uncaught(cell: number, failure: Failure): void;
  /** The thread ended while no cell ran, as when a timer called `process.exit()`: all variables are lost. */
  lost(failure: Failure): void;
}

/** How long the event loop has to notice an interrupt before the code that blocks it is ended, in milliseconds. */
const GRACE = 15;
/** After this long without effect the reader is told that a native call can't be ended, in milliseconds. */
const STUCK = 2000;
/** Text that arrives in quick succession is published together, in milliseconds. */
const TEXT_PAUSE = 10;

export class UserThread {
  readonly #data: UserThreadData;
  readonly #events: UserThreadEvents;
  #worker: Worker;
  #ring: TextRing;
  #terminator: Terminator;
  #running: { cell: number; end: (outcome: Outcome) => void; interrupted: boolean } | undefined;
  #lastText = 0;
  #textTimer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(data: Omit<UserThreadData, "ring">, events: UserThreadEvents) {
    this.#data = { ...data, ring: TextRing.memory() };
    this.#events = events;
    this.#ring = new TextRing(this.#data.ring);
    this.#worker = this.#start();
    this.#terminator = new Terminator(this.#worker);
  }

  /** Runs one cell; cells are run one after the other. */
  run(cell: Run): Promise<Outcome> {
    return new Promise((resolve) => {
      this.#running = {
        cell: cell.cell,
        interrupted: false,
        end: (outcome) => {
          this.#running = undefined;
          resolve(outcome);
        },
      };
      this.#post({ kind: "run", ...cell });
    });
  }

  /**
   * Ends the running cell and keeps all variables. A second call while the first has no effect (a native call such as
   * `execSync` blocks the thread) ends the thread: the variables are lost then.
   */
  interrupt(): void {
    const running = this.#running;
    if (running === undefined) return;
    if (running.interrupted) {
      this.#replace("The cell was blocked by a native call and could not be interrupted.");
      return;
    }
    running.interrupted = true;
    this.#post({ kind: "interrupt", cell: running.cell });
    setTimeout(() => void this.#terminate(running.cell), GRACE).unref();
    setTimeout(() => this.#tellStuck(running.cell), STUCK).unref();
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#textTimer);
    await this.#worker.terminate();
  }

  #start(): Worker {
    const worker = new Worker(join(this.#data.kernelFolder, "worker.cjs"), {
      workerData: this.#data,
      // An interrupt may leave a timer's callback half done: Node would take that for a broken state and abort.
      execArgv: ["--no-force-async-hooks-checks"],
      resourceLimits: { maxOldGenerationSizeMb: Math.floor(totalmem() / 2 / (1 << 20)) },
    });
    worker.on("message", (message: FromUserThread) => this.#receive(message));
    let reason = "The code ended its own process";
    worker.on("error", (error: Error & { code?: string }) => {
      const isHeap = error.code === "ERR_WORKER_OUT_OF_MEMORY";
      reason = isHeap
        ? "The memory of the kernel was full"
        : `The kernel's thread failed (${error.message})`;
    });
    worker.on("exit", (code) => {
      if (this.#closed || worker !== this.#worker) return;
      this.#replace(`${reason}${reason.endsWith("process") ? ` (exit code ${code})` : ""}.`);
    });
    return worker;
  }

  /** Starts a new thread in place of one that has ended, or can't be reached any more. */
  #replace(why: string): void {
    const old = this.#worker;
    const running = this.#running;
    this.#flush(this.#ring.written);
    this.#data.ring = TextRing.memory();
    this.#ring = new TextRing(this.#data.ring);
    this.#worker = this.#start();
    this.#terminator = new Terminator(this.#worker);
    void old.terminate();
    const message = `${why} All variables are lost; the kernel goes on with an empty session.`;
    const failure = { name: "StateLost", message, stack: "", causes: [] };
    if (running !== undefined) running.end({ kind: "failure", failure, stateLost: true });
    else this.#events.lost(failure);
  }

  #receive(message: FromUserThread): void {
    switch (message.kind) {
      case "ready":
        return;
      case "text":
        return this.#scheduleFlush();
      case "display":
        this.#flush(message.at);
        return this.#events.display(message.cell, message.display);
      case "rejection":
        this.#flush(message.at);
        return this.#events.uncaught(message.cell, message.failure);
      case "done": {
        this.#flush(message.at);
        const running = this.#running;
        // An interrupted cell has been ended from this side.
        if (running?.cell !== message.cell) return;
        if (message.failure === undefined) running.end({ kind: "result", result: message.result });
        else running.end({ kind: "failure", failure: message.failure, stateLost: false });
      }
    }
  }

  async #terminate(cell: number): Promise<void> {
    if (this.#running?.cell !== cell) return;
    await this.#terminator.terminateExecution();
    // Past every mark: a message may never have been sent.
    this.#flush(this.#ring.written);
    const running = this.#running;
    if (running?.cell !== cell) return;
    running.end({ kind: "failure", failure: INTERRUPTED, stateLost: false });
  }

  #tellStuck(cell: number): void {
    if (this.#running?.cell !== cell) return;
    const text =
      "The cell is inside a native call that can't be interrupted. " +
      "Interrupt once more to restart the session: all variables will be lost.\n";
    this.#events.text({ cell, stream: "stderr", text });
  }

  #post(message: ToUserThread): void {
    this.#worker.postMessage(message);
  }

  /** The first text appears at once, what follows it closely appears together. */
  #scheduleFlush(): void {
    if (this.#textTimer !== undefined) return;
    const wait = this.#lastText + TEXT_PAUSE - performance.now();
    if (wait <= 0) return this.#flush();
    this.#textTimer = setTimeout(() => {
      this.#textTimer = undefined;
      this.#flush();
    }, wait);
  }

  #flush(limit?: number): void {
    this.#lastText = performance.now();
    for (const printed of this.#ring.read(limit)) this.#events.text(printed);
  }
}
