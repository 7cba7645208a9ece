/** The tfjs that is loaded at the moment, and the one way in which fast operations use it. */
import { type FloatArray, fromData } from "../array.js";
import { computing, tensorsAlive } from "./interrupted.js";
import type { Running, Tensor, Tf } from "./tfjs.js";

export type { Tensor, Tensor2D, Tensor4D, Tf } from "./tfjs.js";

let running: Running | undefined;

/** Makes a back end the one that fast operations use. */
export function setRunning(next: Running): void {
  running = next;
}

/** The back end that fast operations use, if one is loaded. */
export function getRunning(): Running | undefined {
  return running;
}

function required(): Running {
  if (running === undefined) {
    throw new Error(
      "Fast operations need a back end. Load one first, once: await useBackend(); the operations of `reference` need none.",
    );
  }
  return running;
}

/**
 * Runs `f` on the loaded back end and brings its result back as an array; every tensor made on the way is freed.
 * A shape that holds no numbers is given back at once.
 *
 * @throws {Error} when no back end is loaded.
 */
export function compute(shape: readonly number[], f: (tf: Tf) => Tensor): FloatArray {
  const { tf } = required();
  // An empty batch: there is nothing to compute, and back ends stumble over tensors without numbers.
  if (shape.includes(0)) return fromData(new Float32Array(0), shape);
  let numbers: Float32Array = new Float32Array(0);
  computing(tf, () =>
    tf.tidy(() => {
      numbers = values(tf, f(tf));
    }),
  );
  return fromData(numbers, shape);
}

/**
 * Runs `f` on the loaded back end and frees every tensor made on the way but the one that it gives back, or those of
 * the list that it gives back. Those are the caller's to free, at the latest when JavaScript returns; what is to live
 * longer (a network's weights) needs `tf.keep`.
 *
 * @throws {Error} when no back end is loaded.
 */
export function withTensors<T extends Tensor | Tensor[]>(f: (tf: Tf) => T): T {
  const { tf } = required();
  return computing(tf, () => {
    const results = tf.tidy(() => f(tf));
    tensorsAlive(tf).lend(results);
    return results;
  });
}

/** A back end that keeps what it was given until it is used. */
interface Lazy {
  readonly tensorMap: { get(id: object): { values?: unknown } };
}

/** The numbers of a tensor of 32-bit floats, in memory that nobody else writes to. */
export function values(tf: Tf, tensor: Tensor): Float32Array {
  const data = tensor.dataSync<"float32">();
  return isBorrowed(tf, tensor) ? data.slice() : data;
}

/** WebAssembly and TensorFlow copy what they hand out; cpu gives its own memory, TensorFlow what it has not yet taken. */
function isBorrowed(tf: Tf, tensor: Tensor): boolean {
  if (tf.getBackend() === "wasm") return false;
  if (tf.getBackend() !== "tensorflow") return true;
  const { tensorMap } = tf.backend() as unknown as Lazy;
  return tensorMap.get(tensor.dataId).values != null;
}
