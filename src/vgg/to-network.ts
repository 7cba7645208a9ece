/** A VGG-style network as a list of layers that can be counted, reasoned about and run. */
import { describe } from "../network/describe.js";
import type { LayerSpec, NetworkSpec } from "../network/layers.js";
import { type ConfigName, configOf } from "./config.js";
import type { Config, Layer } from "./layers.js";

/** What each layer of a VGG-style network is called: conv2_1 is the first convolution of block 2; pool2 ends it. */
export function layerNames(layers: readonly Layer[]): string[] {
  let block = 1;
  let convs = 0;
  let fcs = 0;
  const names = layers.map(({ kind }) => {
    switch (kind) {
      case "conv":
        return `conv${block}_${++convs}`;
      case "maxpool":
        convs = 0;
        return `pool${block++}`;
      case "lrn":
        return `lrn${block}`;
      case "fc":
        return `fc${++fcs}`;
      default:
        return kind;
    }
  });
  // Where a line says LRN or softmax twice, the second is lrn1_2 or softmax_2.
  const seen = new Map<string, number>();
  return names.map((name) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? name : `${name}_${count}`;
  });
}

/** The layers of {@link toNetwork}, not yet tried on shapes. */
export function networkLayers(layers: readonly Layer[]): LayerSpec[] {
  const names = layerNames(layers);
  const lastFc = layers.findLastIndex((layer) => layer.kind === "fc");
  return layers.flatMap((layer, index) => layersOf(layer, names[index]!, index === lastFc));
}

function layersOf(layer: Layer, name: string, last: boolean): LayerSpec[] {
  const relu: LayerSpec = { kind: "relu", name: `${name}_relu` };
  switch (layer.kind) {
    case "conv": {
      const { kernel, filters } = layer;
      return [{ kind: "conv", name, filters, kernel, padding: "same" }, relu];
    }
    case "maxpool":
      return [{ kind: "maxPool", name, size: 2 }];
    case "lrn":
      return [{ kind: "lrn", name }];
    case "gap":
      return [{ kind: "globalAvgPool", name }];
    case "fc": {
      const dense: LayerSpec = { kind: "dense", name, units: layer.units };
      return last ? [dense] : [dense, relu];
    }
    case "softmax":
      return [{ kind: "softmax", name }];
  }
}

/**
 * A VGG-style network as a list of layers: each convolution with its ReLU, each fully connected layer with its ReLU
 * except the last, whose outputs are the class scores. The layers are called as in the ledger: conv1_1, pool1, fc1.
 *
 * @param of a column of the paper's table, such as `"D"`, or a network from {@link parse}.
 * @throws {ArgumentError} when the paper has no such column.
 * @throws {ShapeError} when the input is too small for the network.
 * @example vgg.toNetwork("D").layers.length // → 36
 */
export function toNetwork(of: ConfigName | Config): NetworkSpec {
  const { name, input, layers } = configOf(of);
  return describe(input, networkLayers(layers), { name });
}
