import fc from "fast-check";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Request, RequestOf } from "../../kernel/wire/index.js";
import { Wire } from "../../kernel/wire/index.js";
import { Client, freeConnection } from "./client.js";

let wire: Wire;
let client: Client;
let shell: Request[];
let stderr: string[];

beforeEach(async () => {
  const connection = await freeConnection();
  wire = await Wire.bind(connection);
  client = new Client(connection);
  shell = [];
  wire.onShell((request) => void shell.push(request));
  stderr = [];
  vi.spyOn(process.stderr, "write").mockImplementation((line) => {
    stderr.push(String(line));
    return true;
  });
});

afterEach(async () => {
  vi.restoreAllMocks();
  client.close();
  await wire.close();
});

const arrived = (count: number): Promise<void> =>
  vi.waitFor(() => expect(shell.length).toBeGreaterThanOrEqual(count), {
    timeout: 5000,
    interval: 5,
  });

test("a request arrives typed, checked and with its buffers; the reply finds its way back", async () => {
  await client.shell.send(client.frames("execute_request", { code: "1" }, [Buffer.from([1, 2])]));
  await arrived(1);
  const request = shell[0] as RequestOf<"execute_request">;
  expect(request).toMatchObject({ type: "execute_request", channel: "shell", parentHeader: null });
  expect(request.content).toEqual({
    code: "1",
    silent: false,
    store_history: true,
    user_expressions: {},
    allow_stdin: true,
    stop_on_error: true,
  });
  expect(request.buffers.map((one) => [...one])).toEqual([[1, 2]]);
  await wire.reply(
    request,
    "execute_reply",
    { status: "ok", execution_count: 1, user_expressions: {}, payload: [] },
    { metadata: { a: 1 }, buffers: [Buffer.from([3])] },
  );
  const reply = await client.receive(client.shell);
  expect(reply.header).toMatchObject({ msg_type: "execute_reply", session: wire.session });
  expect(reply.parent.msg_id).toBe(request.header.msg_id);
  expect([reply.metadata, [...(reply.buffers[0] as Buffer)]]).toEqual([{ a: 1 }, [3]]);
});

test("control is served apart from shell", async () => {
  wire.onControl((request) => {
    if (request.type === "interrupt_request")
      void wire.reply(request, "interrupt_reply", { status: "ok" });
  });
  await client.control.send(client.frames("interrupt_request", {}));
  expect((await client.receive(client.control)).header.msg_type).toBe("interrupt_reply");
  expect(shell).toEqual([]);
});

test("the kernel asks for input and gets it", async () => {
  const answers: string[] = [];
  wire.onStdin((reply) => void answers.push(reply.content.value));
  await client.shell.send(client.frames("execute_request", { code: "" }));
  await arrived(1);
  // The stdin socket knows a peer only once it has connected: real front ends open it with the others.
  await vi.waitFor(async () => {
    void wire.ask(shell[0] as Request, { prompt: "name? ", password: false });
    const asked = await client.receive(client.stdin);
    expect(asked.content).toEqual({ prompt: "name? ", password: false });
  });
  await client.stdin.send(client.frames("input_reply", { value: "Ada" }));
  await vi.waitFor(() => expect(answers).toEqual(["Ada"]));
});

test("a subscriber is welcomed; 20,000 lines arrive complete and in order", async () => {
  const welcome = await client.receive(client.iopub);
  expect(welcome.header.msg_type).toBe("iopub_welcome");
  expect(welcome.content).toEqual({ subscription: "" });
  for (let i = 0; i < 20_000; i++)
    void wire.publish(null, "stream", { name: "stdout", text: `${i}` });
  for (let i = 0; i < 20_000; i++) {
    const { content, routing } = await client.receive(client.iopub);
    if (content.text !== `${i}` || routing[0] !== "stream")
      expect([i, content]).toEqual([i, `${i}`]);
  }
}, 20_000);

test("a subscriber hears its welcome before anything else, also from a kernel that is talking", async () => {
  const connection = await freeConnection();
  const talker = await Wire.bind(connection);
  let talking = true;
  const talk = (async () => {
    while (talking) {
      for (let i = 0; i < 50; i++)
        await talker.publish(null, "status", { execution_state: "busy" });
      await new Promise((resolve) => setImmediate(resolve));
    }
  })();
  try {
    for (let i = 0; i < 30; i++) {
      const late = new Client(connection);
      expect((await late.receive(late.iopub)).header.msg_type).toBe("iopub_welcome");
      expect((await late.receive(late.iopub)).header.msg_type).toBe("status");
      late.close();
    }
  } finally {
    talking = false;
    await talk;
    await talker.close();
  }
}, 20_000);

test("what was published before close arrives", async () => {
  await client.receive(client.iopub);
  for (let i = 0; i < 1000; i++)
    void wire.publish(null, "stream", { name: "stdout", text: `${i}` });
  await wire.close();
  for (let i = 0; i < 1000; i++)
    expect((await client.receive(client.iopub)).content.text).toBe(`${i}`);
});

test("displays always carry `transient`", async () => {
  await client.receive(client.iopub);
  const data = { "text/plain": "x" };
  void wire.publish(null, "display_data", { data, metadata: {} });
  void wire.publish(null, "update_display_data", {
    data,
    metadata: {},
    transient: { display_id: "d" },
  });
  expect((await client.receive(client.iopub)).content).toEqual({
    data,
    metadata: {},
    transient: {},
  });
  expect((await client.receive(client.iopub)).content.transient).toEqual({ display_id: "d" });
});

test("the heartbeat echoes", async () => {
  await client.heartbeat.send("ping");
  expect((await client.heartbeat.receive())[0]?.toString()).toBe("ping");
});

test("what is wrong is dropped with one line on stderr, and the next request is served", async () => {
  const good = client.frames("kernel_info_request", {});
  const changed = (index: number, frame: string): (string | Uint8Array)[] => [
    ...good.slice(0, index),
    frame,
    ...good.slice(index + 1),
  ];
  const unsigned = new Client({ ...(await freeConnection("")), key: "other" });
  const wrong = [
    ["not", "a", "message"],
    good.slice(0, 5),
    changed(1, "0".repeat(64)),
    changed(1, "short"),
    changed(5, '{"a":1}'),
    unsigned.frames("kernel_info_request", {}),
    client.frames("no_such_request", {}),
    client.frames("execute_request", {}),
    client.frames("complete_request", { code: "a", cursor_pos: "1" }),
    client.frames("execute_request", [] as unknown as object),
    [""],
  ];
  for (const frames of wrong) await client.shell.send(frames);
  await client.shell.send(good);
  await arrived(1);
  expect(shell.map((one) => one.type)).toEqual(["kernel_info_request"]);
  expect(stderr).toHaveLength(wrong.length);
  expect(stderr.join("")).toMatch(/wrong signature[\s\S]*unknown message type "no_such_request"/);
  expect(stderr.join("")).toContain('execute_request lacks "code"');
  unsigned.close();
});

test("random frames never end it", async () => {
  const frames = fc.array(
    fc.oneof(fc.uint8Array({ maxLength: 60 }), fc.constant(Buffer.from("<IDS|MSG>"))),
    {
      minLength: 1,
      maxLength: 8,
    },
  );
  const samples = fc.sample(frames, 1000);
  for (const sample of samples) await client.shell.send(sample);
  await client.shell.send(client.frames("kernel_info_request", {}));
  await arrived(1);
  expect(shell).toHaveLength(1);
  // Each is told; in a flood of them the later ones by their number.
  const dropped = () =>
    [...stderr.join("").matchAll(/dropped (a|\d+ more) messages?/g)]
      .map(([, count]) => (count === "a" ? 1 : Number.parseInt(count ?? "", 10)))
      .reduce((sum, count) => sum + count, 0);
  await vi.waitFor(() => expect(dropped()).toBe(samples.length), { timeout: 5000 });
  expect(stderr.length).toBeLessThan(300);
}, 20_000);

test("a handler that throws, at once or later, is logged and the next request is served", async () => {
  let calls = 0;
  wire.onControl(async () => {
    if (++calls === 1) throw new Error("later");
  });
  await client.control.send(client.frames("interrupt_request", {}));
  await client.control.send(client.frames("interrupt_request", {}));
  await vi.waitFor(() => expect(calls).toBe(2));
  expect(stderr.join("")).toContain("interrupt_request failed: Error: later");
});

test("a port that is taken is said, with the socket's name", async () => {
  const connection = await freeConnection();
  const first = await Wire.bind(connection);
  await expect(Wire.bind(connection)).rejects.toThrow(
    /Cannot bind the \w+ socket to tcp:\/\/127\.0\.0\.1:\d+: Address already in use/,
  );
  await first.close();
});

test("without a key messages go unsigned", async () => {
  const connection = await freeConnection("");
  const open = await Wire.bind(connection);
  const guest = new Client(connection);
  open.onShell(
    (request) => void open.reply(request, "comm_info_reply", { status: "ok", comms: {} }),
  );
  await guest.shell.send(guest.frames("comm_info_request", {}));
  expect((await guest.receive(guest.shell)).content).toEqual({ status: "ok", comms: {} });
  guest.close();
  await open.close();
});
