/**
 * The protocol side of the user's thread: hands it cells, interrupts it, and starts another one when it has ended.
 */
import { endChildProcesses } from "./child-processes.js";
import { InterruptMarks } from "./interrupt-marks.js";
import { memoryLimit } from "./memory-limit.js";
import {
  type CommMessage,
  type FromUserThread,
  INTERRUPTED,
  type Questions,
  type ToUserThread,
} from "./protocol.js";
import type { Rescue } from "./rescue.js";
import { terminate } from "./termination.js";
import type { Outcome, UserThreadEvents } from "./user-thread-events.js";
import { UserWorker, type WorkerSetUp } from "./user-worker.js";

type Run = Omit<Extract<ToUserThread, { kind: "run" }>, "kind">;
interface Running {
  /** Saves what a loop has reached, where the order is a cell. */
  rescue?: Rescue;
  end(outcome: Outcome): void;
  /** Set when the cell is interrupted: to be called when the thread has answered, or the cell has ended. */
  answered?: () => void;
  reached?: readonly string[];
  /** Set when an interrupt had no effect for a while. */
  stuck: boolean;
}

/** How long the event loop has to notice an interrupt before the code that blocks it is ended, in milliseconds. */
const GRACE = 15;
/** After this long without effect the reader is told that a native call can't be ended, in milliseconds. */
const STUCK = 2000;
export class UserThread {
  readonly #setUp: WorkerSetUp;
  readonly #events: UserThreadEvents;
  readonly #interrupts: InterruptMarks;
  readonly #memory: number;
  #worker: UserWorker;
  /** More than one where a subshell runs cells beside the main shell's. */
  readonly #running = new Map<number, Running>();
  readonly #asked = new Map<number, (answer: unknown) => void>();
  #questions = 0;
  #closed = false;
  /** The process of the kernel's own that user code did not start. */
  #ownProcess: () => number | undefined = () => undefined;

  constructor(setUp: Omit<WorkerSetUp, "interrupts">, events: UserThreadEvents) {
    this.#setUp = { ...setUp, interrupts: InterruptMarks.memory() };
    this.#interrupts = new InterruptMarks(this.#setUp.interrupts);
    this.#events = events;
    this.#memory = memoryLimit(process.env.CONVLAB_MEMORY, (line) => {
      process.stderr.write(`convlab: ${line}\n`);
    });
    this.#worker = this.#start();
    this.#worker.watchMemory();
  }

  get busy(): boolean {
    return this.#running.size > 0;
  }

  /** Processes are ended with the thread that a native call blocks, but for this one. */
  spare(ownProcess: () => number | undefined): void {
    this.#ownProcess = ownProcess;
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
        this.#running.get(order.cell)?.answered?.();
        this.#running.delete(order.cell);
        resolve(outcome);
      };
      const { kind, cell } = order;
      const rescue = kind === "run" ? { file: order.file, expression: order.rescue } : undefined;
      this.#running.set(cell, { end, stuck: false, rescue });
      this.#worker.post(order);
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
      this.#worker.post({ kind: "ask", id, about, ...question } as ToUserThread);
    });
  }

  /**
   * Ends what runs and keeps all variables. Where that had no effect (a native call such as `execSync` blocks the
   * thread), a second call ends the thread: the variables are lost then.
   */
  interrupt(): void {
    // A timer may be busy although no cell runs.
    if (this.#running.size === 0) return this.#free();
    const latest = Math.max(...this.#running.keys());
    this.#interrupts.interrupt(latest);
    for (const running of this.#running.values()) {
      if (running.stuck) {
        // The call returns at last, where it waits for a process.
        endChildProcesses(this.#ownProcess());
        return this.#replace("The cell was blocked by a native call and could not be interrupted.");
      }
    }
    const interrupted = new Map<number, Running>();
    const answers: Promise<void>[] = [];
    for (const [cell, running] of this.#running) {
      if (running.answered !== undefined) continue;
      interrupted.set(cell, running);
      answers.push(
        new Promise((resolve) => {
          running.answered = resolve;
        }),
      );
      this.#worker.post({ kind: "interrupt", cell });
      setTimeout(() => this.#tellStuck(cell, running), STUCK).unref();
    }
    if (interrupted.size === 0) return;
    setTimeout(() => void this.#terminate(interrupted, Promise.all(answers)), GRACE).unref();
  }

  async close(): Promise<void> {
    this.#closed = true;
    await this.#worker.close();
  }

  #start(): UserWorker {
    const worker: UserWorker = new UserWorker(this.#setUp, this.#memory, {
      text: (printed) => this.#events.text(printed),
      message: (message) => this.#receive(message),
      ended: (why) => {
        if (!this.#closed && worker === this.#worker) this.#replace(why);
      },
    });
    return worker;
  }

  /** Starts a new thread in place of one that has ended, or can't be reached any more. */
  #replace(why: string): void {
    const old = this.#worker;
    old.flush();
    const fresh = this.#start();
    this.#worker = fresh;
    // The old one's memory is full until it is gone.
    void old.close().then(() => fresh.watchMemory(process.memoryUsage.rss()));
    for (const answer of this.#asked.values()) answer(undefined);
    this.#asked.clear();
    const message = `${why} All variables are lost; the kernel goes on with an empty session.`;
    const failure = { name: "StateLost", message, stack: "", causes: [] };
    this.#events.lost(failure, this.#running.size > 0);
    for (const { end } of this.#running.values())
      end({ kind: "failure", failure, stateLost: true });
  }

  #receive(message: FromUserThread): void | Promise<void> {
    switch (message.kind) {
      case "display":
        return this.#events.display(message.cell, message.display);
      case "clear":
        return this.#events.clear(message.cell, message.wait);
      case "comm":
        return this.#events.comm(message.cell, message.message);
      case "input":
        return this.#askReader(message);
      case "rejection":
        return this.#events.uncaught(message.cell, message.failure);
      case "answer":
        for (const [id, answer] of this.#asked) {
          if (id > message.id) break;
          this.#asked.delete(id);
          // Answers come in order: an earlier question was lost when the thread was interrupted.
          answer(id === message.id ? message.answer : undefined);
        }
        return;
      case "interrupted": {
        const running = this.#running.get(message.cell);
        if (running === undefined) return;
        running.reached = message.reached;
        return running.answered?.();
      }
      case "done": {
        // An interrupted cell may have been ended from this side.
        const running = this.#running.get(message.cell);
        if (message.failure === undefined) running?.end({ kind: "result", result: message.result });
        else {
          const { failure } = message;
          running?.end({ kind: "failure", failure, stateLost: false, reached: running.reached });
        }
      }
    }
  }

  async #askReader(asked: Extract<FromUserThread, { kind: "input" }>): Promise<void> {
    const worker = this.#worker;
    const answer = await this.#events.input(asked.cell, asked.prompt, asked.password);
    if (worker === this.#worker) worker.post({ kind: "input", id: asked.id, answer });
  }

  #free(): void {
    const worker = this.#worker;
    // A message that the ended code was about to send never comes: its mark must hold back no text.
    void worker.terminateExecution().then(() => worker.flush());
  }

  /**
   * Ends the code that blocks the thread, once for all cells that were interrupted together: there is one stack.
   * @param answered resolves when the thread has answered for each, or it has ended
   */
  async #terminate(
    interrupted: ReadonlyMap<number, Running>,
    answered: Promise<unknown>,
  ): Promise<void> {
    const left = (): [number, Running][] =>
      [...interrupted].filter(([cell, running]) => this.#running.get(cell) === running);
    const latest = Math.max(...interrupted.keys());
    const worker = this.#worker;
    await terminate({
      terminate: () => worker.terminateExecution(left().flatMap(([, { rescue }]) => rescue ?? [])),
      isOver: () => left().length === 0,
      hasHeard: () => this.#interrupts.hasHeard(latest),
      answered,
    });
    if (left().length === 0) return;
    worker.flush();
    for (const [, { end, reached }] of left()) {
      end({ kind: "failure", failure: INTERRUPTED, stateLost: false, reached });
    }
  }

  #tellStuck(cell: number, running: Running): void {
    if (this.#running.get(cell) !== running) return;
    running.stuck = true;
    const text =
      "The cell is inside a native call that can't be interrupted. " +
      "Interrupt once more to restart the session: all variables will be lost.\n";
    void this.#events.text({ cell, stream: "stderr", text });
  }
}
