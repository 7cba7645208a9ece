/**
 * Order after an interrupted cell. Jupyter's interrupt ends JavaScript wherever it is, and no `finally` runs: tfjs then
 * thinks for ever that it is inside a scope, or that gradients are asked for, and keeps every tensor made from then on.
 */
import type { Tf } from "./compute.js";

/** Where tfjs stands: how many scopes, kernels and gradients it is inside of. */
interface EngineState {
  readonly scopeStack: readonly unknown[];
  gradientDepth: number;
  kernelDepth: number;
  activeTape: unknown;
}

let isComputing = false;
let isWatched = false;

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
    while (state.scopeStack.length > scopes) engine.endScope();
    Object.assign(state, { gradientDepth, kernelDepth, activeTape });
  }).unref();
}
