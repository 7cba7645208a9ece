/** A convolution written out as a matrix, and how often a transposed one covers each place. */

import { type FloatArray, fromData, rowMajor, shapeText, zeros } from "../array.js";
import { cameText } from "../came.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { type ConvOptions, planConvolution } from "./convolution-plan.js";
import { type AnyConvOptions, knownConvOptions } from "./convolution-settling.js";
import { wholeNumber } from "./geometry.js";
import { requireOptions } from "./known-options.js";

/** The largest matrix that is written out, in numbers: 28×28 pixels to 28×28 pixels with room to spare. */
const LIMIT = 2 ** 22;

/**
 * The matrix A of a convolution: with x and y as lists of numbers, row by row and channels last, y = A·x is
 * {@link conv2d}, and Aᵀ·y is {@link transposedConv2d}. Most of it is zeros, and each weight stands in it many times;
 * a fully connected layer would have a weight of its own at every place.
 *
 * @param kernel Kh×Kw×Cin×Cout, or Kh×Kw.
 * @param size `[H, W]` of the image.
 * @param options as for {@link conv2d}; a bias is no part of the matrix.
 * @returns (OH·OW·Cout)×(H·W·Cin).
 * @throws {ShapeError} when the kernel does not fit, or the matrix would hold more than 4,194,304 numbers.
 * @throws {ArgumentError} for an option out of range.
 * @example convolutionMatrix(array([[1, 2]]), [1, 4]) // → [[1, 2, 0, 0], [0, 1, 2, 0], [0, 0, 1, 2]]
 */
export function convolutionMatrix(
  kernel: FloatArray,
  size: readonly [height: number, width: number],
  options: Omit<ConvOptions, "bias"> = {},
): FloatArray {
  if (!Array.isArray(size) || size.length !== 2) {
    throw new ArgumentError(
      `convolutionMatrix: the image's size is [height, width]; got ${cameText(size)}.`,
    );
  }
  const [height, width] = size as readonly [number, number];
  wholeNumber(height, "convolutionMatrix: the height", 1);
  wholeNumber(width, "convolutionMatrix: the width", 1);
  requireOptions("convolutionMatrix", options as AnyConvOptions, knownConvOptions);
  const channels = (kernel?.shape?.[2] ?? 1) * (options.groups ?? 1);
  const image = kernel?.shape?.length === 2 ? [height, width] : [0, height, width, channels];
  const { bias: _, ...walk } = options as ConvOptions;
  const plan = planConvolution("convolutionMatrix", zeros(image), kernel, walk);
  const { H, W, C, Kh, Kw, M, OH, OW, rows, columns, groups, flip } = plan;
  const outputs = OH * OW * M;
  const inputs = H * W * C;
  if (outputs * inputs > LIMIT) {
    throw new ShapeError(
      `convolutionMatrix: the matrix would be ${shapeText([outputs, inputs])}, more than ${LIMIT} numbers. It is for looking at: take a smaller image or fewer channels.`,
    );
  }
  const k = rowMajor(kernel);
  const matrix = new Float32Array(outputs * inputs);
  for (let i = 0; i < OH; i++) {
    for (let j = 0; j < OW; j++) {
      for (let m = 0; m < M; m++) {
        const line = ((i * OW + j) * M + m) * inputs;
        const first = Math.floor((m * groups) / M) * (C / groups); // first input channel of m's group
        for (let u = 0; u < Kh; u++) {
          const row = rows.sources[i * rows.stride + u * rows.dilation]!;
          if (row < 0) continue;
          const ku = flip ? Kh - 1 - u : u;
          for (let v = 0; v < Kw; v++) {
            const column = columns.sources[j * columns.stride + v * columns.dilation]!;
            if (column < 0) continue;
            const kv = flip ? Kw - 1 - v : v;
            for (let c = 0; c < C / groups; c++) {
              // A mirrored pixel can be seen twice from one place: its weights add up.
              matrix[line + (row * W + column) * C + first + c]! +=
                k[((ku * Kw + kv) * (C / groups) + c) * M + m]!;
            }
          }
        }
      }
    }
  }
  return fromData(matrix, [outputs, inputs]);
}

/**
 * How many stamps of a transposed convolution cover each place of its result, along one axis (in 2-D it is the product
 * of two such lists). Where k is no multiple of the stride the counts go up and down, and the result shows a
 * checkerboard (Odena et al. 2016, "Deconvolution and checkerboard artifacts").
 *
 * @param n stamps: pixels of the input.
 * @param k entries of the kernel.
 * @param stride from one stamp to the next.
 * @returns stride·(n − 1) + k counts.
 * @throws {ArgumentError} when a number is not whole or below 1.
 * @throws {ShapeError} when there would be too many counts to look at.
 * @example overlapCounts(4, 3, 2) // → [1, 1, 2, 1, 2, 1, 2, 1, 1]
 * @example overlapCounts(4, 4, 2) // → [1, 1, 2, 2, 2, 2, 2, 2, 1, 1]
 */
export function overlapCounts(n: number, k: number, stride: number): FloatArray {
  wholeNumber(n, "overlapCounts: the number of stamps", 1);
  wholeNumber(k, "overlapCounts: the kernel size", 1);
  wholeNumber(stride, "overlapCounts: the stride", 1);
  const length = stride * (n - 1) + k;
  if (length > LIMIT || n * k > LIMIT) {
    throw new ShapeError(
      `overlapCounts: ${n} stamps of ${k} on ${length} places are more than ${LIMIT}. It is for looking at: take fewer.`,
    );
  }
  const counts = new Float32Array(length);
  for (let i = 0; i < n; i++) for (let u = 0; u < k; u++) counts[i * stride + u]!++;
  return fromData(counts, [counts.length]);
}
