/** Stochastic gradient descent as a walk: it stops after each step, so that a caller can show how far it came. */

import type { FloatArray } from "../array.js";
import { cameText } from "../came.js";
import { ArgumentError } from "../errors.js";
import { gather, readTargets } from "./batches.js";
import type { Engine } from "./engine.js";
import { type Progress, settle, type Targets, type TrainingOptions } from "./options.js";
import { readPictures } from "./pictures.js";
import { mix, randomSource } from "./random-source.js";

/** What happened: a step, or the last step of an epoch. */
export interface Passed extends Progress {
  readonly ends: "step" | "epoch";
}

/**
 * Goes through the pictures in random order, batch by batch, `epochs` times.
 *
 * @returns the mean loss of each epoch.
 */
export function* learning(
  engine: Engine,
  pictures: FloatArray,
  targets: Targets,
  options: TrainingOptions,
  seed: number,
): Generator<Passed, number[]> {
  const method = settle(options, seed);
  for (const name of ["onStep", "onEpoch"] as const) {
    if (options[name] === undefined || typeof options[name] === "function") continue;
    throw new ArgumentError(`fit: ${name} is a function; got ${cameText(options[name])}.`);
  }
  const all = readPictures(pictures, engine.inputShape);
  const targetsOf = readTargets(engine, targets, all.count);
  const shuffle = randomSource(method.seed + 1000);
  const places = Array.from({ length: all.count }, (_, i) => i);
  const losses: number[] = [];
  let step = 0;
  for (let epoch = 0; epoch < method.epochs; epoch++) {
    mix(places, shuffle);
    let total = 0;
    for (let start = 0; start < places.length; start += method.batch) {
      const chosen = places.slice(start, start + method.batch);
      const sum = engine.learn(gather(all, chosen), chosen.length, targetsOf(chosen), method);
      total += sum;
      step++;
      yield { ends: "step", epoch, step, loss: sum / chosen.length };
    }
    losses.push(total / all.count);
    yield { ends: "epoch", epoch: epoch + 1, step, loss: losses[epoch]! };
  }
  return losses;
}

/** Tells the caller's functions what passed. */
export function report({ ends, ...progress }: Passed, options: TrainingOptions): unknown {
  return ends === "step" ? options.onStep?.(progress) : options.onEpoch?.(progress);
}
