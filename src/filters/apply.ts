/** Filters laid on pictures. */

import { type FloatArray, fromData, fromFunction, rowMajor, shapeText } from "../array.js";
import { refuseChannelsFirstPicture } from "../channels-first.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { planDepthwise } from "../ops/depthwise-plan.js";
import { depthwiseConv2d, type PadMode, spatiallySeparableConv2d } from "../ops/index.js";
import { requireOptions } from "../ops/known-options.js";
import { requireArray } from "../ops/layout.js";

/** How a filter is laid on a picture. */
export interface FilterOptions {
  /** "same" (default) keeps the picture's size; "valid" filters only where the whole kernel lies inside. */
  readonly padding?: "same" | "valid";
  /**
   * What "same" puts around the picture: "replicate" (default) repeats the edge pixels and "reflect" mirrors them, so
   * that no edge appears that was never there; "circular" goes on with the opposite side; "zero" surrounds it with black.
   */
  readonly border?: PadMode;
}

/**
 * Filters a picture: lays the kernel on every pixel and adds up the products (cross-correlation). A colour picture is
 * filtered channel by channel. The result may leave 0..1: an edge filter gives both signs. A large kernel that is a
 * column times a row, such as a Gaussian, is laid on as such, which is sooner.
 *
 * @param picture H×W or H×W×C
 * @param kernel Kh×Kw, as `filters` makes
 * @returns the picture's shape with "same"; smaller by the kernel's side less one with "valid"
 * @throws {ShapeError} when picture or kernel has another shape, the picture its channels first, or the kernel does not
 *   fit in.
 * @throws {ArgumentError} for an even kernel with "same", which has no middle pixel.
 * @example applyFilter(array([[0, 0, 1, 1]]), filters.fromMatrix([[-1, 0, 1]])) // → [[0, 1, 1, 0]]
 */
export function applyFilter(
  picture: FloatArray,
  kernel: FloatArray,
  options: FilterOptions = {},
): FloatArray {
  requireOptions("applyFilter", options, { padding: true, border: true });
  const { padding = "same", border = "replicate" } = options;
  requireArray(picture, "applyFilter", "picture");
  requireArray(kernel, "applyFilter", "kernel");
  if (kernel.shape.length !== 2) {
    throw new ShapeError(
      `applyFilter takes one kernel of Kh×Kw; got ${shapeText(kernel.shape)}. For kernels that mix channels use conv2d.`,
    );
  }
  if (padding !== "same" && padding !== "valid") {
    throw new ArgumentError(`applyFilter: padding is "same" or "valid"; got "${padding}".`);
  }
  const rank = picture.shape.length;
  if (rank !== 2 && rank !== 3) {
    throw new ShapeError(`A picture is H×W or H×W×C; got ${shapeText(picture.shape)}.`);
  }
  refuseChannelsFirstPicture("applyFilter", picture.shape);
  if (padding === "same" && kernel.shape.some((side) => side % 2 === 0)) {
    throw new ArgumentError(
      `applyFilter: "same" lays the kernel's middle on each pixel, and a kernel of ${shapeText(kernel.shape)} has none. Take odd sides, or { padding: "valid" }.`,
    );
  }
  const walk = { padding, paddingMode: border };
  const channels = picture.shape[2];
  const forEach =
    channels === undefined
      ? kernel
      : fromFunction([...kernel.shape, channels, 1], (u, v) => kernel.get(u!, v!));
  planDepthwise("applyFilter", picture, forEach, walk); // says what does not go together
  const factors = kernel.size > LARGE ? crossOf(kernel) : undefined;
  return factors === undefined
    ? depthwiseConv2d(picture, forEach, walk)
    : spatiallySeparableConv2d(picture, factors.column, factors.row, walk);
}

/** Kernels with more numbers are tried as a column and a row. */
const LARGE = 49;

/**
 * A column and a row of the kernel whose product is the whole of it, to a millionth of its largest number, if there
 * are any: those that cross in that number. (`separate` finds the nearest ones for any kernel, but takes longer.)
 */
function crossOf(kernel: FloatArray): { column: FloatArray; row: FloatArray } | undefined {
  const k = rowMajor(kernel);
  const [Kh, Kw] = kernel.shape as [number, number];
  let largest = 0;
  for (let i = 1; i < k.length; i++) if (Math.abs(k[i]!) > Math.abs(k[largest]!)) largest = i;
  const middle = k[largest]!;
  if (middle === 0) return undefined;
  const row = k.slice(largest - (largest % Kw), largest - (largest % Kw) + Kw);
  const column = Float32Array.from({ length: Kh }, (_, u) => k[u * Kw + (largest % Kw)]! / middle);
  const most = 1e-6 * Math.abs(middle);
  for (let u = 0; u < Kh; u++) {
    for (let v = 0; v < Kw; v++) {
      if (!(Math.abs(k[u * Kw + v]! - column[u]! * row[v]!) <= most)) return undefined;
    }
  }
  return { column: fromData(column, [Kh]), row: fromData(row, [Kw]) };
}
