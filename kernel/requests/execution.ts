/** Runs the cells that one shell asks for, one after the other. */
import { setTimeout as pause } from "node:timers/promises";
import type { CellOutcome, Session } from "../session.js";
import type { Parent, RequestOf, Wire } from "../wire/index.js";
import type { History } from "./history.js";

export type ExecuteRequest = RequestOf<"execute_request">;

/** What the shells of one kernel share. */
export interface ExecutionParts {
  readonly wire: Wire;
  readonly session: Session;
  readonly history: History;
  /** Numbers a request, so that output that comes late still finds it. */
  register(request: ExecuteRequest): number;
  /** Publishes busy and idle around the work. */
  busy(parent: Parent, work: () => void | Promise<void>): Promise<void>;
  /** Called when a cell begins. */
  begun(request: ExecuteRequest): void;
  /** Called when a cell has ended. */
  ended(request: ExecuteRequest): void;
}

/** The number in the notebook's margin. */
export class Count {
  value = 0;
}

/** `undefined` has no bundle as a cell's value. */
const UNDEFINED = { "text/plain": "undefined" };

interface Queued {
  readonly request: ExecuteRequest;
  /** When it came, by `performance.now()`. */
  readonly arrived: number;
}

/** Cells that were sent with one that fails, as by "Run all", arrive at the latest so long after it, in milliseconds. */
const SENT_TOGETHER = 50;

export class Execution {
  readonly #parts: ExecutionParts;
  readonly #count: Count;
  #queue: Queued[] = [];
  #running = false;

  constructor(parts: ExecutionParts, count: Count) {
    this.#parts = parts;
    this.#count = count;
  }

  push(request: ExecuteRequest): void {
    this.#queue.push({ request, arrived: performance.now() });
    if (!this.#running) void this.#runQueue();
  }

  /** Cells that wait are not run; the one that runs goes on. */
  async abortQueue(): Promise<void> {
    await this.#abort(this.#takeQueue());
  }

  async #runQueue(): Promise<void> {
    this.#running = true;
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      const { request, arrived } = next;
      let aborted: Queued[] = [];
      await this.#parts.busy(request, async () => {
        aborted = await this.#execute(request, arrived);
      });
      await this.#abort(aborted);
    }
    this.#running = false;
  }

  /** Answers which of the waiting cells must not run, since this one has failed. */
  async #execute(request: ExecuteRequest, arrived: number): Promise<Queued[]> {
    const { wire, session, history } = this.#parts;
    const { code, silent } = request.content;
    // What a front end runs in silence is not the reader's: it stops none of their cells.
    const stop_on_error = request.content.stop_on_error && !silent;
    const cell = this.#parts.register(request);
    const counts = !silent && request.content.store_history;
    if (counts) this.#count.value++;
    const execution_count = this.#count.value;
    if (!silent) void wire.publish(request, "execute_input", { code, execution_count });
    const warn = (text: string): void =>
      void wire.publish(request, "stream", { name: "stderr", text });
    this.#parts.begun(request);
    const outcome = await session.execute(code, cell, execution_count, warn);
    this.#parts.ended(request);
    const result = outcome.status === "ok" ? outcome.result : undefined;
    if (counts) history.add(execution_count, code, textOf(result));
    if (outcome.status === "ok") {
      if (result !== undefined && !silent) {
        const content = { execution_count, data: result, metadata: {} };
        void wire.publish(request, "execute_result", content);
      }
      const user_expressions = await this.#evaluate(request);
      const payload: [] = [];
      const content = { status: "ok", execution_count, user_expressions, payload } as const;
      void wire.reply(request, "execute_reply", content);
      return [];
    }
    void wire.publish(request, "error", outcome.error);
    // The reply goes last: what a front end sends after it shall run.
    if (stop_on_error) await pause(Math.max(0, arrived + SENT_TOGETHER - performance.now()));
    const aborted = stop_on_error ? this.#takeQueue() : [];
    const rest = { user_expressions: {}, payload: [] };
    const content = { status: "error", execution_count, ...outcome.error, ...rest } as const;
    void wire.reply(request, "execute_reply", content);
    return aborted;
  }

  /** Values that a front end wants to know after the cell; each may fail on its own. */
  async #evaluate(request: ExecuteRequest): Promise<Record<string, unknown>> {
    const values: [name: string, value: unknown][] = [];
    for (const [name, expression] of Object.entries(request.content.user_expressions)) {
      const cell = this.#parts.register(request);
      const outcome = await this.#parts.session.evaluate(String(expression), cell);
      if (outcome.status === "error") values.push([name, { status: "error", ...outcome.error }]);
      else values.push([name, { status: "ok", data: outcome.result ?? UNDEFINED, metadata: {} }]);
    }
    return Object.fromEntries(values);
  }

  #takeQueue(): Queued[] {
    const queue = this.#queue;
    this.#queue = [];
    return queue;
  }

  async #abort(queue: readonly Queued[]): Promise<void> {
    const { wire, busy } = this.#parts;
    for (const { request } of queue) {
      const content = { status: "aborted", execution_count: this.#count.value } as const;
      await busy(request, () => wire.reply(request, "execute_reply", content));
    }
  }
}

function textOf(result: (CellOutcome & { status: "ok" })["result"]): string | null {
  const text = result?.["text/plain"];
  return typeof text === "string" ? text : null;
}
