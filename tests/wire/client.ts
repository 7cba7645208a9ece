/** The front end's side of the wire, as little of it as the tests need. */
import { createHmac, randomUUID } from "node:crypto";
import { createServer } from "node:net";
import { Dealer, Request as HeartbeatRequest, Subscriber } from "zeromq";
import type { ConnectionInfo } from "../../kernel/wire/index.js";

export const KEY = "a-key-of-the-test";

/** Five ports that were free a moment ago. */
export async function freeConnection(key = KEY): Promise<ConnectionInfo> {
  const servers = await Promise.all(
    Array.from({ length: 5 }, async () => {
      const server = createServer();
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      return server;
    }),
  );
  const [shell_port, iopub_port, stdin_port, control_port, hb_port] = servers.map(
    (server) => (server.address() as { port: number }).port,
  ) as [number, number, number, number, number];
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return {
    transport: "tcp",
    ip: "127.0.0.1",
    shell_port,
    iopub_port,
    stdin_port,
    control_port,
    hb_port,
    key,
    signature_scheme: "hmac-sha256",
  };
}

/** A received message, JSON read, signature verified. */
export interface Received {
  readonly routing: string[];
  readonly header: Record<string, unknown> & { msg_type: string; msg_id: string };
  readonly parent: Record<string, unknown>;
  readonly metadata: Record<string, unknown>;
  readonly content: Record<string, unknown>;
  readonly buffers: Buffer[];
}

export class Client {
  readonly shell = new Dealer({ linger: 0 });
  readonly control = new Dealer({ linger: 0 });
  readonly stdin = new Dealer({ linger: 0 });
  readonly iopub = new Subscriber({ linger: 0, receiveHighWaterMark: 0 });
  readonly heartbeat = new HeartbeatRequest({ linger: 0 });
  readonly #connection: ConnectionInfo;

  constructor(connection: ConnectionInfo) {
    this.#connection = connection;
    const at = (port: number): string => `tcp://${connection.ip}:${port}`;
    const identity = randomUUID();
    for (const socket of [this.shell, this.control, this.stdin]) socket.routingId = identity;
    this.shell.connect(at(connection.shell_port));
    this.control.connect(at(connection.control_port));
    this.stdin.connect(at(connection.stdin_port));
    this.heartbeat.connect(at(connection.hb_port));
    this.iopub.connect(at(connection.iopub_port));
    this.iopub.subscribe();
  }

  /** The frames of a request, rightly signed. */
  frames(type: string, content: object, buffers: Uint8Array[] = []): (string | Uint8Array)[] {
    const header = {
      msg_id: randomUUID(),
      session: "client",
      username: "tester",
      date: new Date().toISOString(),
      msg_type: type,
      version: "5.5",
    };
    const json = [JSON.stringify(header), "{}", "{}", JSON.stringify(content)];
    return ["<IDS|MSG>", sign(this.#connection.key, json), ...json, ...buffers];
  }

  async receive(socket: Dealer | Subscriber): Promise<Received> {
    const frames = (await socket.receive()) as Buffer[];
    const mark = frames.findIndex((frame) => frame.toString() === "<IDS|MSG>");
    const json = frames.slice(mark + 2, mark + 6);
    if (frames[mark + 1]?.toString() !== sign(this.#connection.key, json)) {
      throw new Error("the kernel signed wrongly");
    }
    const [header, parent, metadata, content] = json.map((frame) => JSON.parse(frame.toString()));
    const routing = frames.slice(0, mark).map((frame) => frame.toString());
    return { routing, header, parent, metadata, content, buffers: frames.slice(mark + 6) };
  }

  close(): void {
    for (const one of [this.shell, this.control, this.stdin, this.iopub, this.heartbeat])
      one.close();
  }
}

function sign(key: string, json: readonly (string | Buffer)[]): string {
  if (key === "") return "";
  const hmac = createHmac("sha256", key);
  for (const frame of json) hmac.update(frame);
  return hmac.digest("hex");
}
