import { ArgumentError } from "../errors.js";

/** How a new pixel is made of old ones. */
export type ResizeMethod = "area" | "bicubic" | "bilinear" | "nearest";

/** For each new position along one axis: the first old position, and the weight of it and of those after it. */
export type AxisWeights = readonly {
  readonly first: number;
  readonly weights: readonly number[];
}[];

/**
 * The weights with which `from` old pixels make `to` new ones along one axis. A resized picture is a weighted sum down
 * its columns, then along its rows.
 *
 * @throws {ArgumentError} when the method is unknown or does not go with `antialias`.
 */
export function axisWeights(
  from: number,
  to: number,
  method: ResizeMethod,
  antialias = false,
): AxisWeights {
  if (!["area", "bicubic", "bilinear", "nearest"].includes(method)) {
    throw new ArgumentError(
      `resize knows the methods "area", "bicubic", "bilinear" and "nearest"; got "${method}".`,
    );
  }
  const blends = method === "bilinear" || method === "bicubic";
  if (antialias && !blends) {
    throw new ArgumentError(
      `antialias goes with "bilinear" and "bicubic"; "${method}" ${method === "area" ? "needs none" : "blends nothing"}.`,
    );
  }
  const positions = Array.from({ length: to }, (_, i) => i);
  if (method === "area") return positions.map((i) => covered(i, from, to));
  if (method === "nearest") return positions.map((i) => nearest(i, from, to));
  return positions.map((i) => (antialias ? widened : sampled)(i, from, to, method));
}

/** The old pixels that new pixel `i` covers, each by the part of it that lies below. */
function covered(i: number, from: number, to: number): AxisWeights[number] {
  const start = (i * from) / to;
  const end = ((i + 1) * from) / to;
  const first = Math.floor(start);
  const last = Math.min(from, Math.ceil(end - 1e-9));
  const weights: number[] = [];
  for (let j = first; j < last; j++) {
    weights.push((Math.min(end, j + 1) - Math.max(start, j)) / (end - start));
  }
  return { first, weights };
}

function nearest(i: number, from: number, to: number): AxisWeights[number] {
  return { first: Math.min(from - 1, Math.floor(((i + 0.5) * from) / to)), weights: [1] };
}

/** The curve is read at the old pixels around the new centre; beyond the border the last pixel is repeated. */
function sampled(
  i: number,
  from: number,
  to: number,
  method: "bicubic" | "bilinear",
): AxisWeights[number] {
  const at = ((i + 0.5) * from) / to - 0.5;
  const reach = method === "bicubic" ? 2 : 1;
  const curve = method === "bicubic" ? cubic(-0.75) : triangle;
  const start = Math.floor(at) - reach + 1;
  const clamp = (j: number): number => Math.min(from - 1, Math.max(0, j));
  const first = clamp(start);
  const weights = Array<number>(clamp(start + 2 * reach - 1) - first + 1).fill(0);
  for (let j = start; j < start + 2 * reach; j++) weights[clamp(j) - first]! += curve(j - at);
  return { first, weights };
}

/** The curve is stretched by the factor of shrinking and cut off at the border; the weights then add up to 1 again. */
function widened(
  i: number,
  from: number,
  to: number,
  method: "bicubic" | "bilinear",
): AxisWeights[number] {
  const stretch = Math.max(1, from / to);
  const reach = (method === "bicubic" ? 2 : 1) * stretch;
  const curve = method === "bicubic" ? cubic(-0.5) : triangle;
  const centre = ((i + 0.5) * from) / to;
  const first = Math.max(0, Math.floor(centre - reach + 0.5));
  const last = Math.min(from, Math.floor(centre + reach + 0.5));
  const weights: number[] = [];
  for (let j = first; j < last; j++) weights.push(curve((j + 0.5 - centre) / stretch));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return { first, weights: weights.map((weight) => weight / total) };
}

/** 1 − |x|, and 0 beyond 1: a straight line between two pixels. */
function triangle(x: number): number {
  return Math.max(0, 1 - Math.abs(x));
}

/**
 * Keys' cubic (IEEE Transactions on Acoustics, Speech, and Signal Processing 29, 1981): smooth through four pixels.
 * PyTorch and OpenCV take a = −0.75, Pillow −0.5.
 */
function cubic(a: number): (x: number) => number {
  return (x) => {
    const d = Math.abs(x);
    if (d < 1) return ((a + 2) * d - (a + 3)) * d * d + 1;
    return d < 2 ? (((d - 5) * d + 8) * d - 4) * a : 0;
  };
}
