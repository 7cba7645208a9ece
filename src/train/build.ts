/** From the description of a layer to the layer in loops. */
import { cameText } from "../came.js";
import { ArgumentError } from "../errors.js";
import type { LayerSpec, ResidualSpec } from "../network/layers.js";
import { layerNames } from "../network/names.js";
import { outputShape } from "../network/shapes.js";
import type { Layer, LayerPlan, Parameter, RandomSource } from "./layer.js";
import {
  leakyReluLayer,
  reluLayer,
  sigmoidLayer,
  softmaxLayer,
  tanhLayer,
} from "./layers/activation.js";
import { batchNormLayer } from "./layers/batch-norm.js";
import { convLayer } from "./layers/conv.js";
import { denseLayer } from "./layers/dense.js";
import { depthwiseLayer } from "./layers/depthwise.js";
import { dropoutLayer } from "./layers/dropout.js";
import { lrnLayer } from "./layers/lrn.js";
import { globalPoolLayer, poolLayer } from "./layers/pool.js";
import { channelShuffleLayer, flattenLayer, upsampleLayer } from "./layers/rearrange.js";
import { residualLayer } from "./layers/residual.js";
import { transposedConvLayer } from "./layers/transposed-conv.js";
import type { Start } from "./parameters.js";

/**
 * One layer in loops, by itself: its weights, its forward and its backward pass.
 *
 * @param random where its first weights come from.
 * @param place where it stands in its network, for messages.
 * @throws {ShapeError} when the layer can't take the shape.
 * @example const layer = train.buildLayer(train.relu(), [4], train.randomSource(1));
 * Array.from(layer.forward(new Float32Array([-1, 2, -3, 4]))) // → [0, 2, 0, 4]
 * Array.from(layer.backward(new Float32Array([1, 1, 1, 1]))) // → [0, 1, 0, 1]
 */
export function buildLayer(
  spec: LayerSpec,
  inputShape: readonly number[],
  random: RandomSource,
  start: Start = "he",
  place?: number | string,
): Layer {
  if (typeof random !== "function") {
    throw new ArgumentError(
      `buildLayer takes its random numbers from a function, such as train.randomSource(1); got ${cameText(random)}.`,
    );
  }
  const output = outputShape(spec, inputShape, place);
  switch (spec.kind) {
    case "conv":
      return convLayer(spec, inputShape, random, start);
    case "depthwise":
      return depthwiseLayer(spec, inputShape, random, start);
    case "transposedConv":
      return transposedConvLayer(spec, inputShape, random, start);
    case "dense":
      return denseLayer(spec, inputShape, random, start);
    case "batchNorm":
      return batchNormLayer(spec, inputShape, random, start);
    case "maxPool":
    case "avgPool":
      return poolLayer(spec, inputShape);
    case "globalMaxPool":
    case "globalAvgPool":
      return globalPoolLayer(spec.kind, inputShape);
    case "dropout":
      return dropoutLayer(spec, inputShape, random);
    case "channelShuffle":
      return channelShuffleLayer(spec.groups, inputShape);
    case "upsample":
      return upsampleLayer(spec.factor, inputShape);
    case "leakyRelu":
      return leakyReluLayer(spec, inputShape);
    case "residual":
      return buildResidual(spec, inputShape, output, random, start);
    case "relu":
      return reluLayer(inputShape);
    case "sigmoid":
      return sigmoidLayer(inputShape);
    case "tanh":
      return tanhLayer(inputShape);
    case "softmax":
      return softmaxLayer(inputShape);
    case "flatten":
      return flattenLayer(inputShape);
    case "lrn":
      return lrnLayer(inputShape);
  }
}

/** Layers in order, each for the shape that the one before it gives. */
export function buildLayers(
  specs: readonly (LayerSpec | LayerPlan)[],
  inputShape: readonly number[],
  random: RandomSource,
  start: Start = "he",
): Layer[] {
  let shape = inputShape;
  return specs.map((spec, i) => {
    const layer =
      typeof spec === "function"
        ? ownLayer(spec, i + 1, shape, random, start)
        : buildLayer(spec, shape, random, start, i + 1);
    shape = layer.outputShape;
    return layer;
  });
}

/** What a function of the caller gives: `relu` without its brackets gives a description, not a layer. */
function ownLayer(
  plan: LayerPlan,
  place: number,
  shape: readonly number[],
  random: RandomSource,
  start: Start,
): Layer {
  const layer: Partial<Layer> | undefined = plan(shape, random, start);
  if (typeof layer?.forward === "function" && Array.isArray(layer.outputShape)) {
    return layer as Layer;
  }
  throw new ArgumentError(
    `Layer ${place} is a function that gives no layer: call it, as in relu().`,
  );
}

function buildResidual(
  spec: ResidualSpec,
  inputShape: readonly number[],
  output: readonly number[],
  random: RandomSource,
  start: Start,
): Layer {
  const layers = buildLayers(spec.layers, inputShape, random, start);
  const shortcut = buildLayers(spec.shortcut ?? [], inputShape, random, start);
  const parameters = [
    ...namedParameters(layers, layerNames(spec.layers)),
    ...namedParameters(shortcut, layerNames(spec.shortcut ?? []), "shortcut."),
  ];
  return residualLayer(output, layers, shortcut, parameters);
}

/** The arrays of all layers, each under its layer's name: conv1.kernel. */
export function namedParameters(
  layers: readonly Layer[],
  names: readonly string[],
  prefix = "",
): Parameter[] {
  return layers.flatMap((layer, i) =>
    layer.parameters.map((parameter) => ({
      ...parameter,
      name: `${prefix}${names[i]}.${parameter.name}`,
    })),
  );
}
