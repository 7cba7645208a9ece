/** The five sockets of a kernel, and the one door through which messages come and go. */
import { randomBytes } from "node:crypto";
import { userInfo } from "node:os";
import { Reply, Router } from "zeromq";
import { address, type ConnectionInfo } from "./connection.js";
import { type IopubContents, PROTOCOL_VERSION, type ReplyContents } from "./contents.js";
import { BadMessage, decode, encode } from "./frames.js";
import type { Channel, Extras, Header, Parent, Request, RequestOf } from "./messages.js";
import { Publisher } from "./publisher.js";
import { SendQueue } from "./queue.js";
import { Signer } from "./signature.js";

/** Called for each request, in the order of arrival; what it throws is logged, never fatal. */
export type Handler = (request: Request) => void | Promise<void>;

/** How long messages may still be on their way out after `close`, in milliseconds. */
const LINGER = 1000;

export class Wire {
  /** Names this kernel process in every header it sends. */
  readonly session = randomBytes(16).toString("hex");
  readonly #username = username();
  readonly #signer: Signer;
  readonly #routers: Record<Channel, Router>;
  readonly #iopub = new Publisher(LINGER);
  readonly #heartbeat = new Reply({ linger: 0 });
  readonly #queues: Record<Channel | "iopub", SendQueue>;
  /** JSON of parents already sent: 20,000 lines of one cell share one. */
  readonly #parents = new WeakMap<Header, string>();
  #sent = 0;
  #closed = false;

  private constructor(connection: ConnectionInfo) {
    this.#signer = new Signer(connection);
    // A front end that reconnects keeps its identity: hand over to the newer peer.
    const router = (): Router =>
      new Router({ sendHighWaterMark: 0, linger: LINGER, handover: true });
    this.#routers = { shell: router(), control: router(), stdin: router() };
    this.#queues = {
      shell: new SendQueue(this.#routers.shell),
      control: new SendQueue(this.#routers.control),
      stdin: new SendQueue(this.#routers.stdin),
      iopub: new SendQueue(this.#iopub),
    };
  }

  /**
   * Binds the five sockets and starts echoing heartbeats and welcoming subscribers.
   * @throws Error when a port is taken or the address is not this machine's.
   */
  static async bind(connection: ConnectionInfo): Promise<Wire> {
    const wire = new Wire(connection);
    const sockets = [
      [wire.#routers.shell, connection.shell_port, "shell"],
      [wire.#routers.control, connection.control_port, "control"],
      [wire.#routers.stdin, connection.stdin_port, "stdin"],
      [wire.#iopub, connection.iopub_port, "iopub"],
      [wire.#heartbeat, connection.hb_port, "heartbeat"],
    ] as const;
    await Promise.all(
      sockets.map(async ([socket, port, name]) => {
        const where = address(connection, port);
        try {
          await socket.bind(where);
        } catch (error) {
          wire.#closeSockets();
          throw new Error(
            `Cannot bind the ${name} socket to ${where}: ${(error as Error).message}.`,
          );
        }
      }),
    );
    void wire.#echo();
    void wire.#welcome();
    return wire;
  }

  /** Serves the shell channel. Requests that came before wait in the socket. */
  onShell(handler: Handler): void {
    void this.#receive("shell", handler);
  }

  /** Serves the control channel. */
  onControl(handler: Handler): void {
    void this.#receive("control", handler);
  }

  /** Takes the answers to {@link ask}. */
  onStdin(handler: (reply: RequestOf<"input_reply">) => void): void {
    void this.#receive("stdin", (request) => {
      if (request.type === "input_reply") handler(request);
      else throw new BadMessage(`${request.type} on stdin`);
    });
  }

  /** Answers a request on the channel that it came from; resolves when ZeroMQ has it. */
  reply<T extends Exclude<keyof ReplyContents, "input_request">>(
    parent: Request,
    type: T,
    content: ReplyContents[T],
    extras?: Extras,
  ): Promise<void> {
    return this.#send(parent.channel, parent.identities, parent, type, content, extras);
  }

  /** Asks the front end that sent `parent` for a line of input. */
  ask(parent: Request, content: ReplyContents["input_request"]): Promise<void> {
    return this.#send("stdin", parent.identities, parent, "input_request", content);
  }

  /** Publishes to every front end, in the order of the calls; resolves when ZeroMQ has it. */
  publish<T extends keyof IopubContents>(
    parent: Parent,
    type: T,
    content: IopubContents[T],
    extras?: Extras,
  ): Promise<void> {
    const shows = type === "display_data" || type === "update_display_data";
    // nbclient and others read `transient` without asking whether it is there.
    const whole = shows ? { transient: {}, ...content } : content;
    return this.#send("iopub", [type], parent, type, whole, extras);
  }

  /** Sends what waits, then closes the sockets. */
  async close(): Promise<void> {
    if (this.#closed) return;
    await Promise.all(Object.values(this.#queues).map((queue) => queue.flushed()));
    this.#closeSockets();
  }

  #send(
    channel: Channel | "iopub",
    routing: readonly (Uint8Array | string)[],
    parent: Parent,
    type: string,
    content: object,
    extras: Extras = {},
    before?: () => void,
  ): Promise<void> {
    if (this.#closed) return Promise.resolve();
    const header: Header = {
      msg_id: `${this.session}_${process.pid}_${this.#sent++}`,
      session: this.session,
      username: this.#username,
      date: new Date().toISOString(),
      msg_type: type,
      version: PROTOCOL_VERSION,
    };
    const metadata = extras.metadata === undefined ? "{}" : JSON.stringify(extras.metadata);
    const frames = encode(
      this.#signer,
      routing,
      [JSON.stringify(header), this.#parentJson(parent), metadata, JSON.stringify(content)],
      extras.buffers,
    );
    return this.#queues[channel].push(frames, before).catch((error: Error) => {
      if (!this.#closed) log(`could not send ${type} on ${channel}: ${error.message}`);
    });
  }

  #parentJson(parent: Parent): string {
    if (parent === null) return "{}";
    let json = this.#parents.get(parent.header);
    if (json === undefined) {
      json = JSON.stringify(parent.header);
      this.#parents.set(parent.header, json);
    }
    return json;
  }

  async #receive(channel: Channel, handler: Handler): Promise<void> {
    const socket = this.#routers[channel];
    while (!this.#closed) {
      let frames: Buffer[];
      try {
        frames = await socket.receive();
      } catch (error) {
        if (this.#closed) return;
        log(`could not receive on ${channel}: ${(error as Error).message}`);
        continue;
      }
      try {
        const request = decode(this.#signer, channel, frames);
        // Not awaited: a handler that is busy must not hold back the next request.
        Promise.resolve(handler(request)).catch((error: unknown) => logFailure(request, error));
      } catch (error) {
        if (error instanceof BadMessage) log(`dropped a message on ${channel}: ${error.message}`);
        else log(`a handler on ${channel} failed: ${describe(error)}`);
      }
    }
  }

  async #echo(): Promise<void> {
    try {
      for await (const frames of this.#heartbeat) await this.#heartbeat.send(frames);
    } catch (error) {
      if (!this.#closed) log(`heartbeat ended: ${(error as Error).message}`);
    }
  }

  /** JEP 65: each new subscriber hears from us, so that it knows that nothing will be lost from now on. */
  async #welcome(): Promise<void> {
    try {
      for await (const [frame] of this.#iopub) {
        if (frame === undefined) continue;
        const topic = frame.subarray(1);
        if (frame[0] === 0) this.#iopub.drop(topic);
        if (frame[0] !== 1) continue;
        const content = { subscription: topic.toString("utf8") };
        const accept = () => this.#iopub.accept(topic);
        // Awaited: the next wish that is received would take the place of this one.
        await this.#send("iopub", [topic], null, "iopub_welcome", content, {}, accept);
      }
    } catch (error) {
      if (!this.#closed) log(`iopub subscriptions ended: ${(error as Error).message}`);
    }
  }

  #closeSockets(): void {
    this.#closed = true;
    for (const socket of [...Object.values(this.#routers), this.#iopub, this.#heartbeat]) {
      socket.close();
    }
  }
}

function username(): string {
  try {
    return userInfo().username;
  } catch {
    return "kernel"; // A container may run under a user id that has no name.
  }
}

function logFailure(request: Request, error: unknown): void {
  log(`${request.type} failed: ${describe(error)}`);
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function log(line: string): void {
  process.stderr.write(`convlab kernel: ${line}\n`);
}
