/** How a network learns. */

import { inspect } from "node:util";
import type { FloatArray } from "../array.js";
import { cameText } from "../came.js";
import { ArgumentError } from "../errors.js";
import { type Known, requireOptions } from "../ops/known-options.js";
import type { Start } from "./parameters.js";

/** Options of a new network. */
export interface NetworkOptions {
  /** Seed of the first weights (default 1). The same seed gives loops and tfjs the same weights. */
  readonly seed?: number;
  /** How the weights begin: `"he"` (default), `"zeros"`, or a number that He's weights are multiplied by. */
  readonly start?: Start;
}

/** What a network should answer: one label for each picture, or an array of the output's shape for each. */
export type Targets = readonly number[] | FloatArray;

/** Where the learning stands, after a step or an epoch. */
export interface Progress {
  /** Epochs finished. */
  readonly epoch: number;
  /** Steps taken, from 1. */
  readonly step: number;
  /** Mean loss over the pictures of this step, or of this epoch. */
  readonly loss: number;
}

/** How to train. Every value has a default that suits a few hundred small pictures. */
export interface TrainingOptions {
  /** How often every picture is seen (default 10). */
  epochs?: number;
  /** Pictures whose slopes are averaged before the weights move (default 10). */
  batch?: number;
  /** How far the weights move along the slope (default 0.05, with Adam 0.001). */
  rate?: number;
  /** The share of the last step that is kept in the next one, 0 to below 1 (default 0.9; Adam has its own). */
  momentum?: number;
  /** Seed of the order of the pictures (default: the network's). */
  seed?: number;
  /** `"sgd"`: steps along the slope (default). `"adam"`: steps sized by how steady the slope is (Kingma & Ba 2015). */
  method?: "sgd" | "adam";
  /** Called after each step. */
  onStep?: (progress: Progress) => void;
  /** Called after each epoch, for curves that grow while the network learns. */
  onEpoch?: (progress: Progress) => void;
}

/** The options of one `fit`, all settled. */
export interface Method {
  readonly epochs: number;
  readonly batch: number;
  readonly rate: number;
  readonly momentum: number;
  readonly seed: number;
  readonly method: "sgd" | "adam";
}

/** Adam's shares of the old means that are kept, and what keeps its division from 0 (Kingma & Ba 2015, algorithm 1). */
export const ADAM = { first: 0.9, second: 0.999, epsilon: 1e-8 };

const known: Known<TrainingOptions> = {
  ...{ epochs: true, batch: true, rate: true, momentum: true, seed: true, method: true },
  ...{ onStep: true, onEpoch: true },
};

/**
 * Settles the options.
 *
 * @throws {ArgumentError} when one is out of range, or there is none of its name.
 */
export function settle(options: TrainingOptions, seed: number): Method {
  requireOptions("fit", options, known);
  const method = options.method ?? "sgd";
  if (method !== "sgd" && method !== "adam") {
    throw new ArgumentError(`The method is "sgd" or "adam"; got ${cameText(method)}.`);
  }
  const settled = {
    epochs: options.epochs ?? 10,
    batch: options.batch ?? 10,
    rate: options.rate ?? (method === "adam" ? 0.001 : 0.05),
    momentum: options.momentum ?? 0.9,
    seed: options.seed ?? seed,
    method,
  };
  if (!Number.isFinite(settled.seed)) {
    throw new ArgumentError(`fit: the seed is a number; got ${inspect(settled.seed)}.`);
  }
  for (const [name, least] of [
    ["epochs", 0],
    ["batch", 1],
  ] as const) {
    if (!Number.isInteger(settled[name]) || settled[name] < least) {
      throw new ArgumentError(
        `fit: ${name} is a whole number, ${least} or more; got ${inspect(settled[name])}.`,
      );
    }
  }
  if (!Number.isFinite(settled.rate)) {
    throw new ArgumentError(`fit: the rate is a finite number; got ${inspect(settled.rate)}.`);
  }
  if (!(settled.momentum >= 0 && settled.momentum < 1)) {
    throw new ArgumentError(
      `fit: the momentum is 0 or more and below 1; got ${inspect(settled.momentum)}.`,
    );
  }
  return settled;
}
