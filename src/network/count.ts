/** What a layer stores and computes, from its description and the shapes beside it. */
import { perAxis } from "../ops/options.js";
import type { LayerSpec } from "./layers.js";
import type { Shape } from "./shapes.js";

/** The numbers of one layer. */
export interface LayerCount {
  /** Multipliers that are learned: kernels, matrices, and the scales γ of a batch normalisation. */
  readonly weights: number;
  /** Summands that are learned: one a filter or unit, and the shifts β of a batch normalisation. */
  readonly biases: number;
  /** Numbers kept but not learned: the running mean and variance of a batch normalisation. Not parameters. */
  readonly buffers: number;
  /**
   * Multiply-accumulates for one picture. A convolution's weights work once at every place, a transposed
   * convolution's once for every input pixel, a dense layer's once; products with padding count. Biases,
   * activations, poolings and normalisations are not counted.
   */
  readonly macs: number;
}

/** Numbers in a shape. */
export function valuesIn(shape: Shape): number {
  return shape.reduce((product, size) => product * size, 1);
}

/**
 * Counts one layer: kh·kw·(Cin / groups)·Cout for convolutions, kh·kw·C·multiplier depthwise, inputs·units for dense
 * layers. A residual block itself stores nothing; its layers are counted one by one.
 */
export function count(layer: LayerSpec, input: Shape, output: Shape): LayerCount {
  const places = (shape: Shape): number => shape[0]! * shape[1]!;
  switch (layer.kind) {
    case "conv":
    case "transposedConv": {
      const [kh, kw] = perAxis(layer.kernel, "The kernel size", 1);
      const weights = kh * kw * (input[2]! / (layer.groups ?? 1)) * layer.filters;
      const reached = layer.kind === "conv" ? output : input;
      return counted(weights, layer.bias === false ? 0 : layer.filters, weights * places(reached));
    }
    case "depthwise": {
      const [kh, kw] = perAxis(layer.kernel, "The kernel size", 1);
      const channels = output[2]!;
      const weights = kh * kw * channels;
      return counted(weights, layer.bias === false ? 0 : channels, weights * places(output));
    }
    case "dense": {
      const weights = valuesIn(input) * layer.units;
      return counted(weights, layer.bias === false ? 0 : layer.units, weights);
    }
    case "batchNorm": {
      const channels = input[input.length - 1]!;
      return { weights: channels, biases: channels, buffers: 2 * channels, macs: 0 };
    }
    default:
      return counted(0, 0, 0);
  }
}

function counted(weights: number, biases: number, macs: number): LayerCount {
  return { weights, biases, buffers: 0, macs };
}

/** Whether the layer multiplies by learned weights: what the number in VGG16 or ResNet-18 counts. */
export function hasWeights(layer: LayerSpec): boolean {
  return ["conv", "depthwise", "transposedConv", "dense"].includes(layer.kind);
}
