/** How a layer's window walks along each axis: the geometry that shapes, receptive fields and costs share. */
import { shapeText } from "../array.js";
import { ShapeError } from "../errors.js";
import { type Walk, wholeNumber } from "../ops/geometry.js";
import { perAxis, windowWalk } from "../ops/options.js";
import { poolingWalks } from "../ops/pooling-plan.js";
import { IMAGE } from "../ops/space.js";
import { type Stamps, settleStamps } from "../ops/transposed-settling.js";
import type { ConvSpec, DepthwiseSpec, LayerSpec, PoolSpec, TransposedConvSpec } from "./layers.js";

/** Layers whose unit reads a small window of its input. */
export type WindowSpec = ConvSpec | DepthwiseSpec | PoolSpec;

/** A walk along each axis. */
export interface Walks {
  readonly rows: Walk;
  readonly columns: Walk;
}

/** Whether the layer slides a window forward (convolutions and poolings, not the transposed convolution). */
export function slides(layer: LayerSpec): layer is WindowSpec {
  return ["conv", "depthwise", "maxPool", "avgPool"].includes(layer.kind);
}

function pools(layer: WindowSpec): layer is PoolSpec {
  return layer.kind === "maxPool" || layer.kind === "avgPool";
}

/**
 * How the window of a convolution or a pooling walks over a map of H×W.
 *
 * @throws {ShapeError} when it does not fit.
 * @throws {ArgumentError} when an option is out of range.
 */
export function walksOf(layer: WindowSpec, [h, w]: readonly number[]): Walks {
  if (pools(layer)) return poolingWalks(layer.kind, [h!, w!], layer);
  return windowWalk([h!, w!], perAxis(layer.kernel, "The kernel size", 1), {
    stride: layer.stride ?? 1,
    padding: layer.padding ?? "valid",
    dilation: layer.dilation ?? 1,
    evenSame: false,
  });
}

/** Both axes of a transposed convolution. */
export interface SpreadWalks {
  readonly rows: Stamps;
  readonly columns: Stamps;
}

/**
 * How a transposed convolution spreads a map of H×W: (n − 1)·s + d(k − 1) + 1 − padding + output padding places an
 * axis, or n·s with `"same"`.
 *
 * @throws {ShapeError} when the padding cuts everything off.
 * @throws {ArgumentError} when an option is out of range.
 */
export function spreadOf(layer: TransposedConvSpec, sizes: readonly number[]): SpreadWalks {
  const kernel = perAxis(layer.kernel, "The kernel size", 1);
  const [rows, columns] = settleStamps(IMAGE, layer.kind, sizes, kernel, layer);
  return { rows: rows!, columns: columns! };
}

/**
 * H, W and C of a map.
 *
 * @throws {ShapeError} when the shape is no H×W×C.
 */
export function mapShape(shape: readonly number[], needs: string): [number, number, number] {
  if (shape.length === 3) return [shape[0]!, shape[1]!, shape[2]!];
  const vector =
    shape.length === 1
      ? "a vector has no rows and columns left: put it before flatten, dense and global pooling"
      : "write a grey image as H×W×1";
  throw new ShapeError(`it needs ${needs} of H×W×C, and got ${shapeText(shape)}; ${vector}.`);
}

/**
 * The factor of a {@link import("./layers.js").UpsampleSpec}, checked.
 *
 * @throws {ArgumentError} when it is not a whole number of at least 1.
 */
export function factorOf(factor: number): number {
  return wholeNumber(factor, "The factor", 1);
}
