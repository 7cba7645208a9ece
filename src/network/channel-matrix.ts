/** Which input channel feeds which output channel: the difference between full, grouped, depthwise and shuffled. */
import { type FloatArray, fromData } from "../array.js";
import type { LayerSpec, ResidualSpec } from "./layers.js";
import { upTo } from "./probes.js";
import { stepOf } from "./receptive-field.js";
import { type NetworkSource, networkOf } from "./source.js";

/** For each channel, in how many ways each input channel reaches it. */
type Ways = readonly Float64Array[];

/**
 * In how many ways each input channel reaches each output channel of a layer: 1 everywhere for a full convolution,
 * blocks on the diagonal for groups, the diagonal alone for a depthwise convolution, and, after a shuffle and a second
 * convolution in groups, something everywhere again (Zhang et al. 2018, "ShuffleNet", figure 1).
 *
 * @param source a network, or a VGG-style line.
 * @param layer a layer's name or its place from 1 (default: the last).
 * @returns an array of output channels × input channels; `flatten` keeps the channels of its map.
 * @throws {ArgumentError} when there is no such layer.
 * @throws {ShapeError} when the network can't exist.
 * @example network.channelMatrix(network.describe([9, 9, 4], [train.conv(2, 3, { groups: 2 })])) // → [[1, 1, 0, 0], [0, 0, 1, 1]]
 */
export function channelMatrix(source: NetworkSource, layer?: string | number): FloatArray {
  const network = networkOf(source);
  const layers = upTo(network.layers, stepOf(network, layer).place);
  const inputs = network.input[2];
  const own = Array.from({ length: inputs }, (_, c) => {
    const ways = new Float64Array(inputs);
    ways[c] = 1;
    return ways;
  });
  const ways = layers.reduce(through, own);
  return fromData(Float32Array.from(ways.flatMap((row) => [...row])), [ways.length, inputs]);
}

function through(ways: Ways, layer: LayerSpec): Ways {
  switch (layer.kind) {
    case "conv":
    case "transposedConv":
      return grouped(ways, layer.filters, layer.groups ?? 1);
    case "dense":
      return grouped(ways, layer.units, 1);
    case "depthwise":
      return ways.flatMap((row) => Array.from({ length: layer.multiplier ?? 1 }, () => row));
    case "channelShuffle": {
      const perGroup = ways.length / layer.groups;
      return ways.map(
        (_, at) => ways[(at % layer.groups) * perGroup + Math.floor(at / layer.groups)]!,
      );
    }
    case "residual":
      return residual(ways, layer);
    default:
      // Softmax and local response normalisation mix channels only by scaling them; that is not counted.
      return ways;
  }
}

/** Each output reads all channels of its group. */
function grouped(ways: Ways, outputs: number, groups: number): Ways {
  const [from, to] = [ways.length / groups, outputs / groups];
  return Array.from({ length: groups }, (_, group) => {
    const sum = added(ways.slice(group * from, (group + 1) * from));
    return Array.from({ length: to }, () => sum);
  }).flat();
}

function residual(ways: Ways, { layers, shortcut = [] }: ResidualSpec): Ways {
  const main = layers.reduce(through, ways);
  const straight = shortcut.reduce(through, ways);
  return main.map((row, channel) => added([row, straight[channel]!]));
}

function added(rows: Ways): Float64Array {
  return rows.reduce((sum, row) => sum.map((value, at) => value + row[at]!));
}
