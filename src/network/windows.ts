/** How a layer's window walks along each axis: the geometry that shapes, receptive fields and costs share. */
import { shapeText } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { effectiveKernel, type Walk, wholeNumber } from "../ops/geometry.js";
import { fourSides, perAxis, windowWalk } from "../ops/options.js";
import { hangingWalk } from "../ops/pooling-plan.js";
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
  if (pools(layer)) return poolWalks(layer, h!, w!);
  return windowWalk([h!, w!], perAxis(layer.kernel, "The kernel size", 1), {
    stride: layer.stride ?? 1,
    padding: layer.padding ?? "valid",
    dilation: layer.dilation ?? 1,
    evenSame: false,
  });
}

function poolWalks(layer: PoolSpec, h: number, w: number): Walks {
  const size = perAxis(layer.size, "The window size", 1);
  const { padding = "valid" } = layer;
  const over = (rows: number, columns: number): Walks =>
    windowWalk([rows, columns], size, {
      stride: layer.stride ?? size,
      padding,
      dilation: 1,
      evenSame: true,
    });
  // "same" leaves nothing over. A window that hangs over may be larger than the map, hence the larger one here.
  const hanging = layer.ceil === true && padding !== "same";
  const { rows, columns } = hanging ? over(Math.max(h, size[0]), Math.max(w, size[1])) : over(h, w);
  for (const { before, after, k } of [rows, columns]) {
    if (Math.max(before, after) >= k) {
      throw new ArgumentError(
        `The padding, ${Math.max(before, after)}, must be smaller than the window, ${k}: a window in the padding alone would hold no value.`,
      );
    }
  }
  if (!hanging) return { rows, columns };
  const up = { rows: hangingWalk(rows, h), columns: hangingWalk(columns, w) };
  return up.rows.out < 1 || up.columns.out < 1 ? over(h, w) : up;
}

/** One axis of a transposed convolution: input pixel i is laid at i·stride − before, …, + dilation·(k − 1). */
export interface SpreadWalk {
  readonly n: number;
  readonly k: number;
  readonly stride: number;
  readonly dilation: number;
  /** Rows cut off at the start of the full output. */
  readonly before: number;
  /** (n − 1)·stride + dilation·(k − 1) + 1 − before − after + output padding. */
  readonly out: number;
}

/** Both axes of a transposed convolution. */
export interface SpreadWalks {
  readonly rows: SpreadWalk;
  readonly columns: SpreadWalk;
}

/**
 * How a transposed convolution spreads a map of H×W: (n − 1)·s + d(k − 1) + 1 − padding + output padding places an
 * axis, or n·s with `"same"`.
 *
 * @throws {ShapeError} when the padding cuts everything off.
 * @throws {ArgumentError} when an option is out of range.
 */
export function spreadOf(layer: TransposedConvSpec, [h, w]: readonly number[]): SpreadWalks {
  const k = perAxis(layer.kernel, "The kernel size", 1);
  const stride = perAxis(layer.stride ?? 1, "The stride", 1);
  const dilation = perAxis(layer.dilation ?? 1, "The dilation", 1);
  const extra = perAxis(layer.outputPadding ?? 0, "The output padding", 0);
  const { padding = "valid" } = layer;
  const named = padding === "valid" || padding === "same" || padding === "full";
  const sides = named ? undefined : fourSides(padding);
  const axis = (at: 0 | 1, n: number, before = 0, after = 0): SpreadWalk => {
    const [s, d, more] = [stride[at], dilation[at], extra[at]];
    if (more >= s || (padding === "same" && more > 0)) {
      throw new ArgumentError(
        `The output padding, ${more}, must be smaller than the stride, ${s}, and 0 with "same": it only says which of ${s} output sizes is meant.`,
      );
    }
    const span = effectiveKernel(k[at], d);
    const full = (n - 1) * s + span;
    const cut = padding === "full" ? span - 1 : 0;
    if (padding === "same") {
      // The transpose of TensorFlow's `same`: what is cut is split evenly, the odd one behind.
      const first = Math.floor(Math.max(0, span - s) / 2);
      return { n, k: k[at], stride: s, dilation: d, before: first, out: n * s };
    }
    const out = full - before - after - 2 * cut + more;
    if (out < 1) {
      throw new ShapeError(
        `The padding cuts off ${full - out + more} of the ${full} ${at === 0 ? "rows" : "columns"} that the transposed convolution lays down, so that nothing is left.`,
      );
    }
    return { n, k: k[at], stride: s, dilation: d, before: before + cut, out };
  };
  return {
    rows: axis(0, h!, sides?.top, sides?.bottom),
    columns: axis(1, w!, sides?.left, sides?.right),
  };
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
