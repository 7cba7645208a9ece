/**
 * The protocol side of the user's thread: starts it, hands it cells, interrupts it, and starts another one when it
 * has ended.
 */
import { totalmem } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import {
  type CommMessage,
  type Display,
  type Failure,
  type FromUserThread,
  INTERRUPTED,
  type InputAnswer,
  type Questions,
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
  clear(cell: number, wait: boolean): void;
  comm(cell: number, message: CommMessage): void;
  /** A cell asks for a line. */
  input(cell: number, prompt: string, password: boolean): Promise<InputAnswer>;
  /** A promise was rejected, or a timer threw, and nobody caught it. */
  uncaught(cell: number, failure: Failure): void;
  /** The thread has ended, and with it all variables. `told` when a cell ran, whose error says so. */
  lost(failure: Failure, told: boolean): void;
}

interface Running {
  end(outcome: Outcome): void;
  /** Set when the cell is interrupted; `stuck` when that had no effect for a while. */
  interrupted: boolean;
  stuck: boolean;
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
  /** More than one where a subshell runs cells beside the main shell's. */
  readonly #running = new Map<number, Running>();
  readonly #asked = new Map<number, (answer: unknown) => void>();
  #questions = 0;
  #lastText = 0;
  #textTimer: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(data: Omit<UserThreadData, "ring" | "interrupted">, events: UserThreadEvents) {
    this.#data = {
      ...data,
      ring: TextRing.memory(),
      interrupted: new SharedArrayBuffer(4),
    };
    this.#events = events;
    this.#ring = new TextRing(this.#data.ring);
    this.#worker = this.#start();
    this.#terminator = new Terminator(this.#worker);
  }

  get busy(): boolean {
    return this.#running.size > 0;
  }

  /** Runs one cell. */
  run(cell: Run): Promise<Outcome> {
    return this.#begin({ kind: "run", ...cell });
  }

  /** Hands a front end's comm message to the cells, which handle it under a number of its own. */
  comm(cell: number, message: CommMessage): Promise<Outcome> {
    return this.#begin({ kind: "comm", cell, message });
  }

  #begin(order: Extract<ToUserThread, { kind: "run" | "comm" }>): Promise<Outcome> {
    return new Promise((resolve) => {
      const end = (outcome: Outcome): void => {
        this.#running.delete(order.cell);
        resolve(outcome);
      };
      this.#running.set(order.cell, { end, interrupted: false, stuck: false });
      this.#post(order);
    });
  }

  /** Asks the thread, which answers when its code lets it; `undefined` when the thread ends before. */
  ask<Q extends keyof Questions>(
    about: Q,
    question: Questions[Q]["question"],
  ): Promise<Questions[Q]["answer"] | undefined> {
    return new Promise((resolve) => {
      const id = ++this.#questions;
      this.#asked.set(id, resolve as (answer: unknown) => void);
      this.#post({ kind: "ask", id, about, ...question } as ToUserThread);
    });
  }

  /**
   * Ends what runs and keeps all variables. Where that had no effect (a native call such as `execSync` blocks the
   * thread), a second call ends the thread: the variables are lost then.
   */
  interrupt(): void {
    // A timer may be busy although no cell runs.
    if (this.#running.size === 0) void this.#terminator.terminateExecution();
    const latest = Math.max(0, ...this.#running.keys());
    Atomics.store(new Int32Array(this.#data.interrupted), 0, latest);
    for (const [cell, running] of this.#running) {
      if (running.stuck) {
        return this.#replace("The cell was blocked by a native call and could not be interrupted.");
      }
      if (running.interrupted) continue;
      running.interrupted = true;
      this.#post({ kind: "interrupt", cell });
      setTimeout(() => void this.#terminate(cell), GRACE).unref();
      setTimeout(() => this.#tellStuck(cell), STUCK).unref();
    }
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
    this.#flush(this.#ring.written);
    this.#data.ring = TextRing.memory();
    this.#ring = new TextRing(this.#data.ring);
    this.#worker = this.#start();
    this.#terminator = new Terminator(this.#worker);
    void old.terminate();
    for (const answer of this.#asked.values()) answer(undefined);
    this.#asked.clear();
    const message = `${why} All variables are lost; the kernel goes on with an empty session.`;
    const failure = { name: "StateLost", message, stack: "", causes: [] };
    this.#events.lost(failure, this.#running.size > 0);
    for (const { end } of this.#running.values())
      end({ kind: "failure", failure, stateLost: true });
  }

  #receive(message: FromUserThread): void {
    if ("at" in message) this.#flush(message.at);
    switch (message.kind) {
      case "ready":
        return;
      case "text":
        return this.#scheduleFlush();
      case "display":
        return this.#events.display(message.cell, message.display);
      case "clear":
        return this.#events.clear(message.cell, message.wait);
      case "comm":
        return this.#events.comm(message.cell, message.message);
      case "input":
        void this.#askReader(message);
        return;
      case "answer":
        this.#asked.get(message.id)?.(message.answer);
        this.#asked.delete(message.id);
        return;
      case "rejection":
        return this.#events.uncaught(message.cell, message.failure);
      case "done": {
        // An interrupted cell may have been ended from this side.
        const running = this.#running.get(message.cell);
        if (message.failure === undefined) running?.end({ kind: "result", result: message.result });
        else running?.end({ kind: "failure", failure: message.failure, stateLost: false });
      }
    }
  }

  async #askReader(asked: Extract<FromUserThread, { kind: "input" }>): Promise<void> {
    const worker = this.#worker;
    const answer = await this.#events.input(asked.cell, asked.prompt, asked.password);
    if (worker === this.#worker) this.#post({ kind: "input", id: asked.id, answer });
  }

  async #terminate(cell: number): Promise<void> {
    if (!this.#running.has(cell)) return;
    await this.#terminator.terminateExecution();
    // Past every mark: a message may never have been sent.
    this.#flush(this.#ring.written);
    this.#running.get(cell)?.end({ kind: "failure", failure: INTERRUPTED, stateLost: false });
  }

  #tellStuck(cell: number): void {
    const running = this.#running.get(cell);
    if (running === undefined) return;
    running.stuck = true;
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
