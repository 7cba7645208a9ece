/** VGG with another end: the same head as convolutions, or a global average instead of two large layers. */

import { ArgumentError, ShapeError } from "../errors.js";
import { describe } from "../network/describe.js";
import { requireInputShape } from "../network/input-shape.js";
import type { LayerSpec, NetworkSpec } from "../network/layers.js";
import { requireOptions } from "../ops/known-options.js";
import { type ConfigName, configOf } from "./config.js";
import type { Config } from "./layers.js";
import { parse } from "./parse.js";
import { networkLayers } from "./to-network.js";

/** Options of {@link headAsConvolutions}. */
export interface HeadOptions {
  /** Another picture for the finished network, H×W×C, at least as large as its own (default: its own). */
  readonly input?: readonly [height: number, width: number, channels: number];
}

/**
 * The same network with its fully connected layers written as convolutions: the first as a `valid` convolution as
 * large as the last map (7×7 for VGG on 224×224), the others as 1×1. Weights and answers are the same; but a larger
 * picture now gives a map of answers, one every 32 pixels (Long et al. 2015; CS231n, "Converting FC layers to CONV").
 *
 * @param of a column of the paper's table, or a network from {@link parse}.
 * @throws {ArgumentError} when the network has no fully connected layer that reads a map, or there is no such option.
 * @throws {ShapeError} when the picture is smaller than the network's own, or has other channels.
 * @example network.summary(vgg.headAsConvolutions("D", { input: [384, 384, 3] })).row("fc3").shape // → [6, 6, 1000]
 */
export function headAsConvolutions(
  of: ConfigName | Config,
  options: HeadOptions = {},
): NetworkSpec {
  const from = configOf(of);
  requireOptions("vgg.headAsConvolutions", options, { input: true });
  const input = requireInputShape(options.input ?? from.input);
  const kinds = from.layers.map((layer) => layer.kind);
  if (!kinds.includes("fc") || kinds.includes("gap")) {
    throw new ArgumentError(
      `${from.name} has no fully connected layer that reads a map, so there is none to be written as a convolution.`,
    );
  }
  const [h, w, channels] = from.input;
  if (input[0] < h || input[1] < w || input[2] !== channels) {
    throw new ShapeError(
      `${from.name} was made for ${h}×${w}×${channels}; its head needs a picture at least as large, with ${channels} channels. Got ${input.join("×")}.`,
    );
  }
  const poolings = kinds.filter((kind) => kind === "maxpool").length;
  const side = (size: number): number => Math.floor(size / 2 ** poolings);
  let kernel: readonly [number, number] = [side(h), side(w)];
  const layers = networkLayers(from.layers).map((layer): LayerSpec => {
    if (layer.kind !== "dense") return layer;
    const conv: LayerSpec = { kind: "conv", name: layer.name!, filters: layer.units, kernel };
    kernel = [1, 1];
    return conv;
  });
  return describe(input, layers, { name: `${from.name}, head as convolutions` });
}

/**
 * The same network with a global average in front of its last fully connected layer, in place of all before it (Lin
 * et al. 2013, "Network in Network"): VGG16 falls from 138,357,544 parameters to 15,227,688, and any picture size fits.
 *
 * @param of a column of the paper's table, or a network from {@link parse}.
 * @throws {ArgumentError} when the network has no fully connected layer.
 * @example vgg.summary(vgg.globalAverageHead("E")).totals.parameters // → 20537384
 */
export function globalAverageHead(of: ConfigName | Config): Config {
  const from = configOf(of);
  const last = from.layers.findLast((layer) => layer.kind === "fc");
  if (last === undefined) {
    throw new ArgumentError(
      `${from.name} has no fully connected layer, so no head to be replaced.`,
    );
  }
  const words = from.layers.flatMap((layer): string[] => {
    if (layer === last) return [`GAP FC-${layer.units}`];
    if (layer.kind === "conv") {
      return [layer.kernel === 3 ? `${layer.filters}` : `conv${layer.kernel}-${layer.filters}`];
    }
    if (layer.kind === "maxpool") return ["M"];
    return layer.kind === "lrn" || layer.kind === "softmax" ? [layer.kind] : [];
  });
  return parse(words.join(" "), { name: `${from.name}, global average`, input: from.input });
}
