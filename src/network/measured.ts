/** What a unit sees, measured: which pixels have a gradient that is not zero. */

import { type FloatArray, fromData, random, rowMajor, shapeText, zeros } from "../array.js";
import { sameShape } from "../array-measures.js";
import { cameText } from "../came.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { wholeNumber } from "../ops/geometry.js";
import { type Known, requireOptions } from "../ops/known-options.js";
import { buildLayers } from "../train/build.js";
import { backwardThrough, forwardThrough } from "../train/chain.js";
import { randomSource } from "../train/random-source.js";
import type { LayerSpec, NetworkSpec } from "./layers.js";
import { linearised, narrowed, upTo } from "./probes.js";
import { ReceptiveField, type Rectangle, stepOf } from "./receptive-field.js";
import { type NetworkSource, networkOf } from "./source.js";

/** Options of {@link measuredReceptiveField}. */
export interface MeasureOptions {
  /** A layer's name or its place from 1 (default: the last). */
  readonly layer?: string | number;
  /** Row and column of the unit (default: the one in the middle). */
  readonly unit?: readonly [row: number, column: number];
  /**
   * How many random networks to average over. 0 (default) measures one linear network instead, with equal positive
   * weights, averages for maxima and no activations: its gradient counts the ways from a pixel to the unit.
   */
  readonly networks?: number;
  /**
   * The random networks keep at most so many channels and units in each layer, but as many as the picture has (default
   * 4), to be quick.
   */
  readonly channels?: number;
  /** The picture that random networks look at, H×W×C (default: another random one for each). */
  readonly picture?: FloatArray;
  /** Another seed gives other networks (default 1). */
  readonly seed?: number;
}

const known: Known<MeasureOptions> = {
  ...{ layer: true, unit: true, networks: true },
  ...{ channels: true, picture: true, seed: true },
};

/** What a unit sees, measured. */
export interface MeasuredReceptiveField extends Rectangle {
  /** H×W: the size of the gradient at each pixel (summed over channels, averaged over networks), 1 at the most. */
  readonly map: FloatArray;
  /** Pixels whose gradient is not zero. */
  readonly pixels: number;
  /**
   * Standard deviation of the gradient's place, down and across: a box of side n has n / √12, and the middle-heavy
   * hill of a deep network less (Luo et al. 2016, "Understanding the effective receptive field").
   */
  readonly deviation: readonly [down: number, across: number];
  /** What theory says about the same units. */
  readonly theory: ReceptiveField;
}

/**
 * Measures what one unit sees: its gradient by every pixel is computed backward through the network, and the window
 * is where it is not zero.
 *
 * @returns the window, and the map of gradients. Below about 1e-38 of the most a gradient becomes 0 in 32-bit floats;
 * that is reached after some 80 layers of 3×3.
 * @throws {ArgumentError} when there is no such layer, unit or option, or the picture holds NaN or an infinity.
 * @throws {ShapeError} when the network can't exist, or the picture has another shape.
 * @example network.measuredReceptiveField(network.describe([9, 9, 1], [train.conv(4, 3), train.conv(4, 3)])).height // → 5
 */
export function measuredReceptiveField(
  source: NetworkSource,
  options: MeasureOptions = {},
): MeasuredReceptiveField {
  if (typeof options !== "object" || options === null) {
    throw new ArgumentError(
      `The layer is named in the options, { layer: "conv1" }; got ${cameText(options)}.`,
    );
  }
  requireOptions("measuredReceptiveField", options, known);
  const network = networkOf(source);
  const step = stepOf(network, options.layer);
  const theory = new ReceptiveField(network, step);
  const [rows, columns] = theory.units;
  const unit: readonly [number, number] = options.unit ?? [
    Math.floor((rows - 1) / 2),
    Math.floor((columns - 1) / 2),
  ];
  if (!Array.isArray(unit) || unit.length !== 2) {
    throw new ArgumentError(`A unit is its row and column, such as [3, 3]; got ${cameText(unit)}.`);
  }
  theory.pixels(unit[0], unit[1]); // refuses a unit that does not exist
  const networks = wholeNumber(options.networks ?? 0, "The number of networks", 0);
  const probe: Probe = { place: unit[0] * columns + unit[1], places: rows * columns };
  const layers = upTo(network.layers, step.place);
  const gradient =
    networks === 0
      ? linearGradient(network, layers, probe)
      : meanGradient(network, layers, probe, { ...options, networks });
  return { ...measured(gradient, network.input), theory };
}

/** The unit among all places of its map, row by row. */
interface Probe {
  readonly place: number;
  readonly places: number;
}

function linearGradient(
  { input }: NetworkSpec,
  layers: readonly LayerSpec[],
  probe: Probe,
): Float32Array {
  const shape = [input[0], input[1], 1];
  const built = buildLayers(linearised(layers), shape, randomSource(1), "zeros");
  for (const { parameters } of built) {
    // 1 / √(kernel entries): what the middle gains by the number of ways and what the corners lose are then alike.
    for (const { values } of parameters) values.fill(1 / Math.sqrt(values.length));
  }
  forwardThrough(built, new Float32Array(input[0] * input[1]));
  return backwardThrough(built, outputGradient(built.at(-1)?.outputShape ?? shape, probe));
}

function meanGradient(
  network: NetworkSpec,
  layers: readonly LayerSpec[],
  probe: Probe,
  options: MeasureOptions & { readonly networks: number },
): Float32Array {
  const { networks, channels = 4, picture, seed = 1 } = options;
  wholeNumber(channels, "The number of channels", 1);
  const [h, w, c] = network.input;
  if (picture !== undefined && !Array.isArray(picture?.shape)) {
    throw new ShapeError(
      `The picture is an array such as image.load gives; got ${Array.isArray(picture) ? "a plain list" : String(picture)}.`,
    );
  }
  if (picture !== undefined && !sameShape(picture, zeros([h, w, c]))) {
    throw new ShapeError(
      `The picture must be as large as the network's input, ${shapeText(network.input)}; got ${shapeText(picture.shape)}.`,
    );
  }
  if (picture !== undefined && !rowMajor(picture).every(Number.isFinite)) {
    throw new ArgumentError(
      "The picture holds NaN or an infinity, and no gradient can be measured there.",
    );
  }
  const chance = randomSource(wholeNumber(seed, "The seed", 0));
  const narrow = narrowed(layers, Math.max(channels, c));
  const total = new Float32Array(h * w);
  for (let n = 0; n < networks; n++) {
    const built = buildLayers(narrow, network.input, chance, "he");
    forwardThrough(built, rowMajor(picture ?? random([h, w, c], seed + n)));
    const g = backwardThrough(
      built,
      outputGradient(built.at(-1)?.outputShape ?? network.input, probe),
    );
    for (let pixel = 0; pixel < total.length; pixel++) {
      for (let k = 0; k < c; k++) total[pixel]! += Math.abs(g[pixel * c + k]!) / networks;
    }
  }
  return total;
}

/** 1 for every channel of the unit, 0 elsewhere. */
function outputGradient(shape: readonly number[], { place, places }: Probe): Float32Array {
  const gradient = new Float32Array(shape.reduce((product, size) => product * size, 1));
  const channels = gradient.length / places;
  return gradient.fill(1, place * channels, (place + 1) * channels);
}

function measured(
  gradient: Float32Array,
  [h, w]: readonly [number, number, number],
): Omit<MeasuredReceptiveField, "theory"> {
  let [top, left, bottom, right, pixels, most] = [h, w, -1, -1, 0, 0];
  for (let i = 0; i < h; i++) {
    for (let j = 0; j < w; j++) {
      const value = gradient[i * w + j]!;
      if (value === 0) continue;
      if (Number.isNaN(value)) {
        throw new ArgumentError(
          "The gradient is not a number; take fewer layers or another picture.",
        );
      }
      pixels++;
      most = Math.max(most, value);
      top = Math.min(top, i);
      bottom = Math.max(bottom, i);
      left = Math.min(left, j);
      right = Math.max(right, j);
    }
  }
  const map = most === 0 ? gradient : gradient.map((value) => value / most);
  return {
    ...(pixels === 0
      ? { top: 0, left: 0, height: 0, width: 0 }
      : { top, left, height: bottom - top + 1, width: right - left + 1 }),
    map: fromData(map, [h, w]),
    pixels,
    deviation: [deviation(map, (at) => Math.floor(at / w)), deviation(map, (at) => at % w)],
  };
}

/** How far the places spread, each counting as much as its gradient. */
function deviation(map: Float32Array, placeOf: (at: number) => number): number {
  let [mass, first, second] = [0, 0, 0];
  for (const [at, value] of map.entries()) {
    const place = placeOf(at);
    mass += value;
    first += value * place;
    second += value * place * place;
  }
  return mass === 0 ? 0 : Math.sqrt(Math.max(0, second / mass - (first / mass) ** 2));
}
