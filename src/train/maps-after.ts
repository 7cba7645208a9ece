import type { FloatArray } from "../array.js";
import { ArgumentError } from "../errors.js";
import type { Answers } from "./answers.js";
import { requireNetwork } from "./network-required.js";
import { readPictures } from "./pictures.js";

/**
 * What a network's pictures have become after its first layers: `mapsAfter(net, pictures, 2)` are the values behind
 * the second one. Nothing is learned.
 *
 * @param net a network of {@link network} or {@link fastNetwork}
 * @param pictures N×H×W or N×H×W×C, as for `fit`
 * @param layers how many layers to pass, 1 to all of them
 * @returns N×(the shape behind that layer), for maps N×H×W×C
 * @throws {ArgumentError} when there is no network, or it has no such layer.
 * @throws {ShapeError} when the pictures don't fit the first layer.
 * @example train.mapsAfter(train.network([6, 6, 1], [train.conv(4, 3), train.relu()]), random([2, 6, 6]), 1).shape // → [2, 4, 4, 4]
 */
export function mapsAfter(
  net: Pick<Answers, "forward" | "inputShape" | "specs">,
  pictures: FloatArray,
  layers: number,
): FloatArray {
  requireNetwork(net, "mapsAfter");
  if (!Number.isInteger(layers) || layers < 1 || layers > net.specs.length) {
    throw new ArgumentError(
      `This network has ${net.specs.length} layers; values after layer ${layers} do not exist.`,
    );
  }
  readPictures(pictures, net.inputShape);
  return net.forward(pictures, layers);
}
