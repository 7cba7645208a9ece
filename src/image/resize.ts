import { type FloatArray, fromData, rowMajor, shapeText } from "../array.js";
import { cameText } from "../came.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { type Known, requireOptions } from "../ops/known-options.js";
import { checkMaps } from "./maps.js";
import { MAX_PIXELS } from "./picture.js";
import { type AxisWeights, axisWeights, type ResizeMethod } from "./resize-weights.js";

/** The largest result, in numbers: as many as the largest colour picture has, of maps of any depth. */
const MAX_NUMBERS = 3 * MAX_PIXELS;

/** The size to scale to. With one side given the other follows, so that nothing is stretched. */
export interface ResizeOptions {
  /** Rows of the result. */
  readonly height?: number;
  /** Columns of the result. */
  readonly width?: number;
  /**
   * "area" averages the pixels that a new pixel covers, each by the part that is covered (best for shrinking; as
   * OpenCV; PyTorch and Pillow count whole pixels, the same where the old side is a multiple of the new), "bilinear"
   * blends the four nearest (best for enlarging), "bicubic" the sixteen nearest (sharper, and may leave 0 to 1 a
   * little), "nearest" repeats or drops pixels. When left out: "area" to shrink, "bilinear" to enlarge.
   */
  readonly method?: ResizeMethod;
  /**
   * For "bilinear" and "bicubic": widens the blend when shrinking, so that no pixel is skipped and fine patterns do
   * not turn into false coarse ones. Then as Pillow and torchvision do; without (the default) as PyTorch and OpenCV.
   */
  readonly antialias?: boolean;
}

const known: Known<ResizeOptions> = { height: true, width: true, method: true, antialias: true };

/**
 * Scales a picture to another size. Pixels are squares whose centres lie at ½, 1½, …, so that what is scaled up and
 * down again stays in its place (PyTorch's `align_corners=False`; its `nearest-exact` for "nearest").
 *
 * @param picture H×W or H×W×C
 * @returns the same number of axes and channels
 * @throws {ShapeError} when the array is neither H×W nor H×W×C, or has no pixel.
 * @throws {ArgumentError} when a side is not a whole number of at least 1, the result is too large, the method is
 * unknown, or `antialias` is asked of "area" (which needs none) or "nearest" (which blends nothing).
 * @example
 * toNested(image.resize(array([[0, 4, 8, 8]]), { height: 1, width: 2 })) // → [[2, 8]]
 * image.resize(image.photo("cat"), { width: 128 }).shape // → [85, 128, 3]
 */
export function resize(picture: FloatArray, options: ResizeOptions): FloatArray {
  const [rows, columns, channels] = checkMaps("image.resize", picture);
  if (rows * columns * channels === 0) {
    throw new ShapeError(`An empty array (${shapeText(picture.shape)}) cannot be scaled.`);
  }
  const { height, width } = targetSize([rows, columns, channels], options);
  const shrinks = height <= rows && width <= columns;
  const method = options.method ?? (shrinks ? "area" : "bilinear");
  const vertical = axisWeights(rows, height, method, options.antialias);
  const horizontal = axisWeights(columns, width, method, options.antialias);
  const from = rowMajor(picture);
  const between = new Float32Array(height * columns * channels);
  mix(from, between, vertical, 1, columns * channels);
  const data = new Float32Array(height * width * channels);
  mix(between, data, horizontal, height, channels);
  return fromData(data, [height, width, ...picture.shape.slice(2)]);
}

function targetSize(
  [rows, columns, channels]: readonly [number, number, number],
  options: ResizeOptions,
): { height: number; width: number } {
  if (typeof options === "object" && options !== null) {
    requireOptions("resize", options, known);
  }
  const given = options?.height ?? options?.width;
  if (given === undefined) {
    throw new ArgumentError(
      "resize needs a height, a width or both: image.resize(photo, { width: 128 }).",
    );
  }
  const height = options.height ?? Math.max(1, Math.round((rows * given) / columns));
  const width = options.width ?? Math.max(1, Math.round((columns * given) / rows));
  for (const side of [height, width]) {
    if (!Number.isInteger(side) || side < 1) {
      throw new ArgumentError(
        `A picture's side is a whole number, at least 1; got ${cameText(side)}.`,
      );
    }
  }
  if (height * width > MAX_PIXELS) {
    throw new ArgumentError(
      `${height}×${width} is more than the ${MAX_PIXELS / 1e6} million pixels that a picture may have here.`,
    );
  }
  if (height * width * channels > MAX_NUMBERS) {
    throw new ArgumentError(
      `${height}×${width} with ${channels} channels is more than the ${MAX_NUMBERS / 1e6} million numbers that an array may hold here.`,
    );
  }
  return { height, width };
}

/** Weighted sums along one axis of `outer` blocks, whose entries are `inner` numbers each. */
function mix(
  from: Float32Array,
  to: Float32Array,
  axis: AxisWeights,
  outer: number,
  inner: number,
): void {
  const oldLength = from.length / (outer * inner);
  for (let block = 0; block < outer; block++) {
    axis.forEach(({ first, weights }, position) => {
      const target = (block * axis.length + position) * inner;
      for (let k = 0; k < inner; k++) {
        let total = 0;
        for (let j = 0; j < weights.length; j++) {
          total += weights[j]! * from[(block * oldLength + first + j) * inner + k]!;
        }
        to[target + k] = total;
      }
    });
  }
}
