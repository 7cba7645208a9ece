/** What the description of each kind of layer may say: a `strides` or `filter` would else count as nothing. */
import { type Known, requireOptions } from "../ops/known-options.js";
import type { LayerSpec } from "./layers.js";

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
  const known: Known<LayerSpec> | undefined = Object.hasOwn(fields, layer.kind)
    ? fields[layer.kind]
    : undefined;
  if (known) requireOptions<LayerSpec>(layer.kind, layer, known);
  return layer;
}
