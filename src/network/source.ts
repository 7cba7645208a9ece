/** The ways to say which network is meant. */
import { cameText } from "../came.js";
import { ArgumentError } from "../errors.js";
import { type ConfigName, config, lines } from "../vgg/config.js";
import type { Config } from "../vgg/layers.js";
import { parse } from "../vgg/parse.js";
import { toNetwork } from "../vgg/to-network.js";
import type { NetworkSpec } from "./layers.js";

/**
 * A network: from `network.describe`, from `vgg.parse`, a column of VGG's table such as `"D"`, or a line in its
 * notation such as `"64 M 128 M GAP FC-10"` (on 224×224×3).
 */
export type NetworkSource = NetworkSpec | Config | string;

/**
 * The layers of any {@link NetworkSource}.
 *
 * @throws {ArgumentError} when it is none, or a word of the line can't be read.
 * @throws {ShapeError} when the input is too small for the network.
 */
export function networkOf(source: NetworkSource): NetworkSpec {
  if (typeof source === "string") {
    return toNetwork(
      Object.hasOwn(lines, source) ? config(source as ConfigName) : parse(source, { name: source }),
    );
  }
  if (
    typeof source !== "object" ||
    source === null ||
    !Array.isArray(source.layers) ||
    !Array.isArray(source.input)
  ) {
    throw new ArgumentError(
      `A network is what network.describe(input, layers) or vgg.parse(line) gives, or such a line itself; got ${source === null ? "null" : Array.isArray(source) ? "a list of layers: put it into network.describe(input, layers)" : typeof source === "number" ? String(source) : typeof source}.`,
    );
  }
  const odd = (source.layers as readonly unknown[]).findIndex(
    (layer) => typeof layer !== "object" || layer === null,
  );
  if (odd >= 0) {
    throw new ArgumentError(
      `A network's layers are descriptions such as conv(8, 3); layer ${odd + 1} is ${cameText(source.layers[odd])}.`,
    );
  }
  return "line" in source ? toNetwork(source) : source;
}
