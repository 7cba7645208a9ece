import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { SendWindow } from "../../kernel/run/send-window.js";

const megabytes = (count: number): string => "x".repeat(count * 1_000_000);

/** Takes messages in another thread, one after the other, each after a pause; the wait here blocks this one. */
async function takeSlowly(
  memory: SharedArrayBuffer,
  count: number,
  pause: number,
): Promise<Worker> {
  const code = `
    const { workerData: { memory, count, pause } } = require("node:worker_threads");
    const word = new Int32Array(memory);
    for (let i = 0; i < count; i++) {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pause);
      Atomics.add(word, 0, 1);
      Atomics.notify(word, 0);
    }`;
  const worker = new Worker(code, { eval: true, workerData: { memory, count, pause } });
  await once(worker, "online");
  return worker;
}

test("what is small is sent at once, and one large message too", () => {
  const window = new SendWindow(SendWindow.memory());
  for (let i = 0; i < 1000; i++) window.wait({ kind: "display", data: { "text/plain": "short" } });
  new SendWindow(SendWindow.memory()).wait({ data: megabytes(100) });
});

test("who sends more than is taken waits", async () => {
  const memory = SendWindow.memory();
  const window = new SendWindow(memory);
  for (let i = 0; i < 3; i++) window.wait({ data: megabytes(3) });
  const taker = await takeSlowly(memory, 2, 200);
  const begin = performance.now();
  window.wait({ data: "the last" });
  expect(performance.now() - begin).toBeGreaterThan(100);
  await taker.terminate();
});

test("binary buffers and long lists count; what refers to itself is counted to an end", async () => {
  const circle: Record<string, unknown> = { data: "x" };
  circle.self = [circle, circle];
  for (const heavy of [
    { buffers: [new Uint8Array(9_000_000)] },
    { data: Array.from({ length: 2_000_000 }, (_, i) => i) },
  ]) {
    const memory = SendWindow.memory();
    const window = new SendWindow(memory);
    window.wait(circle);
    window.wait(heavy);
    const taker = await takeSlowly(memory, 2, 100);
    const begin = performance.now();
    window.wait("next");
    expect(performance.now() - begin).toBeGreaterThan(50);
    await taker.terminate();
  }
});
