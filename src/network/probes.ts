/** Networks made from another to be measured: cut behind a layer, made linear, made narrow. */
import type { LayerSpec } from "./layers.js";

/** The layers up to the one at a place such as `3`, or `4.shortcut.1` inside a residual block. */
export function upTo(layers: readonly LayerSpec[], place: string): LayerSpec[] {
  const [first, ...inside] = place.split(".");
  const at = Number(first) - 1;
  if (inside.length === 0) return layers.slice(0, at + 1);
  const block = layers[at]!;
  const before = layers.slice(0, at);
  if (block.kind !== "residual") return before;
  const onShortcut = inside[0] === "shortcut";
  const branch = onShortcut ? (block.shortcut ?? []) : block.layers;
  return [...before, ...upTo(branch, inside.slice(onShortcut ? 1 : 0).join("."))];
}

/**
 * The same windows on one channel and nothing else: convolutions of one filter without bias, averages for maxima, no
 * activations, normalisations or dropout. With positive weights its gradient is positive exactly where a way leads.
 */
export function linearised(layers: readonly LayerSpec[]): LayerSpec[] {
  return layers.flatMap((layer): LayerSpec[] => {
    switch (layer.kind) {
      case "conv":
      case "transposedConv":
        return [{ ...layer, filters: 1, groups: 1, bias: false }];
      case "depthwise": {
        const { kind: _, multiplier: __, name: ___, ...window } = layer;
        return [{ ...window, kind: "conv", filters: 1, bias: false }];
      }
      case "dense":
        return [{ kind: "dense", units: 1, bias: false }];
      case "maxPool":
        return [{ ...layer, kind: "avgPool" }];
      case "globalMaxPool":
        return [{ kind: "globalAvgPool" }];
      case "residual":
        return [
          {
            kind: "residual",
            layers: linearised(layer.layers),
            shortcut: linearised(layer.shortcut ?? []),
          },
        ];
      case "avgPool":
      case "globalAvgPool":
      case "upsample":
      case "flatten":
        return [layer];
      default:
        return [];
    }
  });
}

/**
 * The same network with at most `channels` filters and units in each layer. Left as it is where its channels hang
 * together: groups, shuffles and multipliers.
 */
export function narrowed(layers: readonly LayerSpec[], channels: number): readonly LayerSpec[] {
  if (layers.some(tiesChannels)) return layers;
  return layers.map((layer) => narrow(layer, channels));
}

function narrow(layer: LayerSpec, channels: number): LayerSpec {
  switch (layer.kind) {
    case "conv":
    case "transposedConv":
      return { ...layer, filters: Math.min(layer.filters, channels) };
    case "dense":
      return { ...layer, units: Math.min(layer.units, channels) };
    case "residual": {
      const { shortcut, layers } = layer;
      const own = { ...layer, layers: layers.map((inner) => narrow(inner, channels)) };
      return shortcut === undefined
        ? own
        : { ...own, shortcut: shortcut.map((inner) => narrow(inner, channels)) };
    }
    default:
      return layer;
  }
}

function tiesChannels(layer: LayerSpec): boolean {
  switch (layer.kind) {
    case "conv":
    case "transposedConv":
      return (layer.groups ?? 1) > 1;
    case "depthwise":
      return (layer.multiplier ?? 1) > 1;
    case "channelShuffle":
      return true;
    case "residual":
      return [...layer.layers, ...(layer.shortcut ?? [])].some(tiesChannels);
    default:
      return false;
  }
}
