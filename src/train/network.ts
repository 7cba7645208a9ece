/** A stack of layers that learns by stochastic gradient descent. */
import { type FloatArray, fromData, rowMajor, shapeText } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { crossEntropy, probabilities } from "./cross-entropy.js";
import { countOf, type Layer, type LayerPlan, type RandomSource } from "./layer.js";

/** How to train. Every value has a default that suits a few hundred small pictures. */
export interface TrainingOptions {
  /** How often every picture is seen. */
  epochs?: number;
  /** Pictures whose slopes are averaged before the weights move. */
  batch?: number;
  /** How far the weights move along the slope. */
  rate?: number;
  /** The share of the last step that is kept in the next one (0 to below 1). */
  momentum?: number;
  /** Seed of the order of the pictures. */
  seed?: number;
}

/** A small network over pictures of one shape. */
export interface Network {
  /** H×W×C of one picture. */
  readonly inputShape: readonly number[];
  readonly layers: readonly Layer[];
  /** Weights and biases together. */
  readonly weightCount: number;
  /** The probability of each class for one picture (H×W or H×W×C). */
  predict(picture: FloatArray): FloatArray;
  /** The share of pictures (N×H×W or N×H×W×C) whose most probable class is their label, 0 to 1. */
  accuracy(pictures: FloatArray, labels: readonly number[]): number;
  /** Learns from N×H×W or N×H×W×C, and returns the mean loss of each epoch. */
  fit(pictures: FloatArray, labels: readonly number[], options?: TrainingOptions): number[];
}

/**
 * Builds a network: `network([14, 14, 1], [conv(8, 3), relu(), globalMax(), dense(10)])`.
 *
 * @param inputShape H×W×C of one picture.
 * @param seed of the first weights.
 * @throws {ShapeError} when a layer does not fit on the one before it.
 */
export function network(
  inputShape: readonly number[],
  plans: readonly LayerPlan[],
  { seed = 1 }: { seed?: number } = {},
): Network {
  const random = randomSource(seed);
  const layers: Layer[] = [];
  let shape = inputShape;
  for (const plan of plans) {
    const layer = plan(shape, random);
    layers.push(layer);
    shape = layer.outputShape;
  }
  if (layers.length === 0) throw new ArgumentError("A network has at least one layer.");

  const forward = (values: Float32Array): Float32Array =>
    layers.reduce((value, layer) => layer.forward(value), values);
  const fits = (shape: readonly number[]): boolean => countOf(shape) === countOf(inputShape);
  /** The values of each picture of a batch. */
  const split = (pictures: FloatArray, labels: readonly number[]): Float32Array[] => {
    const [count = 0, ...shape] = pictures.shape;
    if (!fits(shape) || count === 0) {
      throw new ShapeError(
        `This network takes batches of N×${shapeText(inputShape)}; got ${shapeText(pictures.shape)}.`,
      );
    }
    if (count !== labels.length) {
      throw new ArgumentError(
        `There is one label for each picture; got ${count} pictures and ${labels.length} labels.`,
      );
    }
    const values = rowMajor(pictures);
    const size = values.length / count;
    return Array.from({ length: count }, (_, i) => values.subarray(i * size, (i + 1) * size));
  };
  const velocities = layers.map((layer) => new Float32Array(layer.weights.length));

  return {
    inputShape,
    layers,
    weightCount: layers.reduce((sum, layer) => sum + layer.weights.length, 0),
    predict(picture) {
      if (!fits(picture.shape)) {
        throw new ShapeError(
          `This network takes pictures of ${shapeText(inputShape)}; got ${shapeText(picture.shape)}.`,
        );
      }
      const scores = forward(rowMajor(picture));
      return fromData(probabilities(scores), [scores.length]);
    },
    accuracy(pictures, labels) {
      let right = 0;
      split(pictures, labels).forEach((picture, i) => {
        const scores = forward(picture);
        if (scores.indexOf(scores.reduce((a, b) => Math.max(a, b))) === labels[i]) right++;
      });
      return right / labels.length;
    },
    fit(pictures, labels, options = {}) {
      const { epochs = 10, batch = 10, rate = 0.05, momentum = 0.9, seed: order = seed } = options;
      const all = split(pictures, labels);
      const shuffle = randomSource(order + 1000);
      const places = all.map((_, i) => i);
      const losses: number[] = [];
      for (let epoch = 0; epoch < epochs; epoch++) {
        mix(places, shuffle);
        let total = 0;
        for (let start = 0; start < places.length; start += batch) {
          const chosen = places.slice(start, start + batch);
          for (const i of chosen) {
            const { loss, gradient } = crossEntropy(forward(all[i]!), labels[i]!);
            total += loss;
            layers.reduceRight((slope, layer) => layer.backward(slope), gradient);
          }
          step(layers, velocities, rate / chosen.length, momentum);
        }
        losses.push(total / all.length);
      }
      return losses;
    },
  };
}

/** Moves every weight downhill and clears the slopes for the next batch. */
function step(
  layers: readonly Layer[],
  velocities: readonly Float32Array[],
  rate: number,
  momentum: number,
): void {
  layers.forEach(({ weights, gradient }, l) => {
    const velocity = velocities[l]!;
    for (let i = 0; i < weights.length; i++) {
      velocity[i] = momentum * velocity[i]! - rate * gradient[i]!;
      weights[i]! += velocity[i]!;
    }
    gradient.fill(0);
  });
}

/** Puts the list in random order (Fisher and Yates). */
function mix(list: number[], random: RandomSource): void {
  for (let i = list.length - 1; i > 0; i--) {
    const j = Math.floor(((random() + 1) / 2) * (i + 1));
    [list[i], list[j]] = [list[j]!, list[i]!];
  }
}

/** Uniform numbers between −1 and 1, the same for the same seed (mulberry32, as in `random`). */
function randomSource(seed: number): RandomSource {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return (((bits ^ (bits >>> 14)) >>> 0) / 4294967296) * 2 - 1;
  };
}
