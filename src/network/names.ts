/** What the layers of a network are called: conv1, conv2, dense1. */
import { cameText } from "../came.js";
import { ArgumentError } from "../errors.js";
import type { LayerSpec } from "./layers.js";

/** What a name depends on; `"own"` is a layer that was written as a function. */
interface Nameable {
  readonly kind: LayerSpec["kind"] | "own";
  readonly name?: string;
}

/**
 * A name for each layer: its own, or its kind and how many of its kind there are up to it. Where that is another
 * layer's own name, the count goes on: every layer is found by its name, and so are its weights.
 *
 * @throws {ArgumentError} when two layers bring the same name, a name is no text, or a layer is called as one inside a
 * residual block.
 */
export function layerNames(layers: readonly Nameable[]): string[] {
  const own = ownNames(layers);
  const counts = new Map<string, number>();
  const names = layers.map(({ kind, name }) => {
    let count = (counts.get(kind) ?? 0) + 1;
    while (name === undefined && own.has(`${kind}${count}`)) count++;
    counts.set(kind, count);
    return name ?? `${kind}${count}`;
  });
  refuseNamesInside(
    own,
    names.filter((_, index) => layers[index]!.kind === "residual"),
  );
  return names;
}

/** A block's layers are called after it, `block.conv1`: no layer beside it may be. */
function refuseNamesInside(own: ReadonlyMap<string, number>, blocks: readonly string[]): void {
  for (const [name, place] of own) {
    const block = blocks.find((one) => name.startsWith(`${one}.`));
    if (block === undefined) continue;
    throw new ArgumentError(
      `Layer ${place} is called "${name}", as a layer inside the residual block "${block}" is: give it a name that does not begin with "${block}.".`,
    );
  }
}

/** The names that layers bring, with the place of each. */
function ownNames(layers: readonly Nameable[]): Map<string, number> {
  const own = new Map<string, number>();
  layers.forEach(({ name }, index) => {
    if (name === undefined) return;
    if (typeof name !== "string" || name.trim() === "") {
      throw new ArgumentError(
        `Layer ${index + 1} has no name: a layer's name is a text such as "edges"; got ${cameText(name)}.`,
      );
    }
    const before = own.get(name);
    if (before !== undefined) {
      throw new ArgumentError(
        `Layers ${before} and ${index + 1} are both called "${name}": give each a name of its own, or none, and they are numbered.`,
      );
    }
    own.set(name, index + 1);
  });
  return own;
}
