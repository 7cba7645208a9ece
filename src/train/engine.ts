/** What computes a network, in loops or on tfjs. All that learners call is written once on top of it. */
import type { LayerSpec } from "../network/layers.js";
import type { Method } from "./options.js";
import type { NamedArray } from "./weights.js";

/** The right answers for one batch: labels, or values of the output's shape. */
export type BatchTargets =
  | { readonly labels: readonly number[] }
  | { readonly values: Float32Array };

/** A network's layers with their weights. Batches lie picture after picture, row-major. */
export interface Engine {
  readonly inputShape: readonly number[];
  /** The shape behind each layer. */
  readonly shapes: readonly (readonly number[])[];
  /** Each layer's description; `"own"` for one that the caller wrote as a function. */
  readonly specs: readonly (LayerSpec | { readonly kind: "own" })[];
  /** Number of weights and biases together. */
  readonly weightCount: number;
  /** The values behind layer `to` from those behind layer `from` (0: the pictures). Nothing is learned. */
  run(batch: Float32Array, count: number, from: number, to: number): Float32Array;
  /** The slope at the values behind layer `from`, given the slope at those behind layer `to`. Nothing is learned. */
  pull(
    batch: Float32Array,
    count: number,
    from: number,
    to: number,
    outputGradient: Float32Array,
  ): Float32Array;
  /** One step: returns the sum of the losses of the batch's pictures before it. */
  learn(batch: Float32Array, count: number, targets: BatchTargets, method: Method): number;
  /** The mean slope of the batch for each array, as in a step, and the sum of the losses; nothing moves. */
  slopes(
    batch: Float32Array,
    count: number,
    targets: BatchTargets,
  ): { total: number; gradients: NamedArray[] };
  weights(): NamedArray[];
  setWeights(arrays: readonly NamedArray[]): void;
}

/** How many layers give the scores: a softmax at the end belongs to the loss. */
export function scoreLayers({ specs }: Pick<Engine, "specs">): number {
  return specs.length > 1 && specs[specs.length - 1]!.kind === "softmax"
    ? specs.length - 1
    : specs.length;
}
