/** What a trained network is asked: probabilities, accuracy, confusions, slopes. One text for loops and tfjs. */
import { type FloatArray, fromData } from "../array.js";
import { ArgumentError } from "../errors.js";
import type { LayerSpec } from "../network/layers.js";
import { layerNames } from "../network/names.js";
import { requireOptions } from "../ops/known-options.js";
import { classCount, gather, readTargets } from "./batches.js";
import { probabilities } from "./cross-entropy.js";
import { type Engine, scoreLayers } from "./engine.js";
import { countOf } from "./layer.js";
import { batchLoss } from "./loss.js";
import type { Targets } from "./options.js";
import { isArray, readOneOrMore, readPictures } from "./pictures.js";
import type { NamedArray } from "./weights.js";

/** What loops and tfjs answer alike. */
export interface Answers {
  /** H×W×C of one picture. */
  readonly inputShape: readonly number[];
  /** Shape of what the last layer gives for one picture. */
  readonly outputShape: readonly number[];
  /** The layers as descriptions; `{ kind: "own" }` for one that was written as a function. */
  readonly specs: readonly (LayerSpec | { readonly kind: "own" })[];
  /** What the layers are called in `weights()`: conv1, relu1, dense1. */
  readonly names: readonly string[];
  /** Weights and biases together. */
  readonly weightCount: number;
  /** Shape of the values behind the first `layers` layers, for one picture. */
  shapeBehind(layers: number): readonly number[];
  /**
   * The values behind the first `layers` layers (default: all), for one picture (H×W×C) or a batch (N×H×W×C). Batch
   * norm and dropout behave as after training.
   */
  forward(pictures: FloatArray, layers?: number): FloatArray;
  /** The probability of each class, for one picture (H×W or H×W×C) or each of a batch. */
  predict(pictures: FloatArray): FloatArray;
  /** The share of pictures (N×H×W or N×H×W×C) whose most probable class is their label, 0 to 1. */
  accuracy(pictures: FloatArray, labels: readonly number[]): number;
  /** Mean loss over the pictures: cross-entropy for labels, mean square for target arrays. Nothing is learned. */
  loss(pictures: FloatArray, targets: Targets): number;
  /** How often each class (row) was taken for each class (column): K×K counts. */
  confusion(pictures: FloatArray, labels: readonly number[]): FloatArray;
  /** The slope of the mean loss for each array, as in one step of `fit`; no weight moves. */
  gradients(pictures: FloatArray, targets: Targets): { loss: number; gradients: NamedArray[] };
  /**
   * The slope at the values behind the first `from` layers (0: the pictures) of Σ outputGradient · (the values behind
   * the first `to` layers), for one picture or a batch.
   */
  gradientAt(
    pictures: FloatArray,
    outputGradient: FloatArray,
    layers?: { from?: number; to?: number },
  ): FloatArray;
  /** Copies of all arrays by name, running means included. */
  weights(): NamedArray[];
  /** Takes all arrays from `weights()` of a network with the same layers, in loops or on tfjs. */
  setWeights(arrays: readonly NamedArray[]): void;
}

/** Pictures that are computed at once when many are asked for, and numbers that one layer may then hold. */
const AT_ONCE = { pictures: 64, values: 2 ** 24 };

/** Builds the answers on an engine. */
export function answers(engine: Engine): Answers {
  const { inputShape, shapes, specs } = engine;
  const last = specs.length;
  const largest = Math.max(...shapes.map(countOf));
  const atOnce = Math.max(1, Math.min(AT_ONCE.pictures, Math.floor(AT_ONCE.values / largest)));
  const behind = (layer: number): readonly number[] =>
    layer === 0 ? inputShape : shapes[layer - 1]!;
  const checkLayer = (layer: number, least: number): void => {
    if (!Number.isInteger(layer) || layer < least || layer > last) {
      throw new ArgumentError(
        `This network has ${last} layers; values after layer ${layer} do not exist.`,
      );
    }
  };
  const runAll = (values: Float32Array, count: number, from: number, to: number): Float32Array => {
    const size = values.length / count;
    const made = countOf(behind(to));
    const outputs = new Float32Array(count * made);
    for (let n = 0; n < count; n += atOnce) {
      const some = Math.min(atOnce, count - n);
      const batch = values.subarray(n * size, (n + some) * size);
      outputs.set(engine.run(batch, some, from, to), n * made);
    }
    return outputs;
  };
  const rightAnswers = (
    pictures: FloatArray,
    labels: readonly number[],
    use: (answer: number, label: number) => void,
  ): void => {
    const classes = classCount(engine);
    const { count, values } = readPictures(pictures, inputShape);
    readTargets(engine, labels, count);
    const scores = runAll(values, count, 0, scoreLayers(engine));
    for (let n = 0; n < count; n++) {
      const own = scores.subarray(n * classes, (n + 1) * classes);
      use(own.indexOf(own.reduce((a, b) => Math.max(a, b), -Infinity)), labels[n]!);
    }
  };

  return {
    inputShape,
    outputShape: behind(last),
    specs,
    names: layerNames(specs),
    weightCount: engine.weightCount,
    shapeBehind(layers) {
      checkLayer(layers, 0);
      return behind(layers);
    },
    forward(pictures, layers = last) {
      checkLayer(layers, 0);
      const { count, values, single } = readOneOrMore(pictures, inputShape);
      const shape = behind(layers);
      return fromData(runAll(values, count, 0, layers), single ? shape : [count, ...shape]);
    },
    predict(pictures) {
      const { count, values, single } = readOneOrMore(pictures, inputShape);
      const to = scoreLayers(engine);
      const shape = behind(to);
      const scores = runAll(values, count, 0, to);
      const classes = shape[shape.length - 1]!;
      for (let i = 0; i < scores.length; i += classes) {
        scores.set(probabilities(scores.subarray(i, i + classes)), i);
      }
      return fromData(scores, single ? shape : [count, ...shape]);
    },
    accuracy(pictures, labels) {
      let right = 0;
      rightAnswers(pictures, labels, (answer, label) => {
        if (answer === label) right++;
      });
      return right / labels.length;
    },
    loss(pictures, targets) {
      const all = readPictures(pictures, inputShape);
      const targetsOf = readTargets(engine, targets, all.count);
      const to = isArray(targets) ? last : scoreLayers(engine);
      let total = 0;
      for (let n = 0; n < all.count; n += atOnce) {
        const chosen = Array.from({ length: Math.min(atOnce, all.count - n) }, (_, i) => n + i);
        const outputs = engine.run(gather(all, chosen), chosen.length, 0, to);
        total += batchLoss(outputs, chosen.length, targetsOf(chosen)).total;
      }
      return total / all.count;
    },
    confusion(pictures, labels) {
      const classes = classCount(engine);
      const counts = new Float32Array(classes * classes);
      rightAnswers(pictures, labels, (answer, label) => {
        counts[label * classes + answer]!++;
      });
      return fromData(counts, [classes, classes]);
    },
    gradients(pictures, targets) {
      const { count, values } = readPictures(pictures, inputShape);
      const every = Array.from({ length: count }, (_, i) => i);
      const wanted = readTargets(engine, targets, count)(every);
      const { total, gradients } = engine.slopes(values, count, wanted);
      return { loss: total / count, gradients };
    },
    gradientAt(pictures, outputGradient, options = {}) {
      requireOptions("gradientAt", options, { from: true, to: true });
      const { from = 0, to = last } = options;
      checkLayer(from, 0);
      checkLayer(to, from);
      const { count, values, single } = readOneOrMore(pictures, inputShape);
      const wanted = readOneOrMore(outputGradient, behind(to), "output gradients");
      if (wanted.count !== count) {
        throw new ArgumentError(
          `There is one output gradient for each picture; got ${count} pictures and ${wanted.count} gradients.`,
        );
      }
      const start = from === 0 ? values : engine.run(values, count, 0, from);
      const slope = engine.pull(start, count, from, to, wanted.values);
      const shape = behind(from);
      // Layers that only rename hand on what they were given: the caller's array stays the caller's.
      const own = slope === wanted.values ? slope.slice() : slope;
      return fromData(own, single ? shape : [count, ...shape]);
    },
    weights: () => engine.weights(),
    setWeights: (arrays) => engine.setWeights(arrays),
  };
}
