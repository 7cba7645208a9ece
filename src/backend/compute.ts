/** The tfjs that is loaded at the moment, and the one way in which fast operations use it. */
import type * as Core from "@tensorflow/tfjs-core";
import { type FloatArray, fromData } from "../array.js";
import type { BackendName } from "./index.js";

/** tfjs-core's functions, with a back end active. */
export type Tf = typeof Core;
export type Tensor = Core.Tensor;
export type Tensor4D = Core.Tensor4D;

/** A back end that runs. */
export interface Running {
  readonly tf: Tf;
  readonly name: BackendName;
}

let running: Running | undefined;

/** Makes a back end the one that fast operations use. */
export function setRunning(next: Running): void {
  running = next;
}

/** The back end that fast operations use, if one is loaded. */
export function getRunning(): Running | undefined {
  return running;
}

/**
 * Runs `f` on the loaded back end and brings its result back as an array; every tensor made on the way is freed.
 * A shape that holds no numbers is given back at once.
 *
 * @throws {Error} when no back end is loaded.
 */
export function compute(shape: readonly number[], f: (tf: Tf) => Tensor): FloatArray {
  if (running === undefined) {
    throw new Error(
      "Fast operations need a back end. Load one first, once: await useBackend(); the operations of `reference` need none.",
    );
  }
  const { tf } = running;
  // An empty batch: there is nothing to compute, and back ends stumble over tensors without numbers.
  if (shape.includes(0)) return fromData(new Float32Array(0), shape);
  // Only a tensor may leave tidy: from anything else it would search every number for tensors to keep.
  const result = tf.tidy(() => f(tf));
  try {
    // A back end may hand out its own memory: the copy keeps it from changing under the reader.
    return fromData(result.dataSync<"float32">().slice(), shape);
  } finally {
    result.dispose();
  }
}
