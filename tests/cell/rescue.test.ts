import { Session } from "node:inspector";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, expect, test } from "vitest";
import { compile } from "../../kernel/cell/compile.js";
import { SharedNames } from "../../kernel/cell/names.js";
import { endAndRescue, type InspectedThread } from "../../kernel/run/rescue.js";

/** Runs the code that it is sent in boxes that stay, and tells on request what they hold. */
const THREAD = `
const { parentPort } = require("node:worker_threads");
const { Script } = require("node:vm");
const boxes = new Map();
const box = (name) => boxes.get(name) ?? boxes.set(name, { v: undefined }).get(name);
parentPort.on("message", ({ run, file, read }) => {
  if (read) return parentPort.postMessage(read.map((name) => box(name).v));
  parentPort.postMessage("begins");
  new Script(run.code, { filename: file }).runInThisContext()(
    undefined, {}, 0, 0, 0, 0, 0, ...run.boxes.map(box));
  parentPort.postMessage("ended");
});`;

let worker: Worker;
let thread: InspectedThread;
const names = new SharedNames((name) => name in globalThis);

beforeAll(async () => {
  worker = new Worker(THREAD, { eval: true });
  thread = await inspected();
});

afterAll(async () => {
  await worker.terminate();
});

/** Starts a cell, ends it after a while, and answers what its names hold then. */
async function cut(cell: number, source: string, ...read: string[]): Promise<unknown[]> {
  const file = `convlab-cell-${cell}`;
  const compiled = await compile(source, names, () => Promise.reject(new Error("none")));
  names.remember(compiled.usedInFunctions);
  names.keep(compiled.declared);
  const { code, boxes, rescue } = compiled;
  const begins = answer();
  worker.postMessage({ run: { code, boxes }, file });
  await begins;
  await new Promise((resolve) => setTimeout(resolve, 150));
  await endAndRescue(thread, [{ file, expression: rescue }]);
  const values = answer();
  worker.postMessage({ read });
  return (await values) as unknown[];
}

test("a loop that is cut short leaves what it has reached", async () => {
  const [sum, turns] = await cut(
    1,
    "let sum = 0, turns = 0\nfor (;;) { turns++; sum += 0.5 }",
    "sum",
    "turns",
  );
  expect(turns).toBeGreaterThan(1000);
  expect(Math.abs((sum as number) - (turns as number) / 2)).toBeLessThanOrEqual(0.5);
});

test("also below a function that the loop has called, and of an earlier cell's names", async () => {
  const [, before] = await cut(2, "turns = 7; while (true) sum++", "sum", "turns");
  expect(before).toBe(7);
  const [calls] = await cut(
    3,
    "let calls = 0; const spin = () => { const end = Date.now() + 40; while (Date.now() < end); }\nwhile (true) { calls++; spin() }",
    "calls",
  );
  expect(calls).toBeGreaterThan(0);
});

test("outside the loop its variables mean nothing", async () => {
  const [name] = await cut(
    4,
    "let name = 'mine'\nfor (let i = 0; i < 3; i++) name += i\nconst wait = () => { for (;;); }\nwait()",
    "name",
  );
  expect(name).toBe("mine012");
});

test("the thread goes on", async () => {
  const done = new Promise((resolve) => worker.on("message", (m) => m === "ended" && resolve(m)));
  const { code, boxes } = await compile("1", names, () => Promise.reject(new Error("none")));
  worker.postMessage({ run: { code, boxes }, file: "convlab-cell-5" });
  expect(await done).toBe("ended");
});

function answer(): Promise<unknown> {
  return new Promise((resolve) => worker.once("message", resolve));
}

async function inspected(): Promise<InspectedThread> {
  const session = new Session();
  session.connect();
  const answers = new Map<number, (result: unknown) => void>();
  const listeners = new Map<string, (params: unknown) => void>();
  session.on("NodeWorker.receivedMessageFromWorker", (event) => {
    const message = JSON.parse(
      (event as unknown as { params: { message: string } }).params.message,
    );
    if (message.id === undefined) listeners.get(message.method)?.(message.params);
    else answers.get(message.id)?.(message.result);
  });
  const sessionId = await new Promise<string>((resolve) => {
    session.on("NodeWorker.attachedToWorker", (event) => {
      const { sessionId: id, workerInfo } = (
        event as unknown as { params: { sessionId: string; workerInfo: { title: string } } }
      ).params;
      if (workerInfo.title.startsWith(`[worker ${worker.threadId}]`)) resolve(id);
    });
    session.post("NodeWorker.enable", { waitForDebuggerOnStart: false });
  });
  let calls = 0;
  return {
    post: (method, params) =>
      new Promise((resolve) => {
        const id = ++calls;
        answers.set(id, resolve);
        const message = JSON.stringify({ id, method, params });
        session.post("NodeWorker.sendMessageToWorker", { sessionId, message });
      }),
    on: (event, listener) => listeners.set(event, listener),
  };
}
