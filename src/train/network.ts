/** A stack of layers in plain loops that learns by stochastic gradient descent. */
import { type FloatArray, fromData, rowMajor } from "../array.js";
import type { LayerSpec } from "../network/layers.js";
import { layerNames } from "../network/names.js";
import type { NetworkSource } from "../network/source.js";
import { type Answers, answers } from "./answers.js";
import { convolutionSpecs } from "./as-convolutions.js";
import { buildLayers, namedParameters } from "./build.js";
import { backwardThrough, forwardThrough } from "./chain.js";
import { type BatchTargets, type Engine, scoreLayers } from "./engine.js";
import type { Layer, LayerPlan } from "./layer.js";
import { learning, report } from "./learning.js";
import { batchLoss } from "./loss.js";
import { mover } from "./optimiser.js";
import type { NetworkOptions, Targets, TrainingOptions } from "./options.js";
import { randomSource } from "./random-source.js";
import { wanted } from "./source.js";
import { matchWeights } from "./weights.js";

/** A network in loops, over pictures of one shape. */
export interface Network extends Answers {
  /**
   * The same network with its fully connected layers as convolutions (see `vgg.headAsConvolutions`), for a larger
   * picture: it answers at every place where its own picture fits. The weights are copies.
   */
  asConvolutions(inputShape?: readonly number[]): Network;
  /** The layers with their weights, which may be read and changed. */
  readonly layers: readonly Layer[];
  /**
   * Learns from N×H×W or N×H×W×C and labels (or target arrays), and returns the mean loss of each epoch. A second call
   * goes on where the first one stopped.
   */
  fit(pictures: FloatArray, targets: Targets, options?: TrainingOptions): number[];
}

/**
 * Builds a network that runs in plain loops: slow for large pictures, quick for small ones, and every number within
 * reach. `train.fastNetwork` is the same on tfjs.
 *
 * @param inputShape H×W×C of one picture.
 * @param specs layers from {@link conv}, {@link dense} and the others, or functions that build a layer of your own.
 * @param options seed of the first weights, and how they begin.
 * @throws {ShapeError} when a layer does not fit on the one before it.
 * @throws {ArgumentError} when there is no layer.
 * @example train.network([14, 14, 1], [train.conv(8, 3), train.relu(), train.globalMax(), train.dense(10)]).weightCount // → 170
 */
export function network(
  inputShape: readonly number[],
  specs: readonly (LayerSpec | LayerPlan)[],
  options?: NetworkOptions,
): Network;
/** The same for a network that is described already: by `network.describe`, `vgg.config`, or a line of VGG's notation. */
export function network(source: NetworkSource, options?: NetworkOptions): Network;
export function network(
  first: readonly number[] | NetworkSource,
  second?: readonly (LayerSpec | LayerPlan)[] | NetworkOptions,
  third?: NetworkOptions,
): Network {
  const { inputShape, specs, options } = wanted(first, second, third);
  const { seed = 1, start = "he" } = options;
  const layers = buildLayers(specs, inputShape, randomSource(seed), start);
  const engine = loops(inputShape, specs, layers);
  return {
    ...answers(engine),
    layers,
    asConvolutions(shape = inputShape) {
      const slid = network(shape, convolutionSpecs(engine), { seed, start: "zeros" });
      const arrays = engine.weights();
      slid.setWeights(
        slid.weights().map(({ name, values }, i) => ({
          name,
          values: fromData(rowMajor(arrays[i]!.values), values.shape),
        })),
      );
      return slid;
    },
    fit(pictures, targets, options = {}) {
      const walk = learning(engine, pictures, targets, options, seed);
      for (;;) {
        const { done, value } = walk.next();
        if (done) return value;
        report(value, options);
      }
    },
  };
}

/** The engine in loops. */
function loops(
  inputShape: readonly number[],
  plans: readonly (LayerSpec | LayerPlan)[],
  layers: readonly Layer[],
): Engine {
  const specs = plans.map((plan) => (typeof plan === "function" ? { kind: "own" as const } : plan));
  const parameters = namedParameters(layers, layerNames(specs));
  const learned = parameters.filter(({ gradient }) => gradient !== undefined);
  const move = mover(parameters);
  const clear = (): void => {
    for (const { gradient } of learned) gradient!.fill(0);
  };
  /** Adds the slopes of a batch to the layers' gradients. */
  const slopes = (batch: Float32Array, count: number, targets: BatchTargets): number => {
    const used = "labels" in targets ? layers.slice(0, scoreLayers({ specs })) : layers;
    const { total, gradient } = batchLoss(forwardThrough(used, batch, true), count, targets);
    backwardThrough(used, gradient, false);
    return total;
  };
  return {
    inputShape,
    specs,
    shapes: layers.map(({ outputShape }) => outputShape),
    weightCount: learned.reduce((sum, { values }) => sum + values.length, 0),
    run: (batch, _count, from, to) => forwardThrough(layers.slice(from, to), batch),
    pull(batch, _count, from, to, outputGradient) {
      const part = layers.slice(from, to);
      forwardThrough(part, batch);
      const slope = backwardThrough(part, outputGradient);
      clear();
      return slope;
    },
    learn(batch, count, targets, method) {
      const total = slopes(batch, count, targets);
      move(method, count);
      return total;
    },
    slopes(batch, count, targets) {
      const kept = parameters.map(({ values, gradient }) =>
        gradient ? undefined : values.slice(),
      );
      const total = slopes(batch, count, targets);
      const gradients = learned.map(({ name, shape, gradient }) => ({
        name,
        values: fromData(
          gradient!.map((slope) => slope / count),
          shape,
        ),
      }));
      clear();
      kept.forEach((values, i) => {
        if (values !== undefined) parameters[i]!.values.set(values);
      });
      return { total, gradients };
    },
    weights: () =>
      parameters.map(({ name, shape, values }) => ({
        name,
        values: fromData(values.slice(), shape),
      })),
    setWeights(arrays) {
      matchWeights(parameters, arrays, (i, values) => parameters[i]!.values.set(values));
    },
  };
}
