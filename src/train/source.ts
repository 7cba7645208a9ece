/** The two ways to say which network is wanted: its input and layers, or a network that is described already. */

import { ArgumentError } from "../errors.js";
import type { LayerSpec } from "../network/layers.js";
import { type NetworkSource, networkOf } from "../network/source.js";
import type { NetworkOptions } from "./options.js";

/** A network's input, layers and options, settled. */
export interface Wanted<Layer> {
  readonly inputShape: readonly number[];
  readonly specs: readonly Layer[];
  readonly options: NetworkOptions;
}

/** Reads `(inputShape, specs, options)` or `(source, options)`. */
export function wanted<Layer>(
  first: readonly number[] | NetworkSource,
  second: readonly Layer[] | NetworkOptions | undefined,
  third: NetworkOptions | undefined,
): Wanted<Layer | LayerSpec> {
  if (Array.isArray(first) && Array.isArray(second)) {
    if (second.length === 0) throw new ArgumentError("A network has at least one layer.");
    return { inputShape: first, specs: second, options: third ?? {} };
  }
  if (Array.isArray(first)) {
    throw new ArgumentError(
      "A network is its input's shape and a list of layers: network([28, 28, 1], [conv(8, 3), relu()]).",
    );
  }
  const { input, layers } = networkOf(first as NetworkSource);
  return { inputShape: input, specs: layers, options: (second as NetworkOptions) ?? {} };
}
