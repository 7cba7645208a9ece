/** Where in a picture a network sees what it answers. */

import { type FloatArray, fromData, rowMajor, shapeText } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { requireOptions } from "../ops/known-options.js";
import type { Answers } from "./answers.js";
import { scoreLayers } from "./engine.js";
import { oneUnit } from "./input-gradient.js";
import { requireNetwork } from "./network-required.js";
import { readOneOrMore } from "./pictures.js";

/** Options of {@link classActivationMap}. */
export interface ClassActivationOptions {
  /** Read the maps behind the first `layers` layers (default: the last maps that the network has). */
  readonly layers?: number;
}

/**
 * How much each place of the last maps speaks for a class: the maps added up, each weighed by what it does for the
 * class's score. In a network that ends in a global average and one dense layer these are the dense layer's weights
 * (Zhou et al. 2016, equation 2); in any other the mean slope of the score at the map, which is the same number up to
 * a factor there (Grad-CAM: Selvaraju et al. 2017, equations 1 and 2). What speaks against the class is left out.
 *
 * @param net a network in loops or on tfjs.
 * @param picture H×W×C of the network.
 * @param label the class, from 0.
 * @returns h×w, the size of the maps that were read, from 0 to 1 at the most telling place (all 0 when nothing speaks
 *   for the class). `image.resize` makes it as large as the picture.
 * @throws {ArgumentError} when there is no such class or option, or no maps behind that layer.
 * @throws {ShapeError} when the picture has another shape.
 * @example const net = train.network([8, 8, 1], [train.conv(4, 3), train.relu(), train.globalAvgPool(), train.dense(3)]);
 * train.classActivationMap(net, random([8, 8, 1]), 2).shape // → [6, 6]
 */
export function classActivationMap(
  net: Answers,
  picture: FloatArray,
  label: number,
  options: ClassActivationOptions = {},
): FloatArray {
  requireOptions("classActivationMap", options, { layers: true });
  requireNetwork(net, "classActivationMap");
  const scores = scoreLayers(net);
  const layers = options.layers ?? lastMaps(net, scores);
  const shape = net.shapeBehind(layers);
  if (shape.length !== 3 || layers >= scores) {
    throw new ArgumentError(
      `There are no maps behind layer ${layers} that a score is made of; this network has ${scores} layers up to its scores.`,
    );
  }
  const end = net.shapeBehind(scores);
  if (end.length === 1 && !(Number.isInteger(label) && label >= 0 && label < end[0]!)) {
    throw new ArgumentError(
      `This network tells ${end[0]} classes apart, so a class is a whole number from 0 to ${end[0]! - 1}; got ${label}.`,
    );
  }
  if (!readOneOrMore(picture, net.inputShape).single) {
    throw new ShapeError(
      `A class activation map is of one picture, ${shapeText(net.inputShape)}; got ${shapeText(picture.shape)}: take one with .pick(0).`,
    );
  }
  const slope = net.gradientAt(picture, oneUnit(end, [label]), { from: layers, to: scores });
  return weighted(net.forward(picture, layers), slope, shape as [number, number, number]);
}

/** How many layers give the last maps that are more than one place, before anything flattens them. */
function lastMaps(net: Answers, scores: number): number {
  for (let layers = scores - 1; layers > 0; layers--) {
    const kind = net.specs[layers - 1]!.kind;
    // Behind a pooling the same maps are only coarser, and dropout passes them on as they are.
    const same = kind === "maxPool" || kind === "avgPool" || kind === "dropout";
    if (net.shapeBehind(layers).length === 3 && !same) {
      return layers;
    }
  }
  throw new ArgumentError(
    "A class activation map needs maps: this network has no layer that gives H×W×C.",
  );
}

function weighted(
  maps: FloatArray,
  slope: FloatArray,
  [height, width, channels]: readonly [number, number, number],
): FloatArray {
  const values = rowMajor(maps);
  const slopes = rowMajor(slope);
  const places = height * width;
  const weights = new Float64Array(channels);
  for (let i = 0; i < slopes.length; i++) weights[i % channels]! += slopes[i]! / places;
  const map = new Float32Array(places);
  for (let place = 0; place < places; place++) {
    let sum = 0;
    for (let c = 0; c < channels; c++) sum += weights[c]! * values[place * channels + c]!;
    map[place] = Math.max(0, sum);
  }
  const largest = map.reduce((a, b) => Math.max(a, b), 0);
  return fromData(largest > 0 ? map.map((value) => value / largest) : map, [height, width]);
}
