/**
 * A WebAssembly module that begins anew after an interrupt. Jupyter's interrupt ends JavaScript and WebAssembly
 * wherever they are: in the middle of `malloc` the list of free memory stays torn, the pool of threads waits for ever
 * for the call that was ended, and what that call had on the stack stays there. None of it can be mended from outside.
 * So every call says when it begins and when it has ended, and what comes after a call that has not ended works on a
 * fresh module, to which the numbers of all tensors are copied. They keep their ids, so that nobody notices.
 */
import type { WasmFunction, WasmModule, WasmProgram } from "./module.js";
import { endThreads, startThreads } from "./threads.js";

/** The numbers of a tensor, as tfjs's class `BackendWasm` notes them. */
export interface TensorData {
  readonly id: number;
  /** Where they begin; strings are not in the module. */
  readonly memoryOffset: number | null;
  readonly shape: readonly number[];
  readonly dtype: string;
  refCount: number;
}

/** How many tensors share these numbers: none, when they can be dropped. `told` is what the back end has noted. */
export type Sharing = (dataId: object, told: number) => number;

/** A module with what is in it. An interrupt may come at any line: both are replaced by one assignment. */
interface Current {
  readonly module: WasmModule;
  readonly functions: WasmFunction[];
  readonly data: Map<object, TensorData>;
}

type Signature = Parameters<WasmModule["cwrap"]>;

/** What {@link RenewableModule} tells of the tensors in it, when it begins anew. */
export interface Census {
  /** To be called before: an interrupt may have come while a tensor was freed. */
  finishDisposal(): void;
  sharing(): Sharing;
  recount(): void;
}

/** The module as `BackendWasm` and the set-up of tfjs's kernels use it. */
export class RenewableModule {
  readonly #program: WasmProgram;
  readonly #census: Census;
  readonly #signatures: Signature[] = [];
  readonly #wrapped = new Map<string, WasmFunction>();
  #current: Current;
  /** Whether a call has begun that has not ended. */
  #isInside = false;
  #renewals = 0;
  /** Why fewer threads compute than were wanted. */
  oneThread: string | undefined;

  /** Memory for so many bytes. */
  readonly _malloc: WasmFunction;
  readonly _free: WasmFunction;
  /** The functions that belong to no kernel. */
  readonly tfjs: Record<string, WasmFunction>;

  constructor(program: WasmProgram, census: Census) {
    this.#program = program;
    this.#census = census;
    this.#current = { module: program.start(), functions: [], data: new Map() };
    this._malloc = this.cwrap("malloc", "number", ["number"]);
    this._free = this.cwrap("free", null, ["number"]);
    this.tfjs = {
      init: this.cwrap("init", null, []),
      initWithThreadsCount: this.cwrap("init_with_threads_count", null, ["number"]),
      getThreadsCount: this.cwrap("get_threads_count", "number", []),
      registerTensor: this.cwrap("register_tensor", null, ["number", "number", "number"]),
      disposeData: this.cwrap("dispose_data", null, ["number"]),
      dispose: this.cwrap("dispose", null, []),
    };
  }

  get HEAPU8(): Uint8Array {
    return this.#current.module.HEAPU8;
  }

  /** The numbers of all tensors, by tfjs's ids. */
  get data(): Map<object, TensorData> {
    return this.#current.data;
  }

  get renewals(): number {
    return this.#renewals;
  }

  get simd(): boolean {
    return this.#program.simd;
  }

  /** How many threads compute at the moment. */
  get threads(): number {
    return Number(this.tfjs.getThreadsCount!());
  }

  /** A function of the module, whichever is current. One that does not come back, for whatever reason, makes it stale. */
  cwrap(...signature: Signature): WasmFunction {
    // tfjs asks for all of them each time that it switches to this back end.
    const key = String(signature);
    const known = this.#wrapped.get(key) ?? this.#wrap(signature);
    this.#wrapped.set(key, known);
    return known;
  }

  #wrap(signature: Signature): WasmFunction {
    const which = this.#signatures.push(signature) - 1;
    this.#current.functions[which] = this.#current.module.cwrap(...signature);
    return (...given) => {
      this.ready();
      this.#isInside = true;
      const result = this.#call(which, given);
      this.#isInside = false;
      return result;
    };
  }

  #call(which: number, given: Parameters<WasmFunction>): ReturnType<WasmFunction> {
    try {
      return this.#current.functions[which]!(...given);
    } catch (error) {
      throw new Error(
        "WebAssembly broke off: most often the numbers need more than the 4 GiB of memory that it can have. Take smaller pictures or batches, or the native back end (npm run native). The next operation begins anew.",
        { cause: error },
      );
    }
  }

  /** Begins anew if the last call has not ended: to be called before an address is read that a call is to be given. */
  ready(): void {
    if (this.#isInside) this.renew();
  }

  /** Begins anew, on one thread until others have started. */
  renew(): void {
    this.#isInside = true; // Until the end: an interrupt may come here too.
    this.#census.finishDisposal();
    const old = this.#current;
    endThreads(old.module);
    const module = this.#program.start();
    const functions = this.#signatures.map((signature) => module.cwrap(...signature));
    module.cwrap("init_with_threads_count", null, ["number"])(1);
    this.#current = { module, functions, data: moved(old, module, this.#census.sharing()) };
    this.#renewals += 1;
    this.#isInside = false;
    this.#census.recount();
    void this.startThreads();
  }

  /** Starts the other threads; nothing else is to be done meanwhile but what one thread can do. */
  async startThreads(): Promise<void> {
    const { module } = this.#current;
    const { threads } = this.#program;
    if (threads === 1) return;
    try {
      await startThreads(module, threads - 1);
      if (module !== this.#current.module || this.#isInside) return; // It begins, or began, anew.
      this.tfjs.initWithThreadsCount!(threads);
    } catch (error) {
      endThreads(module);
      this.oneThread = `threads did not start (${error instanceof Error ? error.message : String(error)})`;
    }
  }
}

/** Copies the numbers of the tensors that are alive to another module. */
function moved(old: Current, module: WasmModule, sharing: Sharing): Map<object, TensorData> {
  const malloc = module.cwrap("malloc", "number", ["number"]);
  const register = module.cwrap("register_tensor", null, ["number", "number", "number"]);
  // Not HEAPU8: an interrupt may have come before it was told that the memory has grown.
  const { buffer } = (old.module.wasmMemory ?? old.module.asm.memory)!;
  const data = new Map<object, TensorData>();
  for (const [dataId, noted] of old.data) {
    const refCount = sharing(dataId, noted.refCount);
    if (refCount === 0) continue;
    const { id, memoryOffset: from, shape, dtype } = noted;
    if (from === null) {
      data.set(dataId, { ...noted, refCount });
      continue;
    }
    const size = shape.reduce((product, length) => product * length, 1);
    const bytes = size * (dtype === "bool" ? 1 : 4);
    const to = Number(malloc(bytes)) >>> 0;
    if (to === 0) throw new Error("WebAssembly has no memory left for the tensors that are alive.");
    register(id, size, to);
    module.HEAPU8.set(new Uint8Array(buffer, from, bytes), to);
    data.set(dataId, { ...noted, memoryOffset: to, refCount });
  }
  return data;
}
