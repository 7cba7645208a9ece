/** The module itself, in this process: its programs, its threads, and how it begins anew with what was in it. */
import { afterEach, describe, expect, test } from "vitest";
import { type WasmModule, type WasmProgram, wasmProgram } from "../../src/backend/wasm/module.js";
import { RenewableModule, type TensorData } from "../../src/backend/wasm/renewable.js";
import { chooseProgram } from "../../src/backend/wasm/start.js";
import { threadRunning } from "../../src/backend/wasm/thread.js";
import { endThreads, startThreads } from "../../src/backend/wasm/threads.js";

/** Ends the threads that a test has begun. */
const begun: WasmModule[] = [];
afterEach(() => {
  for (const module of begun.splice(0)) endThreads(module);
});

/** The same program, whose modules are ended after the test. */
function ended(program: WasmProgram): WasmProgram {
  return {
    ...program,
    start() {
      const module = program.start();
      begun.push(module);
      return module;
    },
  };
}

/** As many tensors share numbers as is said; none is half freed. */
function census(sharing = (_id: object, told: number): number => told) {
  return { finishDisposal() {}, sharing: () => sharing, recount() {} };
}

/** Puts numbers into a module as tfjs does. */
function put(module: RenewableModule, numbers: Float32Array | Uint8Array, dtype: string): object {
  const dataId = {};
  const memoryOffset = Number(module._malloc(numbers.byteLength));
  const id = module.data.size + 1;
  module.tfjs.registerTensor!(id, numbers.length, memoryOffset);
  module.HEAPU8.set(new Uint8Array(numbers.buffer), memoryOffset);
  module.data.set(dataId, { id, memoryOffset, shape: [numbers.length], dtype, refCount: 1 });
  return dataId;
}

function bytesOf(module: RenewableModule, { memoryOffset }: TensorData, length: number): number[] {
  return [...module.HEAPU8.slice(memoryOffset!, memoryOffset! + length)];
}

/** tfjs's number for this type. */
const float32 = 0;

/** x → |x|, as the kernel does it: by ids. */
function absolute(module: RenewableModule, x: object, y: object): void {
  const abs = module.cwrap("Abs", null, ["number", "number", "number"]);
  abs(module.data.get(x)!.id, float32, module.data.get(y)!.id);
}

const variants: [string, boolean, number][] = [
  ["plain", false, 1],
  ["with SIMD", true, 1],
  ["with SIMD and threads", true, 2],
];

describe.each(variants)("%s", (_, simd, threads) => {
  test("numbers keep their ids in a fresh module; what nobody holds is dropped", async () => {
    const shares = new Map<object, number>();
    const module = new RenewableModule(
      ended(await wasmProgram(simd, threads)),
      census((id, told) => shares.get(id) ?? told),
    );
    module.tfjs.initWithThreadsCount!(1);
    expect(module.simd).toBe(simd);
    const x = put(module, new Float32Array([-1, 2, -3]), "float32");
    const y = put(module, new Float32Array(3), "float32");
    const truth = put(module, new Uint8Array([1, 0, 1]), "bool");
    const dropped = put(module, new Float32Array(1000), "float32");
    const words = {};
    module.data.set(words, { id: 9, memoryOffset: null, shape: [2], dtype: "string", refCount: 1 });
    shares.set(dropped, 0).set(x, 2);
    module.renew();
    expect(module.renewals).toBe(1);
    expect([...module.data.keys()]).toEqual([x, y, truth, words]);
    expect(module.data.get(x)).toMatchObject({ id: 1, refCount: 2 });
    expect(bytesOf(module, module.data.get(truth)!, 3)).toEqual([1, 0, 1]);
    absolute(module, x, y);
    const expected = [...new Uint8Array(new Float32Array([1, 2, 3]).buffer)];
    expect(bytesOf(module, module.data.get(y)!, 12)).toEqual(expected);
  });
});

test("a call that does not come back makes the next one begin anew; one that does, does not", async () => {
  const module = new RenewableModule(await wasmProgram(true, 1), census());
  module.tfjs.initWithThreadsCount!(1);
  const x = put(module, new Float32Array([5]), "float32");
  expect(module.renewals).toBe(0);
  // An address outside of all memory: WebAssembly stops in the middle.
  expect(() => module.tfjs.registerTensor!(1, {} as never, Symbol() as never)).toThrow(
    /WebAssembly broke off.*4 GiB/,
  );
  module.ready();
  expect(module.renewals).toBe(1);
  expect(bytesOf(module, module.data.get(x)!, 4)).toEqual([0, 0, 160, 64]);
  module.ready();
  expect(module.renewals).toBe(1);
});

test("tensors that are too large for a module are said so, and the module lives on", async () => {
  const module = new RenewableModule(await wasmProgram(true, 1), census());
  const impossible = {};
  const huge = { id: 1, memoryOffset: 8, shape: [2 ** 30 - 4], dtype: "float32", refCount: 1 };
  module.data.set(impossible, huge);
  expect(() => module.renew()).toThrow("no memory left");
  module.data.delete(impossible);
  expect(module.threads).toBe(1);
  expect(module.renewals).toBe(1);
});

test("threads come back after a renewal; an overtaken start changes nothing", async () => {
  const module = new RenewableModule(ended(await wasmProgram(true, 3)), census());
  module.tfjs.initWithThreadsCount!(1);
  await module.startThreads();
  expect(module.threads).toBe(3);
  module.renew();
  expect(module.threads).toBe(1);
  module.renew();
  await expect.poll(() => module.threads, { timeout: 10_000 }).toBe(3);
  expect(module.oneThread).toBeUndefined();
});

/** A program whose threads do something else. */
function withThreads(program: WasmProgram, code: string): WasmProgram {
  const Thread = threadRunning(code);
  return {
    ...program,
    start() {
      const module = program.start();
      const pool = module.PThread!;
      pool.allocateUnusedWorker = () => pool.unusedWorkers.push(new Thread());
      return module;
    },
  };
}

test("threads that fail, or never answer, leave one thread and the reason", async () => {
  const program = await wasmProgram(true, 2);
  const failing = ended(withThreads(program, "throw new Error('not here')"));
  const module = new RenewableModule(failing, census());
  module.tfjs.initWithThreadsCount!(1);
  await module.startThreads();
  expect(module.threads).toBe(1);
  expect(module.oneThread).toBe("threads did not start (not here)");
  const silent = ended(withThreads(program, "setInterval(() => {}, 1000)")).start();
  await expect(startThreads(silent, 1, 50)).rejects.toThrow("no answer in 0.05 s");
  await expect(startThreads((await wasmProgram(true, 1)).start(), 1)).rejects.toThrow("one thread");
});

test("the program is that for one thread where more can't be had, with the reason", async () => {
  expect(await chooseProgram(false, 4)).toMatchObject({
    program: { threads: 1, simd: false },
    oneThread: "this processor has no SIMD in WebAssembly",
  });
  const other = (simd: boolean, threads: number): Promise<WasmProgram> =>
    threads > 1 ? Promise.reject(new Error("not that of tfjs 4.22")) : wasmProgram(simd, threads);
  expect(await chooseProgram(true, 4, other)).toMatchObject({
    program: { threads: 1, simd: true },
    oneThread: "not that of tfjs 4.22",
  });
  expect(await chooseProgram(true, 2)).toMatchObject({ program: { threads: 2, simd: true } });
});
