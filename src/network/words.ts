/** How messages and tables name a layer: `conv 3×3`, at place 4, or 4.2 inside a residual block. */
import { say } from "../check/language.js";
import type { PerAxis } from "../ops/options.js";
import type { AxisView } from "./axis.js";
import type { LayerSpec } from "./layers.js";
import { grouped } from "./table.js";

/** Where a layer stands: 1 for the first, `4.2` for the second inside the residual block at place 4. */
export type Place = number | string;

/** Two sizes as `3×5`. */
export function sizeText(size: PerAxis): string {
  return Array.isArray(size) ? size.join("×") : `${String(size)}×${String(size)}`;
}

/** A layer in a few signs, as in `conv 3×3 → 64` or `maxPool 2×2`. */
export function layerText(layer: LayerSpec): string {
  switch (layer.kind) {
    case "conv":
    case "transposedConv":
      return `${layer.kind} ${sizeText(layer.kernel)} → ${layer.filters}`;
    case "depthwise":
      return `depthwise ${sizeText(layer.kernel)}`;
    case "maxPool":
    case "avgPool":
      return `${layer.kind} ${sizeText(layer.size)}`;
    case "upsample":
      return `upsample ×${layer.factor}`;
    case "dense":
      return `dense → ${layer.units}`;
    default:
      return layer.kind;
  }
}

/** How a message begins: `Layer 3 (conv 5×5 → 16)`, without the place where none is known. */
export function layerAt(layer: LayerSpec, place?: Place): string {
  return place === undefined ? layerText(layer) : `Layer ${place} (${layerText(layer)})`;
}

/** A count as people say it: 86,400 or 15.470 billion. */
export function inWords(count: number): string {
  const [scale, word] =
    count >= 1e9
      ? [1e9, say({ en: "billion", ko: "×10⁹" })]
      : count >= 1e6
        ? [1e6, say({ en: "million", ko: "×10⁶" })]
        : [1, ""];
  return scale === 1 ? grouped(count) : `${(count / scale).toFixed(3)} ${word}`;
}

/** Bytes in thousands and in units of 1024: `553.4 MB = 527.8 MiB`, `246.8 kB = 241.0 KiB`. */
export function bytesInWords(bytes: number): string {
  const [ten, two, letter] = bytes >= 1e6 ? [1e6, 2 ** 20, "M"] : [1e3, 2 ** 10, "k"];
  return `${(bytes / ten).toFixed(1)} ${letter}B = ${(bytes / two).toFixed(1)} ${letter.toUpperCase()}iB`;
}

/** The sizes of a receptive field, as `212×212`. */
export function viewText(view: { readonly rows: AxisView; readonly columns: AxisView }): string {
  return `${view.rows.size}×${view.columns.size}`;
}
