/** What the description of each kind of layer may say: a `strides` or `filter` would else count as nothing. */
import { inspect } from "node:util";
import { ArgumentError } from "../errors.js";
import { type Known, requireOptions } from "../ops/known-options.js";
import type { BatchNormSpec, LayerSpec } from "./layers.js";

type SpecOf<Kind, Spec = LayerSpec> = Spec extends { readonly kind: infer Kinds }
  ? Kind extends Kinds
    ? Spec
    : never
  : never;

const plain = { kind: true, name: true } as const;
const window = { ...plain, stride: true, padding: true } as const;
const convolution = { ...window, kernel: true, dilation: true, bias: true } as const;
const pool = { ...window, size: true, ceil: true } as const;

const fields: { readonly [Kind in LayerSpec["kind"]]: Known<SpecOf<Kind>> } = {
  conv: { ...convolution, filters: true, groups: true },
  depthwise: { ...convolution, multiplier: true },
  transposedConv: { ...convolution, filters: true, groups: true, outputPadding: true },
  maxPool: pool,
  avgPool: pool,
  upsample: { ...plain, factor: true },
  dense: { ...plain, units: true, bias: true },
  batchNorm: { ...plain, epsilon: true, momentum: true },
  dropout: { ...plain, rate: true },
  channelShuffle: { ...plain, groups: true },
  leakyRelu: { ...plain, slope: true },
  residual: { ...plain, layers: true, shortcut: true },
  relu: plain,
  sigmoid: plain,
  tanh: plain,
  softmax: plain,
  flatten: plain,
  globalAvgPool: plain,
  globalMaxPool: plain,
  lrn: plain,
};

/**
 * Gives a layer's description back, if it says nothing that its kind does not have. A kind that does not exist passes.
 *
 * @throws {ArgumentError} naming what there is.
 */
export function withKnownFields<Spec extends LayerSpec>(layer: Spec): Spec {
  const known = knownOf(layer);
  if (known) requireOptions<LayerSpec>(layer.kind, layer, known);
  const said: Readonly<Record<string, unknown>> = { ...layer };
  for (const field of ["bias", "ceil"]) {
    if (!["boolean", "undefined"].includes(typeof said[field])) {
      throw new ArgumentError(
        `${layer.kind}: ${field} is true or false; got ${inspect(said[field])}.`,
      );
    }
  }
  return layer;
}

/**
 * A layer from what its constructor was given: `own`, its kind and arguments, with the options beside them.
 *
 * @throws {ArgumentError} when the options are no object, or name what the kind does not have.
 */
export function withOptions<Spec extends LayerSpec>(
  own: Spec,
  options: Partial<Omit<Spec, "kind">>,
): Spec {
  const names = Object.keys(knownOf(own)!).filter((name) => !Object.hasOwn(own, name));
  const known = Object.fromEntries(names.map((name) => [name, true]));
  requireOptions<object>(own.kind, options ?? {}, known); // null is no options, as in JavaScript's spread
  return withKnownFields({ ...own, ...options });
}

function knownOf(layer: LayerSpec): Known<LayerSpec> | undefined {
  return Object.hasOwn(fields, layer.kind) ? fields[layer.kind] : undefined;
}

/**
 * Refuses numbers that a normalisation can't have.
 *
 * @throws {ArgumentError} when ε is not above 0 (a constant channel is divided by its root), or the momentum no share.
 */
export function checkNormalisation({ epsilon = 1e-5, momentum = 0.1 }: BatchNormSpec): void {
  if (!(Number.isFinite(epsilon) && epsilon > 0)) {
    throw new ArgumentError(`batchNorm: epsilon is a number above 0; got ${inspect(epsilon)}.`);
  }
  if (!(momentum >= 0 && momentum <= 1)) {
    throw new ArgumentError(
      `batchNorm: the momentum, the share that a batch replaces, is 0 to 1; got ${inspect(momentum)}.`,
    );
  }
}
