/** What the layers of a network are called: conv1, conv2, dense1. */
import type { LayerSpec } from "../network/layers.js";

/** A name for each layer: its own, or its kind and how many of its kind there are up to it. */
export function layerNames(
  specs: readonly { readonly kind: LayerSpec["kind"] | "own"; readonly name?: string }[],
): string[] {
  const counts = new Map<string, number>();
  return specs.map(({ kind, name }) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return name ?? `${kind}${count}`;
  });
}
