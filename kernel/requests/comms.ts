/** Passes the messages of comms between front ends and the thread of the user's code. */
import type { CommMessage } from "../run/protocol.js";
import type { IopubContents, Parent, ReplyContents, RequestOf, Wire } from "../wire/index.js";

type CommRequest = RequestOf<"comm_open"> | RequestOf<"comm_msg"> | RequestOf<"comm_close">;

export class Comms {
  readonly #wire: Wire;
  /** The target of each open comm. */
  readonly #open = new Map<string, string>();

  constructor(wire: Wire) {
    this.#wire = wire;
  }

  /** Publishes what a cell sends. */
  publish(parent: Parent, { kind, commId, target = "", ...rest }: CommMessage): Promise<void> {
    const { data, metadata, buffers } = rest;
    if (kind === "comm_open") this.#open.set(commId, target);
    if (kind === "comm_close") this.#open.delete(commId);
    const opening = kind === "comm_open" ? { target_name: target } : {};
    const content = { comm_id: commId, data, ...opening } as IopubContents[typeof kind];
    return this.#wire.publish(parent, kind, content, { metadata, buffers });
  }

  /** What a front end has sent, for the thread of the user's code. */
  received({ type, content, metadata, buffers }: CommRequest): CommMessage {
    const target = "target_name" in content ? content.target_name : undefined;
    const { comm_id: commId, data } = content;
    if (target !== undefined) this.#open.set(commId, target);
    if (type === "comm_close") this.#open.delete(commId);
    // Each with a memory of its own: a cell may want to read numbers of four or eight bytes from it.
    const copies = buffers.map((buffer) => Uint8Array.from(buffer));
    return { kind: type, commId, target, data, metadata, buffers: copies };
  }

  /** The open comms, or those to one target. */
  info(target: string | undefined): ReplyContents["comm_info_reply"] {
    const comms = [...this.#open].filter(([, name]) => target === undefined || name === target);
    const entries = comms.map(([id, name]) => [id, { target_name: name }]);
    return { status: "ok", comms: Object.fromEntries(entries) };
  }

  /** The thread that held the comms has ended. */
  forget(): void {
    for (const commId of [...this.#open.keys()]) {
      void this.publish(null, { kind: "comm_close", commId, data: {}, metadata: {}, buffers: [] });
    }
  }
}
