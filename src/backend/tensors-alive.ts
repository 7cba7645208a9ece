/**
 * The tensors that are alive, one by one. tfjs only counts them, and its counts are wrong for ever once an interrupt
 * has ended it between two lines; from this list everything that it counts can be counted again.
 */
import type { Tensor, Tf } from "./tfjs.js";

/** What tfjs knows of its tensors. */
interface Books {
  numTensors: number;
  numBytes: number;
  numDataBuffers: number;
  readonly gradientDepth: number;
  readonly tensorInfo: WeakMap<object, { readonly backend: Backend; readonly bytes: number }>;
}

/** A back end, which notes how many tensors share the numbers of an id. */
interface Backend {
  refCount(dataId: object): number;
  incRef(dataId: object): void;
  /** One fewer; without any the numbers are freed. */
  disposeData(dataId: object): boolean;
}

/** The parts of tfjs's engine that every tensor passes. */
interface Engine {
  readonly state: Books;
  nextTensorId(): number;
  trackTensor(tensor: Tensor, backend?: object): void;
  disposeTensor(tensor: Tensor): void;
  keep(tensor: Tensor): Tensor;
}

/** A tensor as tfjs marks it. */
interface Marked {
  kept?: boolean;
  isDisposedInternal: boolean;
}

/** The list of one tfjs. */
export class TensorsAlive {
  readonly #engine: Engine;
  readonly #alive = new Set<Tensor>();
  /** Given out by a computation, until JavaScript returns. */
  readonly #lent = new Set<Tensor>();
  /** Kept for a way back, not by who computes. */
  readonly #onTape = new WeakSet<Tensor>();
  /** Made before the list began. */
  readonly #before: Pick<Books, "numTensors" | "numBytes" | "numDataBuffers">;
  /** The tensor that is being freed: freeing it once more would free memory that another tensor has by then. */
  #inDisposal: Tensor | undefined;

  /** Lists the tensors that `tf` makes from now on. */
  constructor(tf: Tf) {
    const engine = tf.engine() as unknown as Engine;
    this.#engine = engine;
    const { numTensors, numBytes, numDataBuffers } = engine.state;
    this.#before = { numTensors, numBytes, numDataBuffers };
    const track = engine.trackTensor.bind(engine);
    const dispose = engine.disposeTensor.bind(engine);
    const keep = engine.keep.bind(engine);
    engine.trackTensor = (tensor, backend) => {
      this.#alive.add(tensor);
      track(tensor, backend);
    };
    engine.disposeTensor = (tensor) => {
      this.finishDisposal();
      this.#inDisposal = tensor;
      this.#alive.delete(tensor);
      this.#lent.delete(tensor);
      try {
        dispose(tensor);
      } finally {
        this.#inDisposal = undefined; // An interrupt runs no `finally`.
      }
    };
    engine.keep = (tensor) => {
      if (engine.state.gradientDepth > 0) this.#onTape.add(tensor);
      return keep(tensor);
    };
  }

  /** An id that is larger than those of all tensors, and smaller than those of all that will be. */
  nextId(): number {
    return this.#engine.nextTensorId();
  }

  /** What a computation that was ended leaves behind: the tensors since `first` that nobody keeps. */
  leftOver(first: number): Tensor[] {
    return [...this.#alive].filter(
      (tensor) => tensor.id >= first && (!marked(tensor).kept || this.#onTape.has(tensor)),
    );
  }

  /** Notes the results of a computation: whoever wants them for longer than JavaScript runs without a pause keeps them. */
  lend(results: Tensor | Tensor[]): void {
    for (const tensor of Array.isArray(results) ? results : [results]) this.#lent.add(tensor);
  }

  /** Results that nobody has kept or freed: an interrupt came between. */
  takeBack(): Tensor[] {
    const forgotten = [...this.#lent].filter((tensor) => !marked(tensor).kept);
    this.#lent.clear();
    return forgotten;
  }

  /** Takes tensors off the books, when the back end that holds their numbers is to forget them by itself. */
  forget(tensors: readonly Tensor[]): void {
    for (const tensor of tensors) {
      this.#alive.delete(tensor);
      marked(tensor).isDisposedInternal = true;
    }
    const holders = this.#holders();
    const { tensorInfo } = this.#engine.state;
    for (const { dataId } of tensors) if (!holders.has(dataId)) tensorInfo.delete(dataId);
  }

  /** Whether a tensor is being freed; once JavaScript has returned, that an interrupt came meanwhile. */
  get isDisposing(): boolean {
    return this.#inDisposal !== undefined;
  }

  /** If a tensor was being freed when an interrupt came, it is taken as freed. */
  finishDisposal(): void {
    const half = this.#inDisposal;
    if (half === undefined) return;
    this.forget([half]);
    this.recount();
    this.#inDisposal = undefined;
  }

  /** How many tensors share the numbers of an id; of numbers older than the list, as many as the back end says. */
  sharing(): (id: object, told: number) => number {
    const holders = this.#holders();
    const { tensorInfo } = this.#engine.state;
    return (id, told) => (tensorInfo.has(id) ? (holders.get(id) ?? told) : 0);
  }

  /** Where the numbers of a tensor are. */
  backendOf(tensor: Tensor): object | undefined {
    return this.#engine.state.tensorInfo.get(tensor.dataId)?.backend;
  }

  /** Counts tensors and bytes again. */
  recount(): void {
    const { state } = this.#engine;
    const holders = this.#holders();
    state.numTensors = this.#before.numTensors + this.#alive.size;
    state.numDataBuffers = this.#before.numDataBuffers + holders.size;
    state.numBytes = this.#before.numBytes;
    for (const { dtype, size, dataId } of this.#alive) {
      state.numBytes +=
        dtype === "string"
          ? (state.tensorInfo.get(dataId)?.bytes ?? 0)
          : size * bytesEach[dtype as keyof typeof bytesEach];
    }
  }

  /** Tells the back ends again how many tensors share their numbers. */
  share(): void {
    const { tensorInfo } = this.#engine.state;
    for (const [dataId, count] of this.#holders()) {
      const backend = tensorInfo.get(dataId)?.backend;
      if (backend === undefined || backend.refCount(dataId) === 0) continue;
      for (let told = backend.refCount(dataId); told > count; told--) backend.disposeData(dataId);
      for (let told = backend.refCount(dataId); told < count; told++) backend.incRef(dataId);
    }
  }

  #holders(): Map<object, number> {
    const holders = new Map<object, number>();
    for (const { dataId } of this.#alive) holders.set(dataId, (holders.get(dataId) ?? 0) + 1);
    return holders;
  }
}

/** As tfjs counts: the parts of complex numbers are tensors of their own. */
const bytesEach = { float32: 4, int32: 4, bool: 1, complex64: 0 };

function marked(tensor: Tensor): Marked {
  return tensor as unknown as Marked;
}
