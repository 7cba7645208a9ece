/** What leaves the kernel: headers, signatures, and one queue a socket. */
import { randomBytes } from "node:crypto";
import { userInfo } from "node:os";
import { PROTOCOL_VERSION } from "./contents.js";
import { encode } from "./frames.js";
import { log } from "./log.js";
import type { Channel, Extras, Header, Parent } from "./messages.js";
import { type Deliver, SendQueue } from "./queue.js";
import type { Signer } from "./signature.js";

/** From this length on a content is large, in UTF-16 units. */
const LARGE = 1 << 14;

/** One message to be sent. */
export interface Outgoing {
  readonly channel: Channel | "iopub";
  /** The frames before the delimiter: whom to answer, or the topic. */
  readonly routing: readonly (Uint8Array | string)[];
  readonly parent: Parent;
  readonly type: string;
  readonly content: object;
  readonly extras?: Extras;
  /** Goes out before all that waits. */
  readonly urgent?: boolean;
}

export class Outbox {
  /** Names this kernel process in every header it sends. */
  readonly session = randomBytes(16).toString("hex");
  readonly #username = username();
  readonly #signer: Signer;
  readonly #queues: Record<Channel | "iopub", SendQueue>;
  /** JSON of parents: 20,000 lines of one cell share one. */
  readonly #parents = new WeakMap<Header, string>();
  #sent = 0;
  #closed = false;

  constructor(signer: Signer, sockets: Record<Channel | "iopub", Deliver>) {
    this.#signer = signer;
    const queue = (channel: Channel | "iopub"): SendQueue =>
      new SendQueue(sockets[channel], (error) => {
        if (!this.#closed) log(`could not send on ${channel}: ${error.message}`);
      });
    this.#queues = {
      shell: queue("shell"),
      control: queue("control"),
      stdin: queue("stdin"),
      iopub: queue("iopub"),
    };
  }

  /** Signs and queues; resolves when ZeroMQ has the message. */
  send({ channel, routing, parent, type, content, extras, urgent }: Outgoing): Promise<void> {
    if (this.#closed) return Promise.resolve();
    const header: Header = {
      msg_id: `${this.session}_${process.pid}_${this.#sent++}`,
      session: this.session,
      username: this.#username,
      date: new Date().toISOString(),
      msg_type: type,
      version: PROTOCOL_VERSION,
    };
    const metadata = extras?.metadata === undefined ? "{}" : JSON.stringify(extras.metadata);
    const frames = encode(
      this.#signer,
      routing,
      [JSON.stringify(header), this.#parentJson(parent), metadata, frameOf(content)],
      extras?.buffers,
    );
    return this.#queues[channel].push(frames, urgent);
  }

  /**
   * Takes no more messages; resolves when ZeroMQ has what waited, or after a while.
   * @param patience in milliseconds
   */
  async close(patience: number): Promise<void> {
    const all = Promise.all(Object.values(this.#queues).map((queue) => queue.flushed()));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, patience);
    });
    await Promise.race([all, late]);
    clearTimeout(timer);
    this.#closed = true;
  }

  /** The text that a header came as: what is sent in answer to it repeats it, whatever it holds. */
  remember(header: Header, json: string): void {
    this.#parents.set(header, json);
  }

  #parentJson(parent: Parent): string {
    if (parent === null) return "{}";
    return this.#parents.get(parent.header) ?? JSON.stringify(parent.header);
  }
}

/** A large content becomes bytes once; as a string it would be turned into them for its signature and for ZeroMQ. */
function frameOf(content: object): string | Buffer {
  const json = JSON.stringify(content);
  if (json.length < LARGE) return json;
  // `Buffer.from` takes several times as long for a large text.
  const bytes = Buffer.allocUnsafeSlow(Buffer.byteLength(json));
  bytes.write(json);
  return bytes;
}

function username(): string {
  try {
    return userInfo().username;
  } catch {
    return "kernel"; // A container may run under a user id that has no name.
  }
}
