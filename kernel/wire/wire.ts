/** The five sockets of a kernel, and the one door through which messages come and go. */
import { Router } from "zeromq";
import { address, type ConnectionInfo } from "./connection.js";
import type { IopubContents, ReplyContents } from "./contents.js";
import { BadMessage, decode } from "./frames.js";
import { log, logDropped } from "./log.js";
import type { Channel, Extras, Parent, Request, RequestOf } from "./messages.js";
import { Outbox } from "./outbox.js";
import { Publisher } from "./publisher.js";
import { Signer } from "./signature.js";

/** Called for each request, in the order of arrival; what it throws is logged, never fatal. */
export type Handler = (request: Request) => void | Promise<void>;

/** How long messages may still be on their way out after `close`, in milliseconds. */
const LINGER = 1000;
/** A front end that takes no output for this long is no longer waited for, in milliseconds. */
const PATIENCE = 10_000;
/** A front end that leaves more replies unread than this misses what follows. */
const MOST_REPLIES = 10_000;
/** A longer frame ends the connection that it comes from, in bytes: JavaScript can't hold it as text. */
const LONGEST_FRAME = 2 ** 29;
const LONGEST_HEARTBEAT = 2 ** 20;

export class Wire {
  readonly #signer: Signer;
  readonly #routers: Record<Channel, Router>;
  readonly #iopub = new Publisher(LINGER, PATIENCE);
  /** Echoes whatever comes; a REP socket would stumble over what no REQ socket sends. */
  readonly #heartbeat = new Router({ linger: 0, maxMessageSize: LONGEST_HEARTBEAT });
  readonly #outbox: Outbox;
  #closed = false;

  private constructor(connection: ConnectionInfo) {
    this.#signer = new Signer(connection);
    const router = (): Router =>
      new Router({
        sendHighWaterMark: MOST_REPLIES,
        linger: LINGER,
        maxMessageSize: LONGEST_FRAME,
        // A front end that reconnects keeps its identity: hand over to the newer peer.
        handover: true,
      });
    const routers = { shell: router(), control: router(), stdin: router() };
    this.#routers = routers;
    this.#outbox = new Outbox(this.#signer, {
      shell: (frames) => routers.shell.send(frames),
      control: (frames) => routers.control.send(frames),
      stdin: (frames) => routers.stdin.send(frames),
      iopub: (frames, size) => this.#iopub.deliver(frames, size),
    });
  }

  /** Names this kernel process in every header it sends. */
  get session(): string {
    return this.#outbox.session;
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
        if (where.includes("[")) socket.ipv6 = true;
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
    void this.#receive("stdin", (request) => handler(request as RequestOf<"input_reply">));
  }

  /** Answers a request on the channel that it came from; resolves when ZeroMQ has it. */
  reply<T extends Exclude<keyof ReplyContents, "input_request">>(
    parent: Request,
    type: T,
    content: ReplyContents[T],
    extras?: Extras,
  ): Promise<void> {
    const { channel, identities: routing } = parent;
    return this.#outbox.send({ channel, routing, parent, type, content, extras });
  }

  /** Asks the front end that sent `parent` for a line of input. */
  ask(parent: Request, content: ReplyContents["input_request"]): Promise<void> {
    const routing = parent.identities;
    return this.#outbox.send({ channel: "stdin", routing, parent, type: "input_request", content });
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
    return this.#outbox.send({
      channel: "iopub",
      routing: [type],
      parent,
      type,
      content: whole,
      extras,
    });
  }

  /** Sends what waits, for a second at the most, then closes the sockets. */
  async close(): Promise<void> {
    if (this.#closed) return;
    await this.#outbox.close(LINGER);
    this.#closeSockets();
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
        const { request, header } = decode(this.#signer, channel, frames);
        this.#outbox.remember(request.header, header);
        // Not awaited: a handler that is busy must not hold back the next request.
        Promise.resolve(handler(request)).catch((error: unknown) =>
          log(`${request.type} failed: ${describe(error)}`),
        );
      } catch (error) {
        if (error instanceof BadMessage) logDropped(channel, error.message);
        else log(`a handler on ${channel} failed: ${describe(error)}`);
      }
    }
  }

  async #echo(): Promise<void> {
    while (!this.#closed) {
      try {
        await this.#heartbeat.send(await this.#heartbeat.receive());
      } catch (error) {
        if (!this.#closed) log(`heartbeat: ${(error as Error).message}`);
      }
    }
  }

  /** JEP 65: each new subscriber hears from us, so that it knows that nothing will be lost from now on. */
  async #welcome(): Promise<void> {
    while (!this.#closed) {
      // A turn of its own: nothing may be sent between receiving a wish and granting it.
      await new Promise((resolve) => setImmediate(resolve));
      try {
        const [frame] = await this.#iopub.receive();
        const topic = frame?.subarray(1) ?? Buffer.alloc(0);
        if (frame?.[0] === 1) this.#accept(topic);
        else if (frame?.[0] === 0) this.#iopub.drop(topic);
        else logDropped("iopub", "it is no subscription");
      } catch (error) {
        if (!this.#closed) log(`iopub: ${(error as Error).message}`);
      }
    }
  }

  #accept(topic: Buffer): void {
    this.#iopub.accept(topic);
    void this.#outbox.send({
      channel: "iopub",
      routing: [topic],
      parent: null,
      type: "iopub_welcome",
      content: { subscription: topic.toString("utf8") },
      urgent: true,
    });
  }

  #closeSockets(): void {
    this.#closed = true;
    for (const socket of [...Object.values(this.#routers), this.#iopub, this.#heartbeat]) {
      socket.close();
    }
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
