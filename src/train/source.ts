/** The two ways to say which network is wanted: its input and layers, or a network that is described already. */
import { inspect } from "node:util";
import { ArgumentError } from "../errors.js";
import type { LayerSpec } from "../network/layers.js";
import { type NetworkSource, networkOf } from "../network/source.js";
import { type Known, requireOptions } from "../ops/known-options.js";
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
    return { inputShape: first, specs: second, options: checked(third) };
  }
  if (Array.isArray(first)) {
    throw new ArgumentError(
      "A network is its input's shape and a list of layers: network([28, 28, 1], [conv(8, 3), relu()]).",
    );
  }
  const { input, layers } = networkOf(first as NetworkSource);
  return { inputShape: input, specs: layers, options: checked(second as NetworkOptions) };
}

const known: Known<NetworkOptions> = { seed: true, start: true };

function checked(options: NetworkOptions = {}): NetworkOptions {
  requireOptions("network", options, known);
  const { seed = 1, start = "he" } = options;
  if (!Number.isFinite(seed)) {
    throw new ArgumentError(`The seed of a network is a number; got ${inspect(seed)}.`);
  }
  if (start !== "he" && start !== "zeros" && !Number.isFinite(start)) {
    throw new ArgumentError(
      `The weights start as "he", as "zeros", or as a number times He's; got ${inspect(start)}.`,
    );
  }
  return options;
}
