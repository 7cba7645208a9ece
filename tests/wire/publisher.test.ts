import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Subscriber } from "zeromq";
import { Publisher } from "../../kernel/wire/publisher.js";

const PATIENCE = 300;
const TEXT = "x".repeat(1 << 16);
let publisher: Publisher;
let subscribers: Subscriber[];

beforeEach(async () => {
  vi.spyOn(process.stderr, "write").mockReturnValue(true);
  publisher = new Publisher(0, PATIENCE);
  subscribers = [];
  await publisher.bind("tcp://127.0.0.1:*");
});

afterEach(() => {
  vi.restoreAllMocks();
  for (const socket of [publisher, ...subscribers]) socket.close();
});

/** One that takes in as little as it can before it is read. */
async function subscriber(): Promise<Subscriber> {
  const one = new Subscriber({ linger: 0, receiveHighWaterMark: 1, receiveBufferSize: 4096 });
  one.connect(publisher.lastEndpoint ?? "");
  one.subscribe();
  subscribers.push(one);
  const [frame] = await publisher.receive();
  publisher.accept((frame as Buffer).subarray(1));
  return one;
}

async function send(i: number): Promise<void> {
  while (!(await publisher.deliver([`${i}`, TEXT], TEXT.length)));
}

test("a slow subscriber is waited for, and misses nothing", async () => {
  const slow = await subscriber();
  let sent = 0;
  const all = (async () => {
    for (; sent < 500; sent++) await send(sent);
  })();
  await new Promise((resolve) => setTimeout(resolve, PATIENCE / 2));
  // What the system's buffers hold, and what ZeroMQ may hold.
  expect(sent).toBeLessThan(300);
  for (let i = 0; i < 500; i++) expect(String((await slow.receive())[0])).toBe(`${i}`);
  await all;
}, 20_000);

test("one that takes nothing ends our patience; the others miss nothing, and it hears us again later", async () => {
  const stuck = await subscriber();
  const reader = await subscriber();
  const warned = vi.spyOn(process, "emitWarning");
  const read = (async () => {
    for (let i = 0; i < 1000; i++) expect(String((await reader.receive())[0])).toBe(`${i}`);
  })();
  const begin = Date.now();
  for (let i = 0; i < 1000; i++) await send(i);
  await read;
  expect(Date.now() - begin).toBeGreaterThan(PATIENCE);
  expect(process.stderr.write).toHaveBeenCalledTimes(1);
  expect(warned).not.toHaveBeenCalled();

  // It wakes up: first comes what waited for it, without a gap, then what is sent from now on.
  let next = 1000;
  const more = setInterval(() => void send(next++), 20);
  const reads = (async () => {
    for await (const frames of reader) if (String(frames[0]) === "stop") break;
  })();
  try {
    for (let i = 0; ; i++) {
      const number = Number(String((await stuck.receive())[0]));
      if (number === i) continue;
      expect(number).toBeGreaterThanOrEqual(1000);
      expect(i).toBeGreaterThan(10);
      break;
    }
  } finally {
    clearInterval(more);
  }
  await publisher.deliver(["stop"], 4);
  await reads;
}, 20_000);
