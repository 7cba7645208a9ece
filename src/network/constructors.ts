/**
 * Layers written as calls: `[conv(8, 3), relu(), maxPool(2), dense(10)]`. Each gives a plain description, which can be
 * counted, drawn, run and trained, and which other layers may share.
 */
import { ArgumentError } from "../errors.js";
import { wholeNumber } from "../ops/geometry.js";
import { type PerAxis, perAxis } from "../ops/options.js";
import { checkNormalisation, withOptions } from "./layer-fields.js";
import type {
  BatchNormSpec,
  ChannelShuffleSpec,
  ConvLayerOptions,
  ConvSpec,
  DenseSpec,
  DepthwiseSpec,
  DropoutSpec,
  LayerSpec,
  LeakyReluSpec,
  PoolSpec,
  ResidualSpec,
  TransposedConvSpec,
  UpsampleSpec,
  WindowOptions,
} from "./layers.js";

export * from "./plain-constructors.js";

/** Refuses what a window's options can't be, as soon as the layer is written. */
function checkWindow(name: string, size: PerAxis, { stride = 1 }: WindowOptions): void {
  perAxis(size, `${name}: the size of the window`, 1);
  perAxis(stride, `${name}: the stride`, 1);
}

function checkConvolution(name: string, kernel: PerAxis, options: ConvLayerOptions): void {
  checkWindow(name, kernel, options);
  perAxis(options.dilation ?? 1, `${name}: the dilation`, 1);
  wholeNumber(options.groups ?? 1, `${name}: the number of groups`, 1);
}

/**
 * A convolution layer: `filters` kernels slide over H×W×C, each giving one map.
 *
 * @param filters maps that come out.
 * @param kernel size of a kernel in pixels, a number or `[rows, columns]`.
 * @param options stride, padding, dilation, groups, bias; as for `conv2d`.
 * @throws {ArgumentError} when a number is not whole or too small.
 * @example train.conv(8, 3, { padding: "same" }).filters // → 8
 */
export function conv(filters: number, kernel: PerAxis, options: ConvLayerOptions = {}): ConvSpec {
  wholeNumber(filters, "conv: the number of filters", 1);
  const layer = withOptions<ConvSpec>({ kind: "conv", filters, kernel }, options);
  checkConvolution("conv", kernel, layer);
  return layer;
}

/**
 * A convolution of each channel by itself: H×W×C gives `multiplier` maps a channel.
 *
 * @throws {ArgumentError} when a number is not whole or too small.
 * @example train.depthwise(3, { padding: "same" }).kind // → "depthwise"
 */
export function depthwise(
  kernel: PerAxis,
  options: Omit<ConvLayerOptions, "groups"> & { readonly multiplier?: number } = {},
): DepthwiseSpec {
  const layer = withOptions<DepthwiseSpec>({ kind: "depthwise", kernel }, options);
  checkConvolution("depthwise", kernel, layer);
  wholeNumber(layer.multiplier ?? 1, "depthwise: the multiplier", 1);
  return layer;
}

/**
 * A transposed convolution: each input pixel stamps its kernel onto a larger map, `stride` pixels apart.
 *
 * @throws {ArgumentError} when a number is not whole or too small.
 * @example train.transposedConv(4, 2, { stride: 2 }).stride // → 2
 */
export function transposedConv(
  filters: number,
  kernel: PerAxis,
  options: ConvLayerOptions & { readonly outputPadding?: PerAxis } = {},
): TransposedConvSpec {
  wholeNumber(filters, "transposedConv: the number of filters", 1);
  const layer = withOptions<TransposedConvSpec>(
    { kind: "transposedConv", filters, kernel },
    options,
  );
  checkConvolution("transposedConv", kernel, layer);
  perAxis(layer.outputPadding ?? 0, "transposedConv: the output padding", 0);
  return layer;
}

/**
 * The largest value of each window, per channel.
 *
 * @param size of the window; windows tile the map unless `options.stride` says otherwise.
 * @throws {ArgumentError} when a number is not whole or too small.
 * @example train.maxPool(2).size // → 2
 */
export function maxPool(
  size: PerAxis,
  options: WindowOptions & { readonly ceil?: boolean } = {},
): PoolSpec {
  const layer = withOptions<PoolSpec>({ kind: "maxPool", size }, options);
  checkWindow("maxPool", size, layer);
  return layer;
}

/**
 * The mean of each window, per channel.
 *
 * @throws {ArgumentError} when a number is not whole or too small.
 * @example train.avgPool(2, { stride: 1 }).stride // → 1
 */
export function avgPool(
  size: PerAxis,
  options: WindowOptions & { readonly ceil?: boolean } = {},
): PoolSpec {
  const layer = withOptions<PoolSpec>({ kind: "avgPool", size }, options);
  checkWindow("avgPool", size, layer);
  return layer;
}

/**
 * Every output sees every input: inputs × units weights and one bias a unit. A map is read as one long list.
 *
 * @throws {ArgumentError} when `units` is not a whole number above 0.
 * @example train.dense(10).units // → 10
 */
export function dense(units: number, options: Omit<DenseSpec, "kind" | "units"> = {}): DenseSpec {
  wholeNumber(units, "dense: the number of units", 1);
  return withOptions<DenseSpec>({ kind: "dense", units }, options);
}

/**
 * Each channel minus its mean over its standard deviation, then times a scale plus a shift that are learned
 * (Ioffe & Szegedy 2015): of the batch while training, of the running means afterwards. A bias in front of it is taken
 * off again, so `conv(8, 3, { bias: false })` does.
 *
 * @throws {ArgumentError} when ε is not above 0, or the momentum not between 0 and 1.
 * @example train.batchNorm().kind // → "batchNorm"
 */
export function batchNorm(options: Omit<BatchNormSpec, "kind"> = {}): BatchNormSpec {
  const layer = withOptions<BatchNormSpec>({ kind: "batchNorm" }, options);
  checkNormalisation(layer);
  return layer;
}

/**
 * While training, drops each value with probability `rate` and divides the others by 1 − rate.
 *
 * @throws {ArgumentError} when `rate` is not between 0 and 1, 1 excluded.
 * @example train.dropout(0.5).rate // → 0.5
 */
export function dropout(rate: number): DropoutSpec {
  if (!(rate >= 0 && rate < 1)) {
    throw new ArgumentError(`dropout: the rate is 0 or more and below 1; got ${String(rate)}.`);
  }
  return { kind: "dropout", rate };
}

/**
 * Takes a channel of each group in turn, so that the next grouped convolution mixes the groups (Zhang et al. 2018).
 *
 * @throws {ArgumentError} when `groups` is not a whole number above 0.
 * @example train.channelShuffle(2).groups // → 2
 */
export function channelShuffle(groups: number): ChannelShuffleSpec {
  wholeNumber(groups, "channelShuffle: the number of groups", 1);
  return { kind: "channelShuffle", groups };
}

/**
 * Repeats each pixel `factor` times down and across.
 *
 * @throws {ArgumentError} when `factor` is not a whole number above 0.
 * @example train.upsample(2).factor // → 2
 */
export function upsample(factor: number): UpsampleSpec {
  wholeNumber(factor, "upsample: the factor", 1);
  return { kind: "upsample", factor };
}

/**
 * x where positive, slope·x elsewhere.
 *
 * @throws {ArgumentError} when the slope is not a finite number.
 * @example train.leakyRelu(0.1).slope // → 0.1
 */
export function leakyRelu(slope = 0.01): LeakyReluSpec {
  if (!Number.isFinite(slope)) {
    throw new ArgumentError(`leakyRelu: the slope must be a finite number; got ${String(slope)}.`);
  }
  return { kind: "leakyRelu", slope };
}

/**
 * What `layers` make of the input, plus the input itself, or plus what `shortcut` makes of it (He et al. 2016).
 *
 * @throws {ArgumentError} when there is no layer.
 * @example train.residual([train.conv(8, 3, { padding: "same" }), train.relu()]).layers.length // → 2
 */
export function residual(
  layers: readonly LayerSpec[],
  shortcut?: readonly LayerSpec[],
): ResidualSpec {
  if (!Array.isArray(layers) || layers.length === 0) {
    throw new ArgumentError(
      "residual: a block is a list of at least one layer, such as residual([conv(8, 3, { padding: 1 }), relu()]).",
    );
  }
  return shortcut === undefined
    ? { kind: "residual", layers }
    : { kind: "residual", layers, shortcut };
}
