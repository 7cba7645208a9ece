/** Comms as a cell has them: named channels to widgets and other parts of a front end, with binary buffers. */
import { randomUUID } from "node:crypto";
import type { CommMessage } from "./protocol.js";

type Data = Record<string, unknown>;

/** What goes with the data of a message. */
export interface CommExtras {
  readonly metadata?: Data;
  readonly buffers?: readonly Uint8Array[];
}

/** What a comm's other side has sent. */
export interface CommReceived {
  readonly data: Data;
  readonly metadata: Data;
  readonly buffers: readonly Uint8Array[];
}

export type CommHandler = (message: CommReceived) => void | Promise<void>;

/** One open channel. */
export class Comm {
  #onMessage: CommHandler | undefined;
  #onClose: CommHandler | undefined;
  #open = true;

  /** Made by {@link Comms}, by its `open` or for a target that a front end asks for. */
  constructor(
    readonly id: string,
    readonly target: string,
    readonly post: (message: CommMessage) => void,
  ) {}

  /**
   * Sends data to the other side.
   * @throws Error when the comm is closed
   */
  send(data: Data = {}, extras?: CommExtras): void {
    if (!this.#open) throw new Error(`The comm to "${this.target}" is closed.`);
    this.post(message("comm_msg", this.id, data, extras));
  }

  /** Ends the channel and tells the other side; a second call does nothing. */
  close(data: Data = {}, extras?: CommExtras): void {
    if (!this.#open) return;
    this.#open = false;
    this.post(message("comm_close", this.id, data, extras));
  }

  /** Calls `handler` for everything that the other side sends from now on. */
  onMessage(handler: CommHandler): void {
    this.#onMessage = handler;
  }

  /** Calls `handler` when the other side closes the channel. */
  onClose(handler: CommHandler): void {
    this.#onClose = handler;
  }

  /** @internal */
  async receive({ kind, data, metadata, buffers }: CommMessage): Promise<void> {
    const received = { data, metadata, buffers };
    if (kind !== "comm_close") return this.#onMessage?.(received);
    this.#open = false;
    await this.#onClose?.(received);
  }
}

/** Serves the comms that a front end opens for a target. */
export type CommTarget = (comm: Comm, opened: CommReceived) => void | Promise<void>;

export class Comms {
  readonly #post: (message: CommMessage) => void;
  readonly #targets = new Map<string, CommTarget>();
  readonly #open = new Map<string, Comm>();

  /** @param post sends a message to the front end */
  constructor(post: (message: CommMessage) => void) {
    this.#post = post;
  }

  /** Lets front ends open comms to `name`; a later call for the same name takes its place. */
  register(name: string, target: CommTarget): void {
    this.#targets.set(name, target);
  }

  /** Opens a comm to something that the front end has registered under `target`. */
  open(target: string, data: Data = {}, extras?: CommExtras): Comm {
    const comm = this.#add(randomUUID(), target);
    this.#post({ ...message("comm_open", comm.id, data, extras), target });
    return comm;
  }

  /** Handles a message of the front end's; what a handler throws is thrown on. */
  async receive(received: CommMessage): Promise<void> {
    const { kind, commId, target = "" } = received;
    if (kind === "comm_open") {
      const serve = this.#targets.get(target);
      // The protocol wants the comm of an unknown target closed at once.
      if (serve === undefined) return this.#post(message("comm_close", commId, {}));
      return serve(this.#add(commId, target), received);
    }
    const comm = this.#open.get(commId);
    if (kind === "comm_close") this.#open.delete(commId);
    await comm?.receive(received);
  }

  #add(id: string, target: string): Comm {
    const comm = new Comm(id, target, (sent) => {
      if (sent.kind === "comm_close") this.#open.delete(id);
      this.#post(sent);
    });
    this.#open.set(id, comm);
    return comm;
  }
}

function message(
  kind: CommMessage["kind"],
  commId: string,
  data: Data,
  { metadata = {}, buffers = [] }: CommExtras = {},
): CommMessage {
  return { kind, commId, data, metadata, buffers: [...buffers] };
}
