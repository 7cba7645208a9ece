/** What shape leaves each layer. */

import { shapeText } from "../array.js";
import { cameText } from "../came.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { wholeNumber } from "../ops/geometry.js";
import { checkNormalisation, withKnownFields } from "./layer-fields.js";
import type { LayerSpec, NetworkSpec, ResidualSpec } from "./layers.js";
import { layerNames } from "./names.js";
import { factorOf, mapShape, slides, spreadOf, walksOf } from "./windows.js";
import { layerAt, type Place } from "./words.js";

/** A shape of one picture's values: H×W×C, or one length. */
export type Shape = readonly number[];

/**
 * The shape that leaves a layer, for one picture: ⌊(n + padding − d(k − 1) − 1) / stride⌋ + 1 places an axis for
 * windows, H×W×C with the layer's own number of channels, one length after `flatten`, `dense` and global pooling.
 *
 * @param layer the layer's description.
 * @param shape H×W×C, or one length.
 * @param place where the layer stands in its network, for messages.
 * @throws {ShapeError} when the layer can't take the shape; the message names the layer, its place and the shape.
 * @throws {ArgumentError} when one of the layer's numbers is out of range.
 * @example network.outputShape({ kind: "conv", filters: 64, kernel: 7, stride: 2, padding: 3 }, [224, 224, 3]) // → [112, 112, 64]
 * @example network.outputShape({ kind: "maxPool", size: 2 }, [7, 7, 512]) // → [3, 3, 512]
 */
export function outputShape(layer: LayerSpec, shape: Shape, place?: Place): number[] {
  requireLayer(layer, place);
  withKnownFields(layer);
  if (!Array.isArray(shape)) {
    throw new ShapeError(
      `${layerAt(layer, place)} takes a shape such as [28, 28, 1]; got ${String(shape)}.`,
    );
  }
  try {
    checkShape(shape);
    return shapeAfter(layer, shape, place);
  } catch (error) {
    throw placed(error, layer, shape, place);
  }
}

/**
 * The shape after each layer of a network, in order. A residual block counts as one layer.
 *
 * @throws {ShapeError} when a layer can't take what reaches it.
 * @throws {ArgumentError} when one of a layer's numbers is out of range, or two layers have the same name.
 * @example network.shapes({ name: "two", input: [28, 28, 1], layers: [{ kind: "conv", filters: 6, kernel: 5 }, { kind: "maxPool", size: 2 }] }) // → [[24, 24, 6], [12, 12, 6]]
 */
export function shapes(network: NetworkSpec): number[][] {
  if (!Array.isArray(network?.layers) || !Array.isArray(network.input)) {
    throw new ArgumentError(
      'shapes takes what network.describe(input, layers) or vgg.toNetwork("D") gives.',
    );
  }
  return shapesAlong(network.layers, network.input);
}

/** The shape after each of some layers, from `input`; `prefix` stands before the places in messages. */
export function shapesAlong(layers: readonly LayerSpec[], input: Shape, prefix = ""): number[][] {
  let shape: Shape = input;
  const found = layers.map((layer, index) => {
    const after = outputShape(layer, shape, `${prefix}${index + 1}`);
    shape = after;
    return after;
  });
  layerNames(layers); // refuses two of one name
  return found;
}

function shapeAfter(layer: LayerSpec, shape: Shape, place?: Place): number[] {
  if (slides(layer)) {
    const [h, w, c] = mapShape(shape, "a map");
    const channels = channelsAfter(layer, c);
    const { rows, columns } = walksOf(layer, [h, w]);
    return [rows.out, columns.out, channels];
  }
  switch (layer.kind) {
    case "transposedConv": {
      const [h, w, c] = mapShape(shape, "a map");
      checkGroups(layer.groups ?? 1, c, layer.filters);
      const { rows, columns } = spreadOf(layer, [h, w]);
      return [rows.out, columns.out, layer.filters];
    }
    case "upsample": {
      const [h, w, c] = mapShape(shape, "a map");
      const factor = factorOf(layer.factor);
      return [h * factor, w * factor, c];
    }
    case "dense":
      return [wholeNumber(layer.units, "The number of units", 1)];
    case "flatten":
      return [shape.reduce((product, size) => product * size, 1)];
    case "globalAvgPool":
    case "globalMaxPool":
      return [mapShape(shape, "a map")[2]];
    case "channelShuffle":
      checkDivides(layer.groups, mapShape(shape, "a map")[2], "input channels");
      return [...shape];
    case "dropout":
      if (!(layer.rate >= 0 && layer.rate < 1)) {
        throw new ArgumentError(
          `The rate is the share that is dropped, at least 0 and below 1; got ${layer.rate}.`,
        );
      }
      return [...shape];
    case "residual":
      return residualShape(layer, shape, place);
    case "batchNorm":
      checkNormalisation(layer);
      return [...shape];
    case "leakyRelu":
      if (!Number.isFinite(layer.slope ?? 0.01)) {
        throw new ArgumentError(`The slope is a finite number; got ${String(layer.slope)}.`);
      }
      return [...shape];
    case "relu":
    case "sigmoid":
    case "tanh":
    case "softmax":
    case "lrn":
      return [...shape];
    default:
      throw unknownKind(layer);
  }
}

function channelsAfter(layer: LayerSpec, channels: number): number {
  if (layer.kind === "conv") {
    wholeNumber(layer.filters, "The number of filters", 1);
    checkGroups(layer.groups ?? 1, channels, layer.filters);
    return layer.filters;
  }
  if (layer.kind !== "depthwise") return channels;
  return channels * wholeNumber(layer.multiplier ?? 1, "The multiplier", 1);
}

function checkGroups(groups: number, channels: number, filters: number): void {
  wholeNumber(filters, "The number of filters", 1);
  checkDivides(groups, channels, "input channels");
  checkDivides(groups, filters, "filters");
}

function checkDivides(groups: number, count: number, what: string): void {
  wholeNumber(groups, "The number of groups", 1);
  if (count % groups !== 0) {
    throw new ShapeError(
      `${count} ${what} can't be divided into ${groups} groups of the same size; take a divisor of ${count}.`,
    );
  }
}

function residualShape(layer: ResidualSpec, shape: Shape, place?: Place): number[] {
  const branch = (layers: readonly LayerSpec[], mark: string): Shape => {
    if (!Array.isArray(layers)) {
      throw new ArgumentError(
        "the layers of each branch come as a list, such as [conv(8, 3), relu()].",
      );
    }
    const prefix = place === undefined ? mark : `${place}.${mark}`;
    return shapesAlong(layers, shape, prefix).at(-1) ?? shape;
  };
  const main = branch(layer.layers, "");
  const shortcut = branch(layer.shortcut ?? [], "shortcut.");
  if (shapeText(main) !== shapeText(shortcut)) {
    const instead =
      layer.shortcut === undefined
        ? " Give it a shortcut of a 1×1 convolution with the same stride and filters."
        : "";
    throw new ShapeError(
      `the layers give ${shapeText(main)} and the shortcut ${shapeText(shortcut)}, and only equal shapes can be added.${instead}`,
    );
  }
  return [...main];
}

function checkShape(shape: Shape): void {
  if (
    (shape.length === 3 || shape.length === 1) &&
    shape.every((n) => Number.isInteger(n) && n > 0)
  ) {
    return;
  }
  if (shape.length === 4) {
    throw new ShapeError(
      `it takes the shape of one picture, H×W×C or one length; got ${shapeText(shape)}: leave out the batch, ${shape[0]}.`,
    );
  }
  throw new ShapeError(
    `it takes H×W×C or one length, whole numbers of at least 1; got ${shapeText(shape)}.`,
  );
}

function requireLayer(layer: LayerSpec, place?: Place): void {
  if (typeof layer === "object" && layer !== null && "kind" in layer) return;
  const at = place === undefined ? "A layer" : `Layer ${place}`;
  const came = layer as unknown;
  throw new ArgumentError(
    typeof came === "function"
      ? `${at} is a function: call it, as in relu().`
      : `${at} must be a description such as conv(8, 3) or { kind: "relu" }; got ${Array.isArray(came) ? "a list" : String(came)}.`,
  );
}

function unknownKind(layer: never): ArgumentError {
  const { kind } = layer as { kind?: unknown };
  return new ArgumentError(
    `There is no layer of kind ${cameText(kind)}; see LayerSpec for those that exist.`,
  );
}

const placedErrors = new WeakSet<Error>();

/** The same error with the layer, its place and its input before the reason; said once, by the innermost layer. */
function placed(error: unknown, layer: LayerSpec, shape: Shape, place?: Place): unknown {
  if (!(error instanceof ShapeError || error instanceof ArgumentError)) return error;
  if (placedErrors.has(error)) return error;
  const Kind = error instanceof ShapeError ? ShapeError : ArgumentError;
  const on = `${layerAt(layer, place)} on ${shapeText(shape)}`;
  // The operation of the same name says its name too.
  const reason = error.message.replace(`${layer.kind}: `, "");
  const named = new Kind(`${on}: ${lowerFirst(reason)}`);
  placedErrors.add(named);
  return named;
}

function lowerFirst(text: string): string {
  return text.replace(/^(The|There|Layers) /, (word) => word.toLowerCase());
}
