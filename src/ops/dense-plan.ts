/** What a fully connected layer is about to do: every size settled and every mistake refused first. */

import { type FloatArray, fromData, rowMajor, shapeText } from "../array.js";
import { requireRoom } from "../array-size.js";
import { cameText } from "../came.js";
import { ShapeError } from "../errors.js";
import type { ConvOptions } from "./convolution-plan.js";
import { wholeNumber } from "./geometry.js";
import { type Known, requireOptions } from "./known-options.js";
import { imageLayout, requireArray } from "./layout.js";
import { type PerChannel, perChannel } from "./per-channel.js";

/** Options of {@link fullyConnected}. */
export interface DenseOptions {
  /** Added to every output: one number, or one for each unit (default 0). */
  readonly bias?: PerChannel;
}

const known: Known<DenseOptions> = { bias: true };

/** A fully connected layer with every number settled. */
export interface DensePlan {
  readonly N: number;
  /** Numbers that go in, and that come out. */
  readonly inputs: number;
  readonly units: number;
  readonly bias: Float32Array;
  readonly shape: number[];
}

/**
 * Settles a fully connected layer.
 *
 * @throws {ShapeError} when input and weights do not go together.
 * @throws {ArgumentError} when the bias is no list of numbers.
 */
export function planDense(
  operation: string,
  x: FloatArray,
  weights: FloatArray,
  options: DenseOptions = {},
): DensePlan {
  requireOptions(operation, options, known);
  const { bias = 0 } = options;
  requireArray(x, operation, "input");
  requireArray(weights, operation, "weights");
  const rank = x.shape.length;
  if (rank !== 1 && rank !== 2) {
    const cure = rank > 2 ? " Make a list of an image with flatten(x) first." : "";
    throw new ShapeError(
      `${operation}: the input is a list of numbers or a batch of them, N×inputs; got ${shapeText(x.shape)}.${cure}`,
    );
  }
  const { inputs, units } = sizesOf(operation, weights);
  const came = x.shape[rank - 1]!;
  if (came !== inputs) {
    const cure =
      came === units
        ? " The weights look like units×inputs: turn them with weights.transpose(1, 0)."
        : "";
    throw new ShapeError(
      `${operation}: the input ${shapeText(x.shape)} has ${came} numbers, but the weights ${shapeText(weights.shape)} read ${inputs} (their first axis). The two must be equal.${cure}`,
    );
  }
  const N = rank === 2 ? x.shape[0]! : 1;
  return {
    N,
    inputs,
    units,
    bias: perChannel(operation, "bias", bias, units, "unit"),
    shape: rank === 2 ? [N, units] : [units],
  };
}

function sizesOf(operation: string, weights: FloatArray): { inputs: number; units: number } {
  const [inputs = 0, units = 0] = weights.shape;
  if (weights.shape.length !== 2 || inputs === 0 || units === 0) {
    throw new ShapeError(
      `${operation}: the weights are inputs×units, at least 1×1; got ${shapeText(weights.shape)}.`,
    );
  }
  return { inputs, units };
}

/**
 * Lays an image out as one list, row by row, the channels of a pixel side by side: (i, j, c) goes to (i·W + j)·C + c.
 *
 * @param x H×W or H×W×C gives one list, N×H×W×C one for each picture.
 * @returns H·W·C numbers, or N×(H·W·C); a copy.
 * @throws {ShapeError} when the input is no image.
 * @example flatten(array([[1, 2], [3, 4]])) // → [1, 2, 3, 4]
 */
export function flatten(x: FloatArray): FloatArray {
  const { rank, N, H, W, C } = imageLayout(x, "flatten");
  return fromData(rowMajor(x).slice(), rank === 4 ? [N, H * W * C] : [H * W * C]);
}

/** Height, width and channels of an image. */
export type ImageSize = readonly [height: number, width: number, channels: number];

/** The size of an image, when it is one. */
function requireSize(operation: string, size: ImageSize): [number, number, number] {
  if (!Array.isArray(size) || size.length !== 3) {
    throw new ShapeError(
      `${operation}: the image's size is [height, width, channels], such as [7, 7, 512]; got ${cameText(size)}.`,
    );
  }
  for (const one of size as number[]) {
    wholeNumber(one, `${operation}: a size of the image`, 1);
  }
  return [size[0], size[1], size[2]];
}

/**
 * A fully connected layer over an image as a convolution: its kernel is as large as the image, so it fits once and
 * every weight keeps its pixel. `conv2d(x, kernel, { bias })` then gives on an H×W×C image what
 * `fullyConnected(flatten(x), weights, { bias })` gives, as 1×1×units, and slides over a larger one (Sermanet et al.
 * 2014, OverFeat; Simonyan & Zisserman 2015, section 3.2).
 *
 * @param weights (H·W·C)×units, in the order of {@link flatten}.
 * @param size [H, W, C] of the image that the weights are for.
 * @returns the kernel, H×W×C×units; a copy of the weights under another shape.
 * @throws {ShapeError} when the weights are not (H·W·C)×units.
 * @throws {ArgumentError} when a size is not a whole number above 0.
 * @example fullyConnectedAsConvolution(zeros([18, 10]), [3, 3, 2]).shape // → [3, 3, 2, 10]
 */
export function fullyConnectedAsConvolution(weights: FloatArray, size: ImageSize): FloatArray {
  const operation = "fullyConnectedAsConvolution";
  requireArray(weights, operation, "weights");
  const { inputs, units } = sizesOf(operation, weights);
  const [H, W, C] = requireSize(operation, size);
  if (H * W * C !== inputs) {
    throw new ShapeError(
      `${operation}: an image of ${shapeText(size)} has ${H * W * C} numbers, but the weights ${shapeText(weights.shape)} read ${inputs} (their first axis). The two must be equal.`,
    );
  }
  return fromData(rowMajor(weights).slice(), [H, W, C, units]);
}

/** A convolution written as a fully connected layer. */
export interface DenseWeights {
  /** (H·W·C)×(OH·OW·Cout). */
  readonly weights: FloatArray;
  /** OH·OW·Cout: the bias of each output channel, at every place. */
  readonly bias: FloatArray;
}

/** Numbers in the largest matrix that {@link matrixOf} makes: a gigabyte. */
const MOST = 2 ** 28;
/** Pictures that go through the convolution at once. */
const CHUNK = 256;

/** The matrix of a convolution: what it answers to each picture of a single 1, and to the picture of zeros. */
export function matrixOf(
  conv2d: (x: FloatArray, kernel: FloatArray, options: ConvOptions) => FloatArray,
  kernel: FloatArray,
  size: ImageSize,
  options: ConvOptions,
): DenseWeights {
  const operation = "convolutionAsFullyConnected";
  const image = requireSize(operation, size);
  requireRoom(image, `${operation}: an image of ${shapeText(image)}`);
  const inputs = image[0] * image[1] * image[2];
  const zero = fromData(new Float32Array(inputs), image);
  const bias = rowMajor(conv2d(zero, kernel, options));
  const outputs = bias.length;
  if (inputs * outputs > MOST) {
    throw new ShapeError(
      `${operation}: the weights would be ${inputs}×${outputs}, more than ${MOST} numbers. Take a smaller image: that is why convolutions share their weights.`,
    );
  }
  const weights = new Float32Array(inputs * outputs);
  for (let first = 0; first < inputs; first += CHUNK) {
    const count = Math.min(CHUNK, inputs - first);
    const ones = new Float32Array(count * inputs);
    for (let i = 0; i < count; i++) ones[i * inputs + first + i] = 1;
    const answers = conv2d(fromData(ones, [count, ...image]), kernel, { ...options, bias: 0 });
    weights.set(rowMajor(answers), first * outputs);
  }
  return {
    weights: fromData(weights, [inputs, outputs]),
    bias: fromData(bias, [outputs]),
  };
}
