/** A network on tfjs: what `network` is in loops, in a fraction of the time. */
import type { FloatArray } from "../../array.js";
import { getRunning, type Tf } from "../../backend/compute.js";
import type { LayerSpec } from "../../network/layers.js";
import { shapesAlong } from "../../network/shapes.js";
import type { NetworkSource } from "../../network/source.js";
import { type Answers, answers } from "../answers.js";
import { convolutionSpecs } from "../as-convolutions.js";
import { learning, report } from "../learning.js";
import type { NetworkOptions, Progress, Targets, TrainingOptions } from "../options.js";
import { randomSource } from "../random-source.js";
import { wanted } from "../source.js";
import { type FastEngine, fastEngine } from "./engine.js";
import { makeUnits, parametersUnder, randomValues } from "./unit.js";

/** How to train on tfjs: as in loops, and the functions may be asynchronous. */
export interface FastTrainingOptions extends Omit<TrainingOptions, "onStep" | "onEpoch"> {
  onStep?: (progress: Progress) => void | Promise<void>;
  onEpoch?: (progress: Progress) => void | Promise<void>;
}

/** A network whose weights are tensors. */
export interface FastNetwork extends Answers {
  /**
   * The same network with its fully connected layers as convolutions (see `vgg.headAsConvolutions`), for a larger
   * picture: it answers at every place where its own picture fits. Until one of the two learns, they share their
   * weights' memory; each is disposed by itself.
   */
  asConvolutions(inputShape?: readonly number[]): FastNetwork;
  /** Learns as the loops do, and lets other work (drawing, an interrupt) in between every few steps. */
  fit(pictures: FloatArray, targets: Targets, options?: FastTrainingOptions): Promise<number[]>;
  /** Frees the weights. Nothing else of the network stays on the back end. */
  dispose(): void;
}

/** Milliseconds of work after which other work is let in. */
const BREATH = 30;

/** tfjs, once a back end is loaded. */
function loadedTf(): Tf {
  const running = getRunning();
  if (running === undefined) {
    throw new Error(
      "A fast network needs a back end. Load one first, once: await useBackend(); train.network needs none.",
    );
  }
  return running.tf;
}

/**
 * Builds a network on the back end that `await useBackend()` loaded. With the same seed it begins with the weights of
 * {@link network}, sees the same batches, and its losses agree to 1e-4.
 *
 * @param inputShape H×W×C of one picture.
 * @param specs layers from {@link conv}, {@link dense} and the others.
 * @param options seed of the first weights, and how they begin.
 * @throws {ShapeError} when a layer does not fit on the one before it.
 * @throws {Error} before `await useBackend()`.
 * @example await useBackend();
 * const net = train.fastNetwork([14, 14, 1], [train.conv(8, 3), train.relu(), train.globalMax(), train.dense(10)]);
 * net.predict(random([14, 14])).shape // → [10]
 * net.dispose();
 */
export function fastNetwork(
  inputShape: readonly number[],
  specs: readonly LayerSpec[],
  options?: NetworkOptions,
): FastNetwork;
/** The same for a network that is described already: by `network.describe`, `vgg.config`, or a line of VGG's notation. */
export function fastNetwork(source: NetworkSource, options?: NetworkOptions): FastNetwork;
export function fastNetwork(
  first: readonly number[] | NetworkSource,
  second?: readonly LayerSpec[] | NetworkOptions,
  third?: NetworkOptions,
): FastNetwork {
  const { inputShape, specs, options } = wanted<LayerSpec>(first, second, third);
  const { seed = 1, start = "he" } = options;
  const tf = loadedTf();
  shapesAlong(specs, inputShape); // refuses what can't exist before any weight takes memory
  const random = randomSource(seed);
  const units = makeUnits(tf, specs, inputShape, randomValues(tf, start, random), random);
  return onEngine(tf, fastEngine(tf, inputShape, units), seed);
}

/** The network of an engine. */
function onEngine(tf: Tf, engine: FastEngine, seed: number): FastNetwork {
  return {
    ...answers(engine),
    asConvolutions(shape = engine.inputShape) {
      const specs = convolutionSpecs(engine);
      shapesAlong(specs, shape);
      const arrays = parametersUnder(engine.units);
      let next = 0;
      const units = makeUnits(
        tf,
        specs,
        shape,
        // The same memory under another shape.
        (plan) => tf.reshape(arrays[next++]!.parameter.value, [...plan.shape]),
        randomSource(seed),
      );
      return onEngine(tf, fastEngine(tf, shape, units), seed);
    },
    async fit(pictures, targets, options = {}) {
      const walk = learning(engine, pictures, targets, options as TrainingOptions, seed);
      let rested = performance.now();
      for (;;) {
        const { done, value } = walk.next();
        if (done) return value;
        await report(value, options as TrainingOptions);
        if (performance.now() - rested > BREATH) {
          await new Promise((resolve) => setImmediate(resolve));
          rested = performance.now();
        }
      }
    },
    dispose: () => engine.dispose(),
  };
}
