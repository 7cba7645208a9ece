import { type FloatArray, fromData, rowMajor, shapeText } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { channel } from "../image/colour.js";
import { conv2d, pad, samePadding } from "../ops/index.js";

/** How a filter is laid on a picture. */
export interface FilterOptions {
  /** "same" (default) keeps the picture's size; "valid" filters only where the whole kernel lies inside. */
  readonly padding?: "same" | "valid";
  /**
   * What "same" puts around the picture: "replicate" (default) repeats the edge pixels and "reflect" mirrors them, so
   * that no edge appears that was never there; "zero" surrounds it with black.
   */
  readonly border?: "replicate" | "reflect" | "zero";
}

/**
 * Filters a picture: lays the kernel on every pixel and adds up the products (cross-correlation). A colour picture is
 * filtered channel by channel. The result may leave 0..1: an edge filter gives both signs.
 *
 * @param picture H×W or H×W×C
 * @param kernel Kh×Kw, as `filters` makes
 * @returns the picture's shape with "same"; smaller by the kernel's side less one with "valid"
 * @throws {ShapeError} when picture or kernel has another shape, or the kernel does not fit in.
 * @throws {ArgumentError} for an even kernel with "same", which has no middle pixel.
 */
export function applyFilter(
  picture: FloatArray,
  kernel: FloatArray,
  options: FilterOptions = {},
): FloatArray {
  const { padding = "same", border = "replicate" } = options;
  if (kernel?.shape?.length !== 2) {
    throw new ShapeError(
      `applyFilter takes one kernel of Kh×Kw; got ${kernel?.shape ? shapeText(kernel.shape) : String(kernel)}. For kernels that mix channels use conv2d.`,
    );
  }
  if (padding !== "same" && padding !== "valid") {
    throw new ArgumentError(`applyFilter: padding is "same" or "valid"; got "${padding}".`);
  }
  if (picture.shape.length === 2) return filterGrey(picture, kernel, padding, border);
  if (picture.shape.length !== 3) {
    throw new ShapeError(`A picture is H×W or H×W×C; got ${shapeText(picture.shape)}.`);
  }
  const channels = picture.shape[2]!;
  const filtered = Array.from({ length: channels }, (_, i) =>
    filterGrey(channel(picture, i), kernel, padding, border),
  );
  const [height = 0, width = 0] = filtered[0]?.shape ?? [];
  const data = new Float32Array(height * width * channels);
  filtered.forEach((map, c) => {
    const values = rowMajor(map);
    for (let i = 0; i < values.length; i++) data[i * channels + c] = values[i]!;
  });
  return fromData(data, [height, width, channels]);
}

function filterGrey(
  picture: FloatArray,
  kernel: FloatArray,
  padding: "same" | "valid",
  border: "replicate" | "reflect" | "zero",
): FloatArray {
  const [kh = 0, kw = 0] = kernel.shape;
  // An even kernel goes to conv2d as it is, which knows how to explain that it has no middle.
  if (padding === "valid" || border === "zero" || kh % 2 === 0 || kw % 2 === 0) {
    return conv2d(picture, kernel, { padding });
  }
  const vertical = samePadding(kh);
  const horizontal = samePadding(kw);
  const sides = {
    top: vertical.before,
    bottom: vertical.after,
    left: horizontal.before,
    right: horizontal.after,
  };
  return conv2d(pad(picture, sides, border), kernel);
}
