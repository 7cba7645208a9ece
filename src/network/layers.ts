/**
 * Layers as plain descriptions: what a network is made of, before any weight exists. The same list is counted
 * (`network.summary`), reasoned about (`network.receptiveField`) and run (`train.network`, `train.fastNetwork`).
 */
import type { Padding, PerAxis } from "../ops/options.js";

/** What every layer may say. */
export interface Named {
  /** What tables call the layer; else its kind and a number, such as `conv2`. */
  readonly name?: string;
}

/** What a window does between two places: of convolutions and poolings. */
export interface WindowOptions extends Named {
  /** Pixels from one place to the next; a number, or `[down, across]`. */
  readonly stride?: PerAxis;
  /** As for `conv2d` (default `"valid"`). */
  readonly padding?: Padding;
}

/** Options of a convolution layer. */
export interface ConvLayerOptions extends WindowOptions {
  /** Distance between neighbouring kernel entries (default 1). */
  readonly dilation?: PerAxis;
  /** Groups of channels that do not see each other (default 1). */
  readonly groups?: number;
  /** Whether each filter has a bias (default true). */
  readonly bias?: boolean;
}

/** A convolution: `filters` kernels of `kernel` over H×W×C. */
export interface ConvSpec extends ConvLayerOptions {
  readonly kind: "conv";
  readonly filters: number;
  readonly kernel: PerAxis;
}

/** A convolution of each channel by itself; `multiplier` maps a channel. */
export interface DepthwiseSpec extends Omit<ConvLayerOptions, "groups"> {
  readonly kind: "depthwise";
  readonly kernel: PerAxis;
  readonly multiplier?: number;
}

/** A transposed convolution. */
export interface TransposedConvSpec extends ConvLayerOptions {
  readonly kind: "transposedConv";
  readonly filters: number;
  readonly kernel: PerAxis;
  /** Rows and columns added at the bottom and the right, smaller than the stride (default 0). */
  readonly outputPadding?: PerAxis;
}

/** Max or average pooling. */
export interface PoolSpec extends WindowOptions {
  readonly kind: "maxPool" | "avgPool";
  readonly size: PerAxis;
  /** Whether a last window that hangs over the edge counts (default false). */
  readonly ceil?: boolean;
}

/** Repeats each pixel `factor` times down and across. */
export interface UpsampleSpec extends Named {
  readonly kind: "upsample";
  readonly factor: number;
}

/** A fully connected layer; a map of any shape is read as one long list (row by row, channels last). */
export interface DenseSpec extends Named {
  readonly kind: "dense";
  readonly units: number;
  readonly bias?: boolean;
}

/** Normalises each channel by the batch's mean and variance while training, by their running means afterwards. */
export interface BatchNormSpec extends Named {
  readonly kind: "batchNorm";
  /** Added to the variance (default 1e-5). */
  readonly epsilon?: number;
  /** The share of the running means that a batch replaces (default 0.1, as in PyTorch). */
  readonly momentum?: number;
}

/** While training, drops each value with probability `rate` and scales the others by 1 / (1 − rate). */
export interface DropoutSpec extends Named {
  readonly kind: "dropout";
  readonly rate: number;
}

/** Puts the channels of all groups in turn: 1 4 2 5 3 6 for two groups of three. */
export interface ChannelShuffleSpec extends Named {
  readonly kind: "channelShuffle";
  readonly groups: number;
}

/** x where positive, slope·x elsewhere. */
export interface LeakyReluSpec extends Named {
  readonly kind: "leakyRelu";
  readonly slope?: number;
}

/** Adds what `layers` make of the input to the input, or to what `shortcut` makes of it (He et al. 2016). */
export interface ResidualSpec extends Named {
  readonly kind: "residual";
  readonly layers: readonly LayerSpec[];
  readonly shortcut?: readonly LayerSpec[];
}

/** Layers with nothing to set. */
export interface PlainSpec extends Named {
  readonly kind:
    | "relu"
    | "sigmoid"
    | "tanh"
    | "softmax"
    | "flatten"
    | "globalAvgPool"
    | "globalMaxPool"
    | "lrn";
}

/** One layer of a network. */
export type LayerSpec =
  | ConvSpec
  | DepthwiseSpec
  | TransposedConvSpec
  | PoolSpec
  | UpsampleSpec
  | DenseSpec
  | BatchNormSpec
  | DropoutSpec
  | ChannelShuffleSpec
  | LeakyReluSpec
  | ResidualSpec
  | PlainSpec;

/** A network: the shape of one picture and the layers in order. */
export interface NetworkSpec {
  /** What tables and figures call it. */
  readonly name: string;
  /** H×W×C of one picture. */
  readonly input: readonly [height: number, width: number, channels: number];
  readonly layers: readonly LayerSpec[];
}
