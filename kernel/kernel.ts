/** Answers the messages of a front end. */
import { CellSyntaxError, parse } from "./cell/parse.js";
import type { Display, Failure } from "./run/protocol.js";
import type { PrintedText } from "./run/text-ring.js";
import type { Session } from "./session.js";
import type { Header, ReplyContents, Request, RequestOf, Wire } from "./wire/index.js";

type ExecuteRequest = RequestOf<"execute_request">;

export interface KernelVersions {
  convlab: string;
  typescript: string;
}

export class Kernel {
  readonly #wire: Wire;
  readonly #session: Session;
  readonly #versions: KernelVersions;
  readonly #end: () => Promise<void>;
  /** The request that each cell came with: what it prints is published under it, however late. */
  readonly #parents = new Map<number, { header: Header }>();
  #queue: ExecuteRequest[] = [];
  #running = false;
  #cell = 0;
  #count = 0;

  /** @param end closes everything and ends the process */
  constructor(wire: Wire, session: Session, versions: KernelVersions, end: () => Promise<void>) {
    this.#wire = wire;
    this.#session = session;
    this.#versions = versions;
    this.#end = end;
  }

  /** Begins to serve. */
  start(): void {
    void this.#wire.publish(null, "status", { execution_state: "starting" });
    this.#wire.onShell((request) => this.#serve(request));
    this.#wire.onControl((request) => this.#serve(request));
  }

  text({ cell, stream, text }: PrintedText): void {
    const content = { name: stream, text: this.#session.readerText(text) };
    void this.#wire.publish(this.#parentOf(cell), "stream", content);
  }

  display(cell: number, { data, metadata, displayId, update }: Display): void {
    const transient = displayId === undefined ? {} : { display_id: displayId };
    const type = update ? "update_display_data" : "display_data";
    void this.#wire.publish(this.#parentOf(cell), type, { data, metadata, transient });
  }

  uncaught(cell: number, failure: Failure): void {
    const { traceback } = this.#session.describe(failure);
    this.text({ cell, stream: "stderr", text: `Uncaught ${traceback.join("\n")}\n` });
  }

  /** The variables are gone, so their names and types must be too. */
  lost(failure: Failure): void {
    this.#session.forget();
    this.uncaught(-1, failure);
  }

  #parentOf(cell: number): { header: Header } | null {
    return this.#parents.get(cell) ?? this.#parents.get(this.#cell) ?? null;
  }

  async #serve(request: Request): Promise<void> {
    if (request.type === "execute_request") {
      this.#queue.push(request);
      void this.#runQueue();
      return;
    }
    await this.#busy(request, () => this.#answer(request));
  }

  async #busy(request: Request, work: () => void | Promise<void>): Promise<void> {
    void this.#wire.publish(request, "status", { execution_state: "busy" });
    try {
      await work();
    } finally {
      void this.#wire.publish(request, "status", { execution_state: "idle" });
    }
  }

  async #runQueue(): Promise<void> {
    if (this.#running) return;
    this.#running = true;
    for (let next = this.#queue.shift(); next !== undefined; next = this.#queue.shift()) {
      const request = next;
      await this.#busy(request, () => this.#execute(request));
    }
    this.#running = false;
  }

  async #execute(request: ExecuteRequest): Promise<void> {
    const { code, silent, store_history, stop_on_error } = request.content;
    const cell = ++this.#cell;
    this.#parents.set(cell, request);
    if (!silent && store_history) this.#count++;
    const execution_count = this.#count;
    if (!silent) void this.#wire.publish(request, "execute_input", { code, execution_count });
    const outcome = await this.#session.execute(code, cell, execution_count);
    if (outcome.status === "ok") {
      if (outcome.result !== undefined && !silent) {
        const content = { execution_count, data: outcome.result, metadata: {} };
        void this.#wire.publish(request, "execute_result", content);
      }
      void this.#wire.reply(request, "execute_reply", {
        status: "ok",
        execution_count,
        user_expressions: {},
        payload: [],
      });
      return;
    }
    void this.#wire.publish(request, "error", outcome.error);
    const content = { status: "error", execution_count, ...outcome.error } as const;
    void this.#wire.reply(request, "execute_reply", content);
    if (stop_on_error) this.#abortQueue();
  }

  /** Cells that wait behind one that failed are not run. */
  #abortQueue(): void {
    const waiting = this.#queue;
    this.#queue = [];
    for (const request of waiting) {
      const content = { status: "aborted", execution_count: this.#count } as const;
      void this.#busy(request, () => this.#wire.reply(request, "execute_reply", content));
    }
  }

  async #answer(request: Request): Promise<void> {
    switch (request.type) {
      case "kernel_info_request":
        return this.#wire.reply(request, "kernel_info_reply", this.#info());
      case "is_complete_request":
        return this.#wire.reply(request, "is_complete_reply", completeness(request.content.code));
      case "complete_request": {
        const { cursor_pos } = request.content;
        return this.#wire.reply(request, "complete_reply", {
          status: "ok",
          matches: [],
          cursor_start: cursor_pos,
          cursor_end: cursor_pos,
          metadata: {},
        });
      }
      case "inspect_request":
        return this.#wire.reply(request, "inspect_reply", {
          status: "ok",
          found: false,
          data: {},
          metadata: {},
        });
      case "history_request":
        return this.#wire.reply(request, "history_reply", { status: "ok", history: [] });
      case "comm_info_request":
        return this.#wire.reply(request, "comm_info_reply", { status: "ok", comms: {} });
      case "comm_open": {
        // No cell can register a target yet: the protocol wants an unknown one closed at once.
        const { comm_id } = request.content;
        return this.#wire.publish(request, "comm_close", { comm_id, data: {} });
      }
      case "interrupt_request":
        this.#session.interrupt();
        return this.#wire.reply(request, "interrupt_reply", { status: "ok" });
      case "shutdown_request": {
        const { restart } = request.content;
        await this.#wire.reply(request, "shutdown_reply", { status: "ok", restart });
        await this.#wire.publish(request, "shutdown_reply", { status: "ok", restart });
        setImmediate(() => void this.#end());
        return;
      }
      default:
        return;
    }
  }

  #info(): ReplyContents["kernel_info_reply"] {
    const { convlab, typescript } = this.#versions;
    return {
      status: "ok",
      protocol_version: "5.5",
      implementation: "convlab",
      implementation_version: convlab,
      language_info: {
        name: "typescript",
        version: typescript,
        mimetype: "text/typescript",
        file_extension: ".ts",
        pygments_lexer: "typescript",
        codemirror_mode: "typescript",
        nbconvert_exporter: "script",
      },
      banner: `convlab ${convlab}: TypeScript ${typescript} on Node ${process.versions.node}`,
      debugger: false,
      help_links: [{ text: "TypeScript", url: "https://www.typescriptlang.org/docs/" }],
      supported_features: [],
    };
  }
}

function completeness(code: string): ReplyContents["is_complete_reply"] {
  try {
    parse(code);
    return { status: "complete" };
  } catch (error) {
    if (!(error instanceof CellSyntaxError)) throw error;
    if (!error.atEnd) return { status: "invalid" };
    const lastLine = code.trimEnd().split("\n").at(-1) ?? "";
    const indent = /^\s*/.exec(lastLine)![0] + (/[{([]$/.test(lastLine) ? "  " : "");
    return { status: "incomplete", indent };
  }
}
