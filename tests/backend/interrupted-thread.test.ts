/**
 * Interrupts as the kernel sends them, to a worker thread through V8's inspector, at any moment: of JavaScript, of a
 * kernel, of `malloc` and `free`, of the recovery from the interrupt before.
 */
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleLibrary, type Library, type Ran, runProgram } from "./library.js";

let library: Library;
beforeAll(() => {
  library = bundleLibrary();
});
afterAll(() => library.remove());

/** What the thread does: small operations for ever, until it is ended, and then an account of what it finds. */
const thread = `
  const lab = await import(URL);
  const { parentPort } = await import("node:worker_threads");
  const { array, backendReport, fast, random, reference, train, useBackend } = lab;
  await useBackend();
  const image = random([5, 5, 2]), kernel = random([3, 3, 2, 3], 2);
  const large = random([40, 40, 8]), wide = random([3, 3, 8, 8], 3);
  const net = train.fastNetwork([5, 5, 2], [train.conv(3, 3), train.relu(), train.flatten(), train.dense(4)]);
  const account = () => JSON.stringify([net.predict(image).data, net.weights().map((w) => [...w.values.data])]);
  const first = account();
  const work = {
    small: () => { fast.maxPool(fast.relu(fast.conv2d(image, kernel)), 2); fast.softmax(net.predict(image)); },
    large: () => { fast.conv2d(large, wide); },
  };
  const close = (a, b) => a.data.length === b.data.length && a.data.every((value, i) => Math.abs(value - b.data[i]) < 1e-4);
  const tensors = backendReport().tensors;
  parentPort.on("message", ({ loop, wait }) => {
    if (loop) {
      parentPort.postMessage("looping");
      for (;;) work[loop]();
    }
    const faults = [];
    const check = (text, right) => { if (!right) faults.push(text); };
    try {
      check("convolution", close(fast.conv2d(image, kernel), reference.conv2d(image, kernel)));
      check("larger convolution", close(fast.conv2d(large, wide), reference.conv2d(large, wide)));
      check("network", account() === first);
      // Everything is put in order when all JavaScript has returned.
      setImmediate(() => setImmediate(() => {
        check("tensors: " + (backendReport().tensors - tensors), backendReport().tensors === tensors);
        check("convolution later", close(fast.conv2d(image, kernel), reference.conv2d(image, kernel)));
        parentPort.postMessage([faults.join(", "), backendReport().threads]);
      }));
    } catch (error) { parentPort.postMessage([error.message, 0]); }
  });
  parentPort.postMessage("ready");`;

/** Begins the thread, ends its work as often as is asked for, and prints what was wrong after. */
function interrupt(times: number, threads: number): Ran {
  const code = JSON.stringify(`(async () => { ${thread} })()`.replace("URL", () => library.url));
  return runProgram(
    library,
    `const { Worker } = await import("node:worker_threads");
    const { Session } = await import("node:inspector/promises");
    const thread = new Worker(${code}, { eval: true });
    const heard = () => new Promise((resolve) => thread.once("message", resolve));
    thread.on("error", (error) => { throw error; });
    await heard();
    const session = new Session();
    session.connect();
    // The threads of the pool are announced too.
    const attached = new Promise((resolve) => session.on("NodeWorker.attachedToWorker", ({ params }) => {
      if (params.workerInfo.title.startsWith("[worker " + thread.threadId + "]")) resolve(params.sessionId);
    }));
    await session.post("NodeWorker.enable", { waitForDebuggerOnStart: false });
    const sessionId = await attached;
    const { readdirSync } = await import("node:fs");
    let mostThreads = 0;
    const faults = [];
    for (let i = 0; i < ${times}; i++) {
      thread.postMessage({ loop: i % 4 === 3 ? "large" : "small" });
      await heard();
      await new Promise((soon) => setTimeout(soon, Math.random() * 40));
      const message = JSON.stringify({ id: i + 1, method: "Runtime.terminateExecution" });
      await session.post("NodeWorker.sendMessageToWorker", { sessionId, message });
      thread.postMessage({});
      const [fault] = await heard();
      if (fault) faults.push(i + ": " + fault);
      if (i % 2) await new Promise((soon) => setTimeout(soon, Math.random() * 20));
      mostThreads = Math.max(mostThreads, readdirSync("/proc/self/task").length);
    }
    await new Promise((soon) => setTimeout(soon, 500));
    thread.postMessage({});
    const [fault, threads] = await heard();
    console.log(JSON.stringify({ faults: [...faults, fault].filter(Boolean), threads }));
    console.error(mostThreads > 60 ? "too many threads: " + mostThreads : "");
    await thread.terminate();
    session.disconnect();`,
    { CONVLAB_BACKEND: "wasm", CONVLAB_WASM_THREADS: String(threads) },
  );
}

test.each([1, 2, 4])(
  "%i threads: 40 interrupts, each with right numbers and no tensor too many after",
  (threads) => {
    const ran = interrupt(40, threads);
    expect(ran.err.trim()).toBe("");
    expect(JSON.parse(ran.out)).toEqual({ faults: [], threads });
    expect(ran.status).toBe(0);
  },
);
