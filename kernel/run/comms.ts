/** Comms as a cell has them: named channels to widgets and other parts of a front end, with binary buffers. */
import { randomUUID } from "node:crypto";
import type { CommMessage } from "./protocol.js";

type Data = Record<string, unknown>;
type Memory = ArrayBufferView | ArrayBuffer | SharedArrayBuffer;

/** What goes with the data of a message. */
export interface CommExtras {
  readonly metadata?: Data;
  /** Sent as the bytes that they are, beside the data. */
  readonly buffers?: readonly Memory[];
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
  /** Settles when the target has served the opening; what comes before it listens waits so long. */
  #served: Promise<void> | undefined;
  readonly #post: (message: CommMessage) => void;

  /** Made by {@link Comms}, by its `open` or for a target that a front end asks for. */
  constructor(
    readonly id: string,
    readonly target: string,
    post: (message: CommMessage) => void,
  ) {
    this.#post = post;
  }

  /**
   * Sends data to the other side.
   * @throws Error when the comm is closed
   * @throws TypeError when `data` or `metadata` is not JSON, or `buffers` holds what is no memory
   */
  send(data: Data = {}, extras?: CommExtras): void {
    if (!this.#open) throw new Error(`The comm to "${this.target}" is closed.`);
    this.#post(message("comm_msg", this.id, data, extras));
  }

  /** Ends the channel and tells the other side; a second call does nothing. */
  close(data: Data = {}, extras?: CommExtras): void {
    if (!this.#open) return;
    const last = message("comm_close", this.id, data, extras);
    this.#open = false;
    this.#post(last);
  }

  /** Calls `handler` for everything that the other side sends from now on. */
  onMessage(handler: CommHandler): void {
    this.#onMessage = handler;
  }

  /** Calls `handler` when the other side closes the channel. */
  onClose(handler: CommHandler): void {
    this.#onClose = handler;
  }

  /** @internal Lets the target serve the opening; one that fails closes the comm. */
  async serve(target: CommTarget, opened: CommReceived): Promise<void> {
    // A target that is no async function runs at once.
    const serving = (async () => target(this, opened))();
    this.#served = serving.catch(() => this.close());
    await serving;
  }

  /** @internal */
  async receive({ kind, ...received }: Received): Promise<void> {
    const closing = kind === "comm_close";
    if ((closing ? this.#onClose : this.#onMessage) === undefined) await this.#served;
    if (closing) this.#open = false;
    await (closing ? this.#onClose : this.#onMessage)?.(received);
  }
}

type Received = CommReceived & Pick<CommMessage, "kind">;

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

  /**
   * Lets front ends open comms to `name`; a later call for the same name takes its place.
   * @throws TypeError when `target` is no function
   */
  register(name: string, target: CommTarget): void {
    if (typeof target !== "function") {
      throw new TypeError(`registerCommTarget: wanted a function that serves "${name}".`);
    }
    this.#targets.set(name, target);
  }

  /**
   * Opens a comm to something that the front end has registered under `target`.
   * @throws TypeError as {@link Comm.send}
   */
  open(target: string, data: Data = {}, extras?: CommExtras): Comm {
    const id = randomUUID();
    const opening = { ...message("comm_open", id, data, extras), target };
    const comm = this.#add(id, target);
    this.#post(opening);
    return comm;
  }

  /** Handles a message of the front end's; what a handler throws is thrown on. */
  async receive(received: CommMessage): Promise<void> {
    const { kind, commId, target = "", data, metadata, buffers } = received;
    if (kind === "comm_open") {
      const serve = this.#targets.get(target);
      // The protocol wants the comm of an unknown target closed at once.
      if (serve === undefined) return this.#post(message("comm_close", commId, {}));
      return this.#add(commId, target).serve(serve, { data, metadata, buffers });
    }
    const comm = this.#open.get(commId);
    if (kind === "comm_close") this.#open.delete(commId);
    await comm?.receive({ kind, data, metadata, buffers });
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

/** What is sent is what the values are now: what the cell does to them later changes nothing. */
function message(
  kind: CommMessage["kind"],
  commId: string,
  data: Data,
  { metadata = {}, buffers = [] }: CommExtras = {},
): CommMessage {
  return {
    kind,
    commId,
    data: jsonObject("data", data),
    metadata: jsonObject("metadata", metadata),
    buffers: buffers.map(bytesOf),
  };
}

function jsonObject(what: string, value: Data): Data {
  const text = JSON.stringify(value);
  if (!text?.startsWith("{")) {
    throw new TypeError(`The ${what} of a comm's message is a plain object; this is ${text}.`);
  }
  return JSON.parse(text);
}

function bytesOf(memory: Memory): Uint8Array {
  const bytes = ArrayBuffer.isView(memory)
    ? new Uint8Array(memory.buffer, memory.byteOffset, memory.byteLength)
    : memory instanceof ArrayBuffer || memory instanceof SharedArrayBuffer
      ? new Uint8Array(memory)
      : undefined;
  if (bytes === undefined) {
    throw new TypeError("`buffers` of a comm's message holds typed arrays or array buffers.");
  }
  // A copy of the very bytes: a view would take its whole buffer with it.
  return Uint8Array.from(bytes);
}
