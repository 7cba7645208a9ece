/**
 * Order after an interrupted cell. Jupyter's interrupt ends JavaScript wherever it is, and no `finally` runs: tfjs then
 * thinks for ever that it is inside a scope, or that gradients are asked for, and keeps every tensor made from then on.
 */
import type { Tf } from "./compute.js";

/** Where tfjs stands: how many scopes, kernels and gradients it is inside of. */
interface EngineState {
  readonly scopeStack: readonly { track: Disposable[] }[];
  gradientDepth: number;
  kernelDepth: number;
  activeTape: unknown;
}

interface Disposable {
  readonly kept?: boolean;
  dispose(): void;
}

let isComputing = false;
let isWatched = false;
/** The tensor that is being freed: freeing it once more would free memory that another tensor has by then. */
let inDisposal: unknown;

/** Notes which tensor is being freed. To be called once, when tfjs is loaded. */
export function watchDisposal(tf: Tf): void {
  const engine = tf.engine();
  const dispose = engine.disposeTensor.bind(engine);
  engine.disposeTensor = (tensor) => {
    inDisposal = tensor;
    dispose(tensor);
    inDisposal = undefined;
  };
}

/** Runs `f`, which uses tfjs and answers at once. */
export function computing<T>(tf: Tf, f: () => T): T {
  if (isComputing) return f();
  watch(tf);
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
    if (!isComputing) return;
    isComputing = false;
    while (state.scopeStack.length > scopes) {
      const scope = state.scopeStack.at(-1)!;
      for (const tensor of scope.track) free(tensor);
      scope.track = [];
      engine.endScope();
    }
    Object.assign(state, { gradientDepth, kernelDepth, activeTape });
  }).unref();
}

/** Frees a tensor that may be half made, or half freed. One that is kept may be a network's weights. */
function free(tensor: Disposable): void {
  if (tensor.kept || tensor === inDisposal) return;
  try {
    tensor.dispose();
  } catch {
    // The back end has never had it.
  }
}
