/** WebAssembly on several threads: it starts everywhere, computes the same, ends with its program. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bundleLibrary, type Library, type Ran, runProgram } from "./library.js";

let library: Library;
beforeAll(() => {
  library = bundleLibrary();
});
afterAll(() => library.remove());

const run = (code: string, threads: number | string): Ran =>
  runProgram(library, code, { CONVLAB_BACKEND: "wasm", CONVLAB_WASM_THREADS: String(threads) });

/** A few operations that use the pool, as numbers that fit in a line. */
const sample = `const sample = () => {
  const image = random([2, 20, 20, 8]), kernel = random([3, 3, 8, 16], 2);
  return [fast.conv2d(image, kernel, { padding: 1 }), fast.maxPool(image, 2), fast.relu(image)]
    .map((y) => y.data.reduce((sum, value, i) => sum + value * (i % 7), 0).toFixed(2)).join(" ");
};`;

test.each([1, 2, 4])(
  "%i threads: the program ends by itself, and its neighbours see nothing",
  (n) => {
    const ran = run(
      `const before = [process.listenerCount("uncaughtException"), process.listenerCount("unhandledRejection"), typeof Worker];
    await useBackend();
    const after = [process.listenerCount("uncaughtException"), process.listenerCount("unhandledRejection"), typeof Worker];
    console.log(backendReport().threads, fast.relu(x).get(1, 1), String(before) === String(after));`,
      n,
    );
    expect(ran).toEqual({ status: 0, out: `${n} 4 true`, err: "" });
  },
);

test("any number of threads computes the same", () => {
  const program = `${sample} await useBackend(); console.log(sample());`;
  const one = run(program, 1);
  expect(one.status).toBe(0);
  expect(one.out).toMatch(/^-?\d+\.\d\d /);
  expect(run(program, 3)).toEqual(one);
});

test("by default there are as many as processors", () => {
  const ran = run(
    `const { availableParallelism } = await import("node:os");
    await useBackend(); console.log(backendReport().threads === Math.min(16, availableParallelism()));`,
    "auto",
  );
  expect(ran.out).toBe("true");
});

test.each(["0", "many", "1.5", "17"])(
  "CONVLAB_WASM_THREADS=%s is refused with what it may be",
  (n) => {
    const ran = run(`try { await useBackend(); } catch (e) { console.log(e.name, e.message); }`, n);
    expect(ran.out).toBe(
      `ArgumentError CONVLAB_WASM_THREADS is "${n}"; it is a whole number from 1 to 16, or "auto" for one thread a processor.`,
    );
  },
);

test("an exception ends the program as ever", () => {
  const ran = run(`await useBackend(); throw new Error("mine");`, 2);
  expect(ran.status).toBe(1);
  expect(ran.err).toContain("Error: mine");
});

describe("inside worker threads", () => {
  const worker = (code: string): string =>
    `new Worker(${JSON.stringify(
      `import(${"URL"}).then(async ({ backendReport, fast, random, useBackend }) => {
      ${sample}
      await useBackend();
      const { parentPort } = await import("node:worker_threads");
      ${code}
    })`,
    )}.replace("URL", ${JSON.stringify("URL")}), { eval: true })`;
  const program = (code: string): string =>
    code.replaceAll("URL", JSON.stringify(library.url).slice(1, -1));

  test("three at once, beside the main thread, each with its own pool", () => {
    const ran = run(
      program(`const { Worker } = await import("node:worker_threads");
      ${sample}
      await useBackend();
      const own = sample();
      const ends = [1, 2, 3].map(() => new Promise((done) => {
        const thread = ${worker("parentPort.postMessage([backendReport().threads, sample()]);")};
        thread.on("message", ([threads, theirs]) => console.log(threads, theirs === own));
        thread.on("error", (error) => console.log(error.message));
        thread.on("exit", done);
      }));
      console.log("ended with", ...await Promise.all(ends));`),
      2,
    );
    expect(ran).toEqual({ status: 0, out: "2 true\n2 true\n2 true\nended with 0 0 0", err: "" });
  });

  test("a worker that is terminated while it computes takes its threads with it", () => {
    const ran = run(
      program(`const { Worker } = await import("node:worker_threads");
      const { readdirSync } = await import("node:fs");
      const threads = () => readdirSync("/proc/self/task").length;
      const before = threads();
      for (let i = 0; i < 3; i++) {
        const thread = ${worker("parentPort.postMessage(0); for (;;) sample();")};
        await new Promise((computing) => thread.on("message", computing));
        await new Promise((soon) => setTimeout(soon, 50));
        await thread.terminate();
      }
      console.log(threads() - before);`),
      3,
    );
    expect(ran).toEqual({ status: 0, out: "0", err: "" });
  });
});
