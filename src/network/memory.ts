/** What must lie in memory at once: while predicting, and while learning. */
import { cameText } from "../came.js";
import { ArgumentError } from "../errors.js";
import { wholeNumber } from "../ops/geometry.js";
import { type Known, requireOptions } from "../ops/known-options.js";
import { count, valuesIn } from "./count.js";
import type { LayerSpec, NetworkSpec } from "./layers.js";
import { type Step, steps, type Tensor } from "./steps.js";

/** Options of `memory`. */
export interface MemoryOptions {
  /** Pictures at a time (default 1). */
  readonly batch?: number;
  /** What the optimiser keeps for each parameter: nothing, a velocity, or Adam's two means (default `"sgd"`). */
  readonly optimiser?: "sgd" | "momentum" | "adam";
}

/** Bytes in 32-bit floats. */
export interface Memory {
  readonly batch: number;
  /** Parameters and the running means of batch normalisations: what a weight file holds. */
  readonly parameters: number;
  readonly prediction: {
    /** All outputs, the input included: what lies there if nothing is given back. */
    readonly outputs: number;
    /** The most that is alive at once if each tensor is given back after its last reader: inputs + output of a step. */
    readonly peak: number;
    /** The step where that is. */
    readonly peakAt: string;
    /** parameters + peak. */
    readonly total: number;
  };
  readonly training: {
    /** Values that the forward pass keeps for the gradients. */
    readonly kept: number;
    /** One gradient a parameter. */
    readonly gradients: number;
    /** State of the optimiser. */
    readonly optimiser: number;
    /** The largest pair of gradients on the way back, of a step's output and of its inputs. */
    readonly backward: number;
    /** parameters + gradients + optimiser + kept + backward. */
    readonly total: number;
  };
}

const known: Known<MemoryOptions> = { batch: true, optimiser: true };

const states = { sgd: 0, momentum: 1, adam: 2 } as const;

/**
 * The memory that a network asks for, counted from what the formulas need (no work space, no allocator's rounding).
 *
 * What a gradient needs is kept: of a convolution, a dense layer and a batch normalisation the input; of an activation
 * its output; of a maximum the winners' places; of dropout its mask; of an average, a sum or a reshape nothing. A
 * tensor that two layers need is kept once. The values grow with the batch, the parameters do not.
 *
 * @throws {ShapeError} when a layer can't take what reaches it.
 * @throws {ArgumentError} when the batch is no whole number of at least 1, or there is no such optimiser or
 * option.
 */
export function memoryOf(network: NetworkSpec, options: MemoryOptions = {}): Memory {
  requireOptions("memory", options, known);
  const batch = wholeNumber(options.batch ?? 1, "The batch", 1);
  const { optimiser = "sgd" } = options;
  if (!Object.hasOwn(states, optimiser)) {
    throw new ArgumentError(
      `The optimiser is "sgd", "momentum" or "adam"; got ${cameText(optimiser)}.`,
    );
  }
  const walk = steps(network);
  let learned = 0;
  let buffers = 0;
  let outputs = valuesIn(network.input);
  let peak = { values: outputs, at: "input" };
  let backward = 0;
  for (const step of walk) {
    const counted = count(step.layer, step.inputs[0]!.shape, step.output.shape);
    learned += counted.weights + counted.biases;
    buffers += counted.buffers;
    const written = step.layer.kind === "dropout" ? step.inputs : [...step.inputs, step.output];
    const alive = valuesOf([...written, ...step.held]);
    if (alive > peak.values) peak = { values: alive, at: step.name };
    if (!passes(step.layer)) outputs += valuesIn(step.output.shape);
    backward = Math.max(backward, valuesOf([...step.inputs, step.output]));
  }
  const kept = keptValues(walk).reduce((sum, values) => sum + values, 0);
  const parameters = 4 * (learned + buffers);
  const ofBatch = (values: number): number => 4 * batch * values;
  const training = {
    kept: ofBatch(kept),
    gradients: 4 * learned,
    optimiser: 4 * learned * states[optimiser],
    backward: ofBatch(backward),
  };
  return {
    batch,
    parameters,
    prediction: {
      outputs: ofBatch(outputs),
      peak: ofBatch(peak.values),
      peakAt: peak.at,
      total: parameters + ofBatch(peak.values),
    },
    training: {
      ...training,
      total: parameters + Object.values(training).reduce((sum, bytes) => sum + bytes, 0),
    },
  };
}

/** While predicting, these hand on what they got. */
export function passes(layer: LayerSpec): boolean {
  return layer.kind === "flatten" || layer.kind === "dropout";
}

/** Numbers that each step keeps for its gradient and that no step before it kept already, for one picture. */
export function keptValues(walk: readonly Step[]): number[] {
  const kept = new Set<object>();
  const keep = (tensor: Tensor): number => {
    if (kept.has(tensor.memory)) return 0;
    kept.add(tensor.memory);
    return valuesIn(tensor.shape);
  };
  return walk.map(({ layer, inputs, output }) => {
    switch (layer.kind) {
      case "conv":
      case "depthwise":
      case "transposedConv":
      case "dense":
      case "batchNorm":
        return keep(inputs[0]!);
      case "relu":
      case "leakyRelu":
      case "sigmoid":
      case "tanh":
      case "softmax":
        return keep(output);
      case "maxPool":
      case "globalMaxPool":
      case "dropout":
        return valuesIn(output.shape); // places of the winners, or the mask
      case "lrn":
        return keep(inputs[0]!) + keep(output);
      default:
        return 0;
    }
  });
}

function valuesOf(tensors: readonly Tensor[]): number {
  const counted = new Map(tensors.map((tensor) => [tensor.memory, valuesIn(tensor.shape)]));
  return [...counted.values()].reduce((sum, values) => sum + values, 0);
}
