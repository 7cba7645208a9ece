/** The choice of back end, each in a process of its own, since a process loads tfjs once. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { bundleLibrary, type Library, nativeHere, type Ran, runProgram } from "./library.js";

let library: Library;
beforeAll(() => {
  library = bundleLibrary();
});
afterAll(() => library.remove());

const run = (code: string, env: Record<string, string | undefined> = {}): Ran =>
  runProgram(library, code, env);

test("importing the library loads no back end, and the reference needs none", () => {
  const ran = run(`
    console.log(backendName(), reference.relu(x).get(1, 1));
    const { createRequire } = await import("node:module");
    const loaded = Object.keys(createRequire(${library.url}).cache);
    console.log(loaded.filter((file) => file.includes("tensorflow")).length);`);
  expect(ran).toEqual({ status: 0, out: "none 4\n0", err: "" });
});

test("a fast operation before useBackend() says what to do", () => {
  const ran = run(`try { fast.relu(x); } catch (error) { console.log(error.message); }`);
  expect(ran.out).toContain("await useBackend()");
});

test("CONVLAB_BACKEND=wasm runs wasm and says nothing", () => {
  const ran = run(`console.log(await useBackend(), fast.relu(x).get(1, 1), backendName());`, {
    CONVLAB_BACKEND: "wasm",
  });
  expect(ran).toEqual({ status: 0, out: "wasm 4 wasm", err: "" });
});

test("CONVLAB_BACKEND=cpu is honoured, without tfjs's own advertisement", () => {
  const ran = run(`console.log(await useBackend(), fast.relu(x).get(1, 1));`, {
    CONVLAB_BACKEND: "cpu",
  });
  expect(ran).toEqual({ status: 0, out: "cpu 4", err: "" });
});

test("calls that come at once do not disturb each other, as of two modules that are imported", () => {
  const ran = run(`
    const asked = ["wasm", "wasm", "cpu", "wasm", "cpu", "wasm"];
    await Promise.all(asked.map(async (name, i) => {
      for (let turn = 0; turn < 5; turn++) {
        await useBackend(name);
        if (fast.relu(x).get(1, 1) !== 4) console.log("wrong");
        for (let wait = 0; wait < i; wait++) await null;
        if (fast.conv2d(x, x).get(0, 0) !== reference.conv2d(x, x).get(0, 0)) console.log("wrong");
        // What computes and what is said to compute are one.
        if (!String(backendReport()).includes(backendName())) console.log("wrong");
      }
    }));
    console.log(await useBackend("wasm"), await useBackend("cpu"), backendName());`);
  expect(ran).toEqual({ status: 0, out: "wasm cpu cpu", err: "" });
});

test("an unknown back end is refused with the list", () => {
  const ran = run(`try { await useBackend(); } catch (e) { console.log(e.name, e.message); }`, {
    CONVLAB_BACKEND: "gpu",
  });
  expect(ran.out).toContain('ArgumentError CONVLAB_BACKEND is "gpu"');
  expect(ran.out).toContain("auto, native, wasm, cpu");
});

test.skipIf(nativeHere)("auto falls back to wasm and says so once, on stderr", () => {
  const ran = run(`
    await useBackend(); await useBackend("wasm"); await useBackend("cpu"); await useBackend("auto");
    console.log(await useBackend("wasm"));`);
  expect(ran.out).toBe("wasm");
  expect(ran.err.match(/convlab: /g)).toHaveLength(1);
  expect(ran.err).toContain("WebAssembly");
});

test.skipIf(nativeHere)(
  "native that is asked for and missing is an error, never another back end",
  () => {
    const ran = run(
      `try { await useBackend(); } catch (e) { console.log(e.message, backendName()); }`,
      { CONVLAB_BACKEND: "native" },
    );
    expect(ran.out).toMatch(/^The native back end can't be used: .* none$/);
  },
);

test("back ends can be switched and used inside a worker thread", () => {
  const ran = run(
    `const { Worker } = await import("node:worker_threads");
    const code = \`import(${library.url}).then(async (lab) => {
      const name = await lab.useBackend("wasm");
      (await import("node:worker_threads")).parentPort.postMessage([name, lab.fast.relu(lab.array([-1, 2])).get(1)]);
    })\`;
    const worker = new Worker(code, { eval: true });
    worker.on("message", (message) => console.log(...message));
    await new Promise((done) => worker.on("exit", done));
    await useBackend("cpu"); console.log(await useBackend("wasm"), fast.relu(x).get(1, 1));`,
  );
  expect(ran).toEqual({ status: 0, out: "wasm 2\nwasm 4", err: "" });
});

test.runIf(nativeHere)(
  "native is taken by auto without a word of ours, in a worker thread too",
  () => {
    const ran = run(
      `const { Worker } = await import("node:worker_threads");
    const code = \`import(${library.url}).then(async (lab) => {
      const name = await lab.useBackend();
      (await import("node:worker_threads")).parentPort.postMessage([name, lab.fast.relu(lab.array([-1, 2])).get(1)]);
    })\`;
    const worker = new Worker(code, { eval: true });
    worker.on("message", (message) => console.log(...message));
    await new Promise((done) => worker.on("exit", done));
    console.log(await useBackend(), fast.relu(x).get(1, 1));`,
    );
    expect(ran.out).toBe("native 2\nnative 4");
    expect(ran.err).not.toContain("convlab:");
  },
);

test("CONVLAB_EXPECT_NATIVE=1, as CI sets it: native TensorFlow is here and computes", () => {
  if (process.env.CONVLAB_EXPECT_NATIVE !== "1" && !nativeHere) return;
  const ran = run(`console.log(await useBackend("native"), fast.relu(x).get(1, 1));`);
  expect(ran.out).toBe("native 4");
});

test("the report says what computes, as text and in fields, in the language of the lesson", () => {
  const ran = run(
    `const { language } = await import(${library.url});
    console.log(String(backendReport()));
    await useBackend();
    const { name, threads, simd, library, tensors, bytes, whyNotNative } = backendReport();
    console.log(JSON.stringify({ name, threads, simd, library, tensors, bytes, whyNotNative }));
    console.log(backendReport());
    language("ko"); console.log(String(backendReport()));`,
    { CONVLAB_BACKEND: "wasm", CONVLAB_WASM_THREADS: "1" },
  );
  const [none, fields, ...text] = ran.out.split("\n");
  expect(none).toBe("No back end is loaded: fast operations need `await useBackend()` once.");
  expect(JSON.parse(fields!)).toEqual({
    name: "wasm",
    threads: 1,
    simd: true,
    library: "WebAssembly (tfjs 4.22.0)",
    tensors: 0,
    bytes: 0,
  });
  expect(text).toEqual([
    "Back end wasm: WebAssembly (tfjs 4.22.0), threads: 1 with SIMD",
    "Tensors alive: 0, 0.0 kB",
    "백엔드 wasm: WebAssembly (tfjs 4.22.0), 스레드 1개, SIMD 사용",
    "살아 있는 텐서: 0개, 0.0 kB",
  ]);
});

test.skipIf(nativeHere)("the report says why it is not native", () => {
  const ran = run(`await useBackend(); console.log(String(backendReport()));`);
  expect(ran.out).toMatch(/Not native: .*tfjs-node/);
});

test.runIf(nativeHere)("the report on native names TensorFlow", () => {
  const ran = run(`await useBackend("native"); console.log(String(backendReport()));`);
  expect(ran.out).toMatch(
    /^Back end native: TensorFlow 2\.\d+\.\d+ \(tfjs 4\.22\.0\), threads: \d+/,
  );
});

test("an operation gives memory of its own, whatever the back end", () => {
  for (const name of nativeHere ? ["wasm", "cpu", "native"] : ["wasm", "cpu"]) {
    const ran = run(
      `const { compute } = await import(${library.url});
      await useBackend(${JSON.stringify(name)});
      const given = new Float32Array([1, 2, 3, 4]);
      const same = compute([4], (tf) => tf.tensor1d(given));
      const shaped = compute([2, 2], (tf) => tf.reshape(tf.tensor1d(given), [2, 2]));
      same.set(0, 9); shaped.set(1, 1, 9);
      console.log(given.join(), shaped.get(0, 0), backendReport().tensors);`,
    );
    expect(ran.out).toBe("1,2,3,4 1 0");
  }
});
