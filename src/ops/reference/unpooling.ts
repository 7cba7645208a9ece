/** Unpooling as loops that read like the definition. */
import { type FloatArray, fromData, rowMajor } from "../../array.js";
import { requireOutputGradient } from "../gradient-arguments.js";
import type { PerAxis } from "../options.js";
import { planUnpooling } from "../unpooling-plan.js";

/**
 * Puts each value into the upper left corner of a block of zeros ("bed of nails"): y[i·fy, j·fx] = x[i, j].
 * It is {@link zeroInsertion} with the last zeros kept.
 *
 * @param x H×W, H×W×C or N×H×W×C.
 * @param factor rows and columns of a block: a number, or `[down, across]`.
 * @returns the same rank, (H·fy)×(W·fx).
 * @throws {ShapeError} when the input is no image.
 * @throws {ArgumentError} when the factor is not a whole number of at least 1.
 * @example unpoolBedOfNails(array([[1, 2]]), 2) // → [[1, 0, 2, 0], [0, 0, 0, 0]]
 */
export function unpoolBedOfNails(x: FloatArray, factor: PerAxis): FloatArray {
  const { N, H, W, C, fy, fx, OH, OW, shape } = planUnpooling("unpoolBedOfNails", x, factor);
  const values = rowMajor(x);
  const y = new Float32Array(N * OH * OW * C);
  for (let n = 0; n < N; n++) {
    for (let i = 0; i < H; i++) {
      for (let j = 0; j < W; j++) {
        for (let c = 0; c < C; c++) {
          y[((n * OH + i * fy) * OW + j * fx) * C + c] = values[((n * H + i) * W + j) * C + c]!;
        }
      }
    }
  }
  return fromData(y, shape);
}

/**
 * The gradient of {@link unpoolBedOfNails}: each value takes it from its own corner, the zeros pass nothing on.
 *
 * @param outputGradient ∂L/∂y, of the result's shape.
 * @returns ∂L/∂x.
 * @throws {ShapeError} and {ArgumentError} as {@link unpoolBedOfNails}.
 * @example
 * unpoolBedOfNailsGradient(zeros([1, 1]), 2, array([[1, 2], [3, 4]])) // → [[1]]
 */
export function unpoolBedOfNailsGradient(
  x: FloatArray,
  factor: PerAxis,
  outputGradient: FloatArray,
): FloatArray {
  const plan = planUnpooling("unpoolBedOfNailsGradient", x, factor);
  requireOutputGradient("unpoolBedOfNailsGradient", outputGradient, plan.shape);
  const { N, H, W, C, fy, fx, OH, OW } = plan;
  const gy = rowMajor(outputGradient);
  const gx = new Float32Array(N * H * W * C);
  for (let n = 0; n < N; n++) {
    for (let i = 0; i < H; i++) {
      for (let j = 0; j < W; j++) {
        for (let c = 0; c < C; c++) {
          gx[((n * H + i) * W + j) * C + c] = gy[((n * OH + i * fy) * OW + j * fx) * C + c]!;
        }
      }
    }
  }
  return fromData(gx, x.shape);
}

/**
 * Repeats each value over a whole block (nearest neighbour): y[i, j] = x[⌊i / fy⌋, ⌊j / fx⌋].
 *
 * @param x H×W, H×W×C or N×H×W×C.
 * @param factor rows and columns of a block: a number, or `[down, across]`.
 * @returns the same rank, (H·fy)×(W·fx).
 * @throws {ShapeError} when the input is no image.
 * @throws {ArgumentError} when the factor is not a whole number of at least 1.
 * @example unpoolNearest(array([[1, 2]]), 2) // → [[1, 1, 2, 2], [1, 1, 2, 2]]
 */
export function unpoolNearest(x: FloatArray, factor: PerAxis): FloatArray {
  const { N, H, W, C, fy, fx, OH, OW, shape } = planUnpooling("unpoolNearest", x, factor);
  const values = rowMajor(x);
  const y = new Float32Array(N * OH * OW * C);
  for (let n = 0; n < N; n++) {
    for (let i = 0; i < OH; i++) {
      const row = Math.floor(i / fy);
      for (let j = 0; j < OW; j++) {
        const column = Math.floor(j / fx);
        for (let c = 0; c < C; c++) {
          y[((n * OH + i) * OW + j) * C + c] = values[((n * H + row) * W + column) * C + c]!;
        }
      }
    }
  }
  return fromData(y, shape);
}

/**
 * The gradient of {@link unpoolNearest}: a value stands in all places of its block, so it takes the sum over the block.
 *
 * @param outputGradient ∂L/∂y, of the result's shape.
 * @returns ∂L/∂x.
 * @throws {ShapeError} and {ArgumentError} as {@link unpoolNearest}.
 * @example
 * unpoolNearestGradient(zeros([1, 1]), 2, array([[1, 2], [3, 4]])) // → [[10]]
 */
export function unpoolNearestGradient(
  x: FloatArray,
  factor: PerAxis,
  outputGradient: FloatArray,
): FloatArray {
  const plan = planUnpooling("unpoolNearestGradient", x, factor);
  requireOutputGradient("unpoolNearestGradient", outputGradient, plan.shape);
  const { N, H, W, C, fy, fx, OH, OW } = plan;
  const gy = rowMajor(outputGradient);
  const gx = new Float64Array(N * H * W * C);
  for (let n = 0; n < N; n++) {
    for (let i = 0; i < OH; i++) {
      const row = Math.floor(i / fy);
      for (let j = 0; j < OW; j++) {
        const column = Math.floor(j / fx);
        for (let c = 0; c < C; c++) {
          gx[((n * H + row) * W + column) * C + c]! += gy[((n * OH + i) * OW + j) * C + c]!;
        }
      }
    }
  }
  return fromData(Float32Array.from(gx), x.shape);
}
