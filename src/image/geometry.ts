import { type FloatArray, fromData, rowMajor, shapeText } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { MAX_PIXELS } from "./picture.js";

/** A rectangle of pixels: its first row and column, and how many rows and columns it has. */
export interface Rectangle {
  readonly top: number;
  readonly left: number;
  readonly height: number;
  readonly width: number;
}

/** The size to scale to. With one side given the other follows, so that nothing is stretched. */
export interface ResizeOptions {
  /** Rows of the result. */
  readonly height?: number;
  /** Columns of the result. */
  readonly width?: number;
  /**
   * "area" averages the pixels that a new pixel covers (best for shrinking), "bilinear" blends the four nearest
   * (best for enlarging), "nearest" repeats or drops pixels. When left out: "area" to shrink, "bilinear" to enlarge.
   */
  readonly method?: "area" | "bilinear" | "nearest";
}

function checkMaps(picture: FloatArray): [number, number, number] {
  const [height = 0, width = 0, channels = 1] = picture.shape;
  if (picture.shape.length !== 2 && picture.shape.length !== 3) {
    throw new ShapeError(
      `A picture or a stack of maps is H×W or H×W×C; got ${shapeText(picture.shape)}.`,
    );
  }
  return [height, width, channels];
}

/**
 * Cuts a rectangle out of a picture.
 *
 * @param picture H×W or H×W×C
 * @returns the rectangle, a copy with the same number of axes
 * @throws {ShapeError} when the array is neither H×W nor H×W×C.
 * @throws {ArgumentError} when the rectangle does not lie inside it.
 */
export function crop(picture: FloatArray, rectangle: Rectangle): FloatArray {
  const [rows, columns, channels] = checkMaps(picture);
  const { top, left, height, width } = rectangle;
  const whole = [top, left, height, width].every(Number.isInteger);
  if (!whole || top < 0 || left < 0 || height < 1 || width < 1) {
    throw new ArgumentError(
      `A crop needs whole numbers: top and left 0 or more, height and width 1 or more; got top ${top}, left ${left}, height ${height}, width ${width}.`,
    );
  }
  if (top + height > rows || left + width > columns) {
    throw new ArgumentError(
      `The rows ${top} to ${top + height - 1} and columns ${left} to ${left + width - 1} do not lie inside a picture of ${rows}×${columns}.`,
    );
  }
  const from = rowMajor(picture);
  const data = new Float32Array(height * width * channels);
  for (let y = 0; y < height; y++) {
    const start = ((top + y) * columns + left) * channels;
    data.set(from.subarray(start, start + width * channels), y * width * channels);
  }
  return fromData(data, [height, width, ...picture.shape.slice(2)]);
}

/**
 * Scales a picture to another size: `resize(photo, { width: 128 })`.
 *
 * @param picture H×W or H×W×C
 * @returns the same number of axes and channels
 * @throws {ShapeError} when the array is neither H×W nor H×W×C, or has no pixel.
 * @throws {ArgumentError} when a side is not a whole number of at least 1, or the result is too large.
 */
export function resize(picture: FloatArray, options: ResizeOptions): FloatArray {
  const [rows, columns, channels] = checkMaps(picture);
  if (rows * columns * channels === 0) {
    throw new ShapeError(`An empty array (${shapeText(picture.shape)}) cannot be scaled.`);
  }
  const { height, width } = targetSize(rows, columns, options);
  const shrinks = height <= rows && width <= columns;
  const method = options.method ?? (shrinks ? "area" : "bilinear");
  const weigh = WEIGHTS[method];
  if (!weigh) {
    throw new ArgumentError(
      `resize knows the methods "area", "bilinear" and "nearest"; got "${method}".`,
    );
  }
  const vertical = weigh(rows, height);
  const horizontal = weigh(columns, width);
  const from = rowMajor(picture);
  const between = new Float32Array(height * columns * channels);
  mix(from, between, vertical, 1, columns * channels);
  const data = new Float32Array(height * width * channels);
  mix(between, data, horizontal, height, channels);
  return fromData(data, [height, width, ...picture.shape.slice(2)]);
}

function targetSize(
  rows: number,
  columns: number,
  options: ResizeOptions,
): { height: number; width: number } {
  const given = options.height ?? options.width;
  if (given === undefined) {
    throw new ArgumentError(
      "resize needs a height, a width or both: image.resize(photo, { width: 128 }).",
    );
  }
  const height = options.height ?? Math.max(1, Math.round((rows * given) / columns));
  const width = options.width ?? Math.max(1, Math.round((columns * given) / rows));
  for (const side of [height, width]) {
    if (!Number.isInteger(side) || side < 1) {
      throw new ArgumentError(`A picture's side is a whole number, at least 1; got ${side}.`);
    }
  }
  if (height * width > MAX_PIXELS) {
    throw new ArgumentError(
      `${height}×${width} is more than the ${MAX_PIXELS / 1e6} million pixels that a picture may have here.`,
    );
  }
  return { height, width };
}

/** For each new position along one axis: the first old position, and the weight of it and of those after it. */
type AxisWeights = readonly { readonly first: number; readonly weights: readonly number[] }[];

const WEIGHTS: Record<string, (from: number, to: number) => AxisWeights> = {
  area: (from, to) =>
    Array.from({ length: to }, (_, i) => {
      const start = (i * from) / to;
      const end = ((i + 1) * from) / to;
      const first = Math.floor(start);
      const last = Math.min(from, Math.ceil(end - 1e-9));
      const weights: number[] = [];
      for (let j = first; j < last; j++) {
        weights.push((Math.min(end, j + 1) - Math.max(start, j)) / (end - start));
      }
      return { first, weights };
    }),
  // Pixel centres lie at ½, 1½, …, so that a picture scaled up and down again stays in its place.
  bilinear: (from, to) =>
    Array.from({ length: to }, (_, i) => {
      const at = Math.min(from - 1, Math.max(0, ((i + 0.5) * from) / to - 0.5));
      const first = Math.floor(at);
      const share = at - first;
      return { first, weights: share === 0 ? [1] : [1 - share, share] };
    }),
  nearest: (from, to) =>
    Array.from({ length: to }, (_, i) => ({
      first: Math.min(from - 1, Math.floor(((i + 0.5) * from) / to)),
      weights: [1],
    })),
};

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
