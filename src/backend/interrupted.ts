/**
 * Order after an interrupted cell. Jupyter's interrupt ends JavaScript wherever it is, and no `finally` runs: tfjs then
 * thinks for ever that it is inside a scope, or that gradients are asked for, keeps every tensor made from then on, and
 * has half made or half freed the one that it was at.
 */

import { TensorsAlive } from "./tensors-alive.js";
import type { Tensor, Tf } from "./tfjs.js";

/** Where tfjs stands: how many scopes, kernels and gradients it is inside of. */
interface EngineState {
  readonly scopeStack: readonly { track: unknown[] }[];
  gradientDepth: number;
  kernelDepth: number;
  activeTape: unknown;
}

interface Start extends Pick<EngineState, "gradientDepth" | "kernelDepth" | "activeTape"> {
  readonly scopes: number;
  /** Tensors with this id and larger ones are the computation's. */
  readonly firstTensor: number;
  readonly renewals: number | undefined;
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
/** Where things stood when the computation began. */
let before: Start | undefined;
/** When it was begun to wait for JavaScript to return, in milliseconds. */
let watchedSince = Number.NEGATIVE_INFINITY;

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
  watch(tf);
  if (isComputing) return f();
  const { scopeStack, gradientDepth, kernelDepth, activeTape } = stateOf(tf);
  before = {
    scopes: scopeStack.length,
    gradientDepth,
    kernelDepth,
    activeTape,
    firstTensor: tensorsAlive(tf).nextId(),
    renewals: renewable?.renewals,
  };
  isComputing = true;
  try {
    return f();
  } finally {
    isComputing = false;
  }
}

/** An interrupt can make Node lose what waits for JavaScript to return: after so many milliseconds it is said again. */
const PATIENCE = 500;

/**
 * Looks, when all JavaScript has returned, whether it came to its end. By a timer: our kernel drops the immediates of a
 * cell that is interrupted.
 */
function watch(tf: Tf): void {
  const now = performance.now();
  if (now - watchedSince < PATIENCE) return;
  setTimeout(() => {
    watchedSince = Number.NEGATIVE_INFINITY;
    const tensors = tensorsAlive(tf);
    if (isComputing || tensors.isDisposing) putInOrder(tf, tensors, before!);
    else freeAll(tensors.takeBack());
  }, 0).unref();
  watchedSince = now; // At the end: an interrupt may come here too.
}

/** Closes what the computation has opened, and frees what it has made. */
function putInOrder(tf: Tf, tensors: TensorsAlive, start: Start): void {
  const state = stateOf(tf);
  const { scopes, gradientDepth, kernelDepth, activeTape } = start;
  while (state.scopeStack.length > scopes) {
    state.scopeStack.at(-1)!.track = [];
    tf.engine().endScope();
  }
  Object.assign(state, { gradientDepth, kernelDepth, activeTape });
  freeLeftOver(tf, tensors, start);
  isComputing = false;
}

function stateOf(tf: Tf): EngineState {
  return tf.engine().state as unknown as EngineState;
}

/** The computation's last line may have left the back end's memory in disorder. */
function freeLeftOver(tf: Tf, tensors: TensorsAlive, start: Start): void {
  tensors.finishDisposal();
  const wasUsed = tf.backend() === renewable?.backend;
  const stale = wasUsed && renewable?.renewals === start.renewals ? renewable : undefined;
  const leftOver = [...tensors.leftOver(start.firstTensor), ...tensors.takeBack()];
  const [forgotten, others] = [new Set<Tensor>(), new Set<Tensor>()];
  for (const tensor of leftOver) {
    (tensors.backendOf(tensor) === stale?.backend ? forgotten : others).add(tensor);
  }
  tensors.forget([...forgotten]);
  freeAll(others);
  try {
    stale?.renew();
  } catch {
    // No memory for it: the next operation tries again, and says so.
  }
  tensors.recount();
  tensors.share();
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
