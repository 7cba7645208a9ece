/**
 * One life of the thread that runs user code: its Worker, the memory that both threads share, and what watches over it
 * from here. What the thread prints and sends arrives in order.
 */
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { heapLimit, MemoryGuard } from "./memory-limit.js";
import type { FromUserThread, ToUserThread, UserThreadData } from "./protocol.js";
import type { Rescue } from "./rescue.js";
import { SendWindow } from "./send-window.js";
import { TextPace } from "./text-pace.js";
import { type PrintedText, TextRing } from "./text-ring.js";
import { ThreadInspector } from "./thread-inspector.js";

/** What the thread is given, but for the memory that is made here. */
export type WorkerSetUp = Omit<UserThreadData, "ring" | "window">;

/** Each resolves when what it was given has left the kernel. */
export interface UserWorkerEvents {
  text(printed: PrintedText): void | Promise<void>;
  message(message: FromUserThread): void | Promise<void>;
  /** The thread has ended, or is about to; it will not be heard of again. `why` is a sentence. */
  ended(why: string): void;
}

/** Text that arrives in quick succession is published together, in milliseconds. */
const TEXT_PAUSE = 10;
/** A thread that can't be freed in this time is inside a native call, and takes what is sent after it; in milliseconds. */
const LONGEST_HOLD = 1000;

export class UserWorker {
  readonly #events: UserWorkerEvents;
  readonly #worker: Worker;
  readonly #ring: TextRing;
  readonly #window: SendWindow;
  readonly #inspector: ThreadInspector;
  readonly #guard: MemoryGuard;
  readonly #full: string;
  #lastText = 0;
  readonly #pace = new TextPace();
  #textTimer: NodeJS.Timeout | undefined;
  /** Text is on its way out: what comes meanwhile waits in the ring, and who prints still more waits too. */
  #publishing = false;
  #more = false;
  /** What waits until nothing is being terminated. */
  #held: ToUserThread[] | undefined;
  #terminations = 0;
  #over = false;

  /** @param memory how much the whole process may take, in megabytes */
  constructor(setUp: WorkerSetUp, memory: number, events: UserWorkerEvents) {
    this.#events = events;
    const data: UserThreadData = {
      ...setUp,
      ring: TextRing.memory(),
      window: SendWindow.memory(),
    };
    this.#ring = new TextRing(data.ring);
    this.#window = new SendWindow(data.window);
    this.#worker = new Worker(join(data.kernelFolder, "worker.cjs"), {
      workerData: data,
      // An interrupt may leave a timer's callback half done: Node would take that for a broken state and abort.
      execArgv: ["--no-force-async-hooks-checks"],
      resourceLimits: { maxOldGenerationSizeMb: heapLimit(memory) },
    });
    this.#inspector = new ThreadInspector(this.#worker);
    this.#full = `The memory was full: this kernel may take ${memory} MB (CONVLAB_MEMORY sets the limit).`;
    this.#guard = new MemoryGuard(memory, () => this.#end(this.#full));
    this.#listen();
  }

  post(message: ToUserThread): void {
    if (this.#held === undefined) this.#worker.postMessage(message);
    else this.#held.push(message);
  }

  /** Ends the JavaScript that runs; resolves when the thread is free, which a native call can prevent for ever. */
  async terminateExecution(rescues?: readonly Rescue[]): Promise<void> {
    // What was to be ended may end by itself before; what is sent now would be ended in its place.
    this.#held ??= [];
    this.#terminations++;
    const ended = this.#inspector.terminateExecution(rescues);
    const late = new Promise((resolve) => setTimeout(resolve, LONGEST_HOLD).unref());
    void Promise.race([ended, late]).then(() => {
      if (--this.#terminations > 0) return;
      const held = this.#held ?? [];
      this.#held = undefined;
      for (const message of held) this.#worker.postMessage(message);
    });
    await ended;
  }

  /** Passes on all text, past every mark: the message that a mark stands for may never have been sent. */
  flush(): void {
    this.#publish(this.#ring.written);
  }

  /** Ends the thread when the memory is full, from now on; `before` as in {@link MemoryGuard.start}. */
  watchMemory(before?: number): void {
    this.#guard.start(before);
  }

  /** Ends the thread, which is not heard of again; resolves when it is gone. */
  async close(): Promise<void> {
    this.#over = true;
    this.#guard.stop();
    clearTimeout(this.#textTimer);
    await this.#worker.terminate();
    this.#inspector.close();
  }

  #listen(): void {
    this.#worker.on("message", (message: FromUserThread) => this.#receive(message));
    let reason: string | undefined;
    this.#worker.on("error", (error: Error & { code?: string }) => {
      const isHeap = error.code === "ERR_WORKER_OUT_OF_MEMORY";
      reason = isHeap ? this.#full : `The kernel's thread failed (${error.message}).`;
    });
    this.#worker.on("exit", (code) =>
      this.#end(reason ?? `The code ended its own process (exit code ${code}).`),
    );
  }

  #end(why: string): void {
    if (this.#over) return;
    this.flush();
    this.#events.ended(why);
  }

  #receive(message: FromUserThread): void {
    if (this.#over) return;
    if (message.kind === "text") return this.#scheduleText();
    if ("at" in message) this.#publish(message.at);
    const sent = this.#events.message(message);
    if (WINDOWED.has(message.kind)) void Promise.resolve(sent).then(() => this.#window.taken());
  }

  /** The first text appears at once, what follows it closely appears together. */
  #scheduleText(): void {
    this.#more = true;
    if (this.#textTimer !== undefined || this.#publishing || this.#over) return;
    const soonest = this.#lastText + TEXT_PAUSE - performance.now();
    const wait = Math.max(soonest, this.#pace.pause);
    if (wait <= 0) return this.#publishText();
    this.#textTimer = setTimeout(() => {
      this.#textTimer = undefined;
      this.#publishText();
    }, wait);
  }

  #publishText(): void {
    this.#publishing = true;
    this.#more = false;
    void this.#publish().then(() => {
      this.#publishing = false;
      if (this.#more) this.#scheduleText();
    });
  }

  /** @param limit how far the ring is read; see {@link TextRing.read} */
  async #publish(limit?: number): Promise<void> {
    this.#lastText = performance.now();
    const printed = this.#ring.read(limit);
    for (const { text } of printed) this.#pace.passed(text.length);
    await Promise.all(printed.map((one) => this.#events.text(one)));
  }
}

/** Messages that the thread may not send without end (see {@link SendWindow}). */
const WINDOWED: ReadonlySet<FromUserThread["kind"]> = new Set<FromUserThread["kind"]>([
  "display",
  "comm",
  "clear",
  "input",
  "rejection",
]);
