/**
 * Order after an interrupted cell. Jupyter's interrupt ends JavaScript wherever it is, and no `finally` runs: tfjs then
 * thinks for ever that it is inside a scope, or that gradients are asked for, keeps every tensor made from then on, and
 * has half made or half freed the one that it was at.
 */
import type { Tensor, Tf } from "./compute.js";
import { TensorsAlive } from "./tensors-alive.js";

/** Where tfjs stands: how many scopes, kernels and gradients it is inside of. */
interface EngineState {
  readonly scopeStack: readonly { track: unknown[] }[];
  gradientDepth: number;
  kernelDepth: number;
  activeTape: unknown;
}

/** A back end that can begin anew with the numbers of the tensors that are alive. */
export interface Renewable {
  /** The back end as tfjs knows it. */
  readonly backend: object;
  /** How many times it has begun anew. */
  readonly renewals: number;
  renew(): void;
}

let alive: TensorsAlive | undefined;
let renewable: Renewable | undefined;
let isComputing = false;
let isWatched = false;
/** Where the computation began: the id of its first tensor, and the back end's renewals by then. */
let firstTensor = 0;
let renewalsBefore = 0;

/** The list of the tensors that are alive, from the first call on. */
export function tensorsAlive(tf: Tf): TensorsAlive {
  alive ??= new TensorsAlive(tf);
  return alive;
}

/** Says which back end is to begin anew after an interrupt. */
export function renewAfterInterrupt(next: Renewable): void {
  renewable = next;
}

/** Runs `f`, which uses tfjs and answers at once. */
export function computing<T>(tf: Tf, f: () => T): T {
  if (isComputing) return f();
  watch(tf);
  firstTensor = tensorsAlive(tf).nextId();
  renewalsBefore = renewable?.renewals ?? 0;
  isComputing = true;
  try {
    return f();
  } finally {
    isComputing = false;
  }
}

/** Looks, when all JavaScript has returned, whether it came to its end. */
function watch(tf: Tf): void {
  if (isWatched) return;
  isWatched = true;
  const engine = tf.engine();
  const state = engine.state as unknown as EngineState;
  const { gradientDepth, kernelDepth, activeTape } = state;
  const scopes = state.scopeStack.length;
  setImmediate(() => {
    isWatched = false;
    const tensors = tensorsAlive(tf);
    if (!isComputing) return freeAll(tensors.takeBack());
    isComputing = false;
    while (state.scopeStack.length > scopes) {
      state.scopeStack.at(-1)!.track = [];
      engine.endScope();
    }
    Object.assign(state, { gradientDepth, kernelDepth, activeTape });
    freeLeftOver(tf, tensors);
  }).unref();
}

/** Frees what the computation has made. Its last line may have left the back end's memory in disorder. */
function freeLeftOver(tf: Tf, tensors: TensorsAlive): void {
  tensors.finishDisposal();
  const wasUsed = tf.backend() === renewable?.backend;
  const stale = wasUsed && renewable?.renewals === renewalsBefore ? renewable : undefined;
  const leftOver = [...tensors.leftOver(firstTensor), ...tensors.takeBack()];
  const [forgotten, others] = [new Set<Tensor>(), new Set<Tensor>()];
  for (const tensor of leftOver) {
    (tensors.backendOf(tensor) === stale?.backend ? forgotten : others).add(tensor);
  }
  tensors.forget([...forgotten]);
  freeAll(others);
  stale?.renew();
  tensors.recount();
}

/** Frees tensors that may be half made. */
function freeAll(tensors: Iterable<Tensor>): void {
  for (const tensor of tensors) {
    try {
      tensor.dispose();
    } catch {
      // The back end has never had it.
    }
  }
}
