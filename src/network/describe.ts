/** A network put together from its input's shape and its layers, checked once. */
import { ArgumentError } from "../errors.js";
import { type Known, requireOptions } from "../ops/known-options.js";
import { type InputShape, requireInputShape } from "./input-shape.js";
import type { LayerSpec, NetworkSpec } from "./layers.js";
import { shapes } from "./shapes.js";

/** Options of {@link describe}. */
export interface DescribeOptions {
  /** What tables and figures call the network (default "network"). */
  readonly name?: string;
}

const known: Known<DescribeOptions> = { name: true };

/**
 * Describes a network: the shape of one picture and the layers in order. Every layer is tried on the shape that
 * reaches it, so that a network that can't exist is refused here and not while it runs.
 *
 * @param input H×W×C of one picture.
 * @throws {ShapeError} when the input is no H×W×C, or a layer can't take what reaches it.
 * @throws {ArgumentError} when one of a layer's numbers is out of range, two layers have the same name, or there is
 * no such option.
 * @example network.describe([28, 28, 1], [{ kind: "conv", filters: 8, kernel: 3 }, { kind: "globalMaxPool" }]).layers.length // → 2
 */
export function describe(
  input: InputShape,
  layers: readonly LayerSpec[],
  options: DescribeOptions = {},
): NetworkSpec {
  if (!Array.isArray(layers)) {
    throw new ArgumentError(
      `The layers come as a list, such as [conv(8, 3), relu()]; got ${typeof layers === "object" ? "an object" : String(layers)}.`,
    );
  }
  requireOptions("describe", options, known);
  const network: NetworkSpec = {
    name: options.name ?? "network",
    input: requireInputShape(input),
    layers: [...layers],
  };
  shapes(network);
  return network;
}
