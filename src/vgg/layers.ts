/** What a VGG-style network is made of. */

/** A convolution with stride 1 and `same` padding, followed by ReLU. */
export interface ConvLayer {
  readonly kind: "conv";
  /** Side of the square kernel, in pixels: 3, or 1 in configuration C. */
  readonly kernel: number;
  /** Output channels. */
  readonly filters: number;
}

/** Max pooling, 2×2 with stride 2. */
export interface MaxPoolLayer {
  readonly kind: "maxpool";
}

/** Local response normalisation (Krizhevsky et al. 2012): no weights, same shape. */
export interface LrnLayer {
  readonly kind: "lrn";
}

/** Global average pooling: one number a channel. */
export interface GlobalAvgPoolLayer {
  readonly kind: "gap";
}

/** A fully connected layer; the first one reads all of the last feature map. */
export interface FullyConnectedLayer {
  readonly kind: "fc";
  readonly units: number;
}

/** Softmax over the class scores: no weights, same shape. */
export interface SoftmaxLayer {
  readonly kind: "softmax";
}

/** One layer of a VGG-style network. */
export type Layer =
  | ConvLayer
  | MaxPoolLayer
  | LrnLayer
  | GlobalAvgPoolLayer
  | FullyConnectedLayer
  | SoftmaxLayer;

/** A VGG-style network: the input's shape and the layers in order. */
export interface Config {
  /** Such as "VGG D", or what the reader called it. */
  readonly name: string;
  /** Shape of the input image, H×W×C. */
  readonly input: readonly [height: number, width: number, channels: number];
  readonly layers: readonly Layer[];
  /** The line that it was read from. */
  readonly line: string;
}
