/** Answers the messages of a front end. */
import { Comms } from "./requests/comms.js";
import { completeness } from "./requests/completeness.js";
import { completeReply, inspectReply } from "./requests/completion.js";
import { Count, type ExecuteRequest, Execution } from "./requests/execution.js";
import { History } from "./requests/history.js";
import { type KernelVersions, kernelInfo } from "./requests/kernel-info.js";
import { Parents } from "./requests/parents.js";
import { Stdin } from "./requests/stdin.js";
import { Subshells } from "./requests/subshells.js";
import {
  type CommMessage,
  type Display,
  type Failure,
  INTERRUPTED,
  type InputAnswer,
} from "./run/protocol.js";
import type { PrintedText } from "./run/text-ring.js";
import type { UserThreadEvents } from "./run/user-thread-events.js";
import type { Session } from "./session.js";
import type { Parent, Request, Wire } from "./wire/index.js";

export class Kernel implements UserThreadEvents {
  readonly #wire: Wire;
  readonly #session: Session;
  readonly #versions: KernelVersions;
  readonly #end: () => Promise<void>;
  readonly #parents = new Parents();
  readonly #history = new History();
  readonly #comms: Comms;
  readonly #stdin: Stdin;
  readonly #shells: Subshells;
  /** How many requests are being served. */
  #serving = 0;

  /** @param end closes everything and ends the process */
  constructor(wire: Wire, session: Session, versions: KernelVersions, end: () => Promise<void>) {
    this.#wire = wire;
    this.#session = session;
    this.#versions = versions;
    this.#end = end;
    this.#comms = new Comms(wire);
    this.#stdin = new Stdin(wire);
    const count = new Count();
    const parts = {
      wire,
      session,
      history: this.#history,
      register: (request: ExecuteRequest) => this.#parents.add(request),
      busy: (parent: Parent, work: () => void | Promise<void>) => this.#busy(parent, work),
      begun: (request: ExecuteRequest) => this.#stdin.begin(request),
      ended: (request: ExecuteRequest) => this.#stdin.end(request),
    };
    this.#shells = new Subshells(() => new Execution(parts, count));
  }

  /** Begins to serve. */
  start(): void {
    void this.#wire.publish(null, "status", { execution_state: "starting" });
    this.#wire.onShell((request) => this.#serve(request));
    this.#wire.onControl((request) => this.#serve(request));
  }

  text({ cell, stream, text }: PrintedText): Promise<void> {
    const content = { name: stream, text: this.#session.readerText(text) };
    return this.#wire.publish(this.#parents.of(cell), "stream", content);
  }

  display(cell: number, { data, metadata, displayId, update }: Display): Promise<void> {
    const transient = displayId === undefined ? {} : { display_id: displayId };
    const type = update ? "update_display_data" : "display_data";
    return this.#wire.publish(this.#parents.of(cell), type, { data, metadata, transient });
  }

  clear(cell: number, wait: boolean): Promise<void> {
    return this.#wire.publish(this.#parents.of(cell), "clear_output", { wait });
  }

  comm(cell: number, message: CommMessage): Promise<void> {
    return this.#comms.publish(this.#parents.of(cell), message);
  }

  async input(cell: number, prompt: string, password: boolean): Promise<InputAnswer> {
    const asking = this.#parents.of(cell);
    // Only a cell has a front end that waits for its questions.
    if (asking?.type !== "execute_request") return { refused: "ended" };
    return this.#stdin.ask(asking, prompt, password);
  }

  uncaught(cell: number, failure: Failure): Promise<void> {
    const { traceback } = this.#session.describe(failure);
    // What was thrown and is no error is called so already.
    const prefix = failure.name === "Uncaught" ? "" : "Uncaught ";
    return this.text({ cell, stream: "stderr", text: `${prefix}${traceback.join("\n")}\n` });
  }

  /** The variables are gone, so their names and types must be too. */
  lost(failure: Failure, told: boolean): void {
    this.#session.forget();
    this.#comms.forget();
    if (!told) void this.uncaught(-1, failure);
  }

  async #serve(request: Request): Promise<void> {
    const shell = this.#shells.of(request.header.subshell_id);
    if (request.type === "execute_request" && shell !== undefined) return shell.push(request);
    await this.#busy(request, () => this.#answer(request)).catch((error: Error) => {
      // A fault of ours: whoever asked hears of it, and waits no longer.
      process.stderr.write(`convlab: ${request.type} failed: ${error.stack}\n`);
      if (!request.type.endsWith("_request")) return;
      const type = request.type.replace("_request", "_reply") as "interrupt_reply";
      const { name: ename, message: evalue } = error;
      return this.#wire.reply(request, type, {
        status: "error",
        ename,
        evalue,
        traceback: [evalue],
      });
    });
  }

  async #busy(parent: Parent, work: () => void | Promise<void>): Promise<void> {
    this.#serving++;
    void this.#wire.publish(parent, "status", { execution_state: "busy" });
    try {
      await work();
    } finally {
      this.#serving--;
      void this.#wire.publish(parent, "status", { execution_state: "idle" });
      // Front ends show the last state that they hear of: a cell that still runs must not look idle.
      if (this.#serving > 0) void this.#wire.publish(null, "status", { execution_state: "busy" });
    }
  }

  async #answer(request: Request): Promise<void> {
    const wire = this.#wire;
    switch (request.type) {
      case "kernel_info_request":
        return wire.reply(request, "kernel_info_reply", kernelInfo(this.#versions));
      case "execute_request": {
        const { subshell_id: id } = request.header;
        return wire.reply(request, "execute_reply", noSuchSubshell(String(id)));
      }
      case "is_complete_request":
        return wire.reply(request, "is_complete_reply", completeness(request.content.code));
      case "complete_request": {
        const reply = await completeReply(this.#session, request.content);
        return wire.reply(request, "complete_reply", reply);
      }
      case "inspect_request": {
        const reply = await inspectReply(this.#session, request.content);
        return wire.reply(request, "inspect_reply", reply);
      }
      case "history_request":
        return wire.reply(request, "history_reply", this.#history.answer(request.content));
      case "comm_info_request": {
        const reply = this.#comms.info(request.content.target_name);
        return wire.reply(request, "comm_info_reply", reply);
      }
      case "comm_open":
      case "comm_msg":
      case "comm_close": {
        const cell = this.#parents.add(request);
        const failure = await this.#session.comm(cell, this.#comms.received(request));
        if (failure !== undefined && failure.name !== INTERRUPTED.name)
          void this.uncaught(cell, failure);
        this.#parents.served(cell);
        return;
      }
      case "create_subshell_request": {
        const content = { status: "ok", subshell_id: this.#shells.create() } as const;
        return wire.reply(request, "create_subshell_reply", content);
      }
      case "delete_subshell_request": {
        const { subshell_id: id } = request.content;
        const known = await this.#shells.delete(id);
        const reply = known ? ({ status: "ok" } as const) : noSuchSubshell(id);
        return wire.reply(request, "delete_subshell_reply", reply);
      }
      case "list_subshell_request": {
        const content = { status: "ok", subshell_id: this.#shells.ids } as const;
        return wire.reply(request, "list_subshell_reply", content);
      }
      case "interrupt_request":
        this.#session.interrupt();
        return wire.reply(request, "interrupt_reply", { status: "ok" });
      case "shutdown_request": {
        const content = { status: "ok", restart: request.content.restart } as const;
        await wire.reply(request, "shutdown_reply", content);
        // Not waited for: a front end may take nothing any more.
        void wire.publish(request, "shutdown_reply", content);
        setImmediate(() => void this.#end());
        return;
      }
      case "input_reply":
        return; // Belongs on stdin; nobody waits for it here.
    }
  }
}

function noSuchSubshell(id: string): {
  status: "error";
  execution_count: number;
  ename: string;
  evalue: string;
  traceback: string[];
} {
  const evalue = `There is no subshell ${JSON.stringify(id)}.`;
  return {
    status: "error",
    execution_count: 0,
    ename: "SubshellError",
    evalue,
    traceback: [evalue],
  };
}
