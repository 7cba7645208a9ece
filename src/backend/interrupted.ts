/**
 * Order after an interrupted cell. Jupyter's interrupt ends JavaScript wherever it is, and no `finally` runs: tfjs then
 * thinks for ever that it is inside a scope, or that gradients are asked for, and keeps every tensor made from then on.
 */
import type { Tf } from "./compute.js";

/** Where tfjs stands: how many scopes, kernels and gradients it is inside of. */
interface EngineState {
  readonly scopeStack: readonly { track: { dispose(): void; kept?: boolean }[] }[];
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
function free(tensor: { dispose(): void; kept?: boolean }): void {
  if (tensor.kept) return;
  try {
    tensor.dispose();
  } catch {
    // The back end has freed it already, or has never had it.
  }
}
