/** What an unpooling is about to do: every size settled and every mistake refused first. */

import { type FloatArray, rowMajor, shapeText } from "../array.js";
import { sameShape } from "../array-measures.js";
import { cameText } from "../came.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { type ImageLayout, imageLayout, requireArray } from "./layout.js";
import { type PerAxis, perAxis } from "./options.js";
import { requireResultRoom } from "./room.js";

/** An unpooling by a factor, with every number settled. */
export interface UnpoolingPlan extends ImageLayout {
  /** Rows that each row becomes. */
  readonly fy: number;
  /** Columns that each column becomes. */
  readonly fx: number;
  readonly OH: number;
  readonly OW: number;
  readonly shape: number[];
}

/**
 * Settles an unpooling by a factor.
 *
 * @throws {ShapeError} when the input is no image.
 * @throws {ArgumentError} when the factor is not a whole number of at least 1.
 */
export function planUnpooling(operation: string, x: FloatArray, factor: PerAxis): UnpoolingPlan {
  const layout = imageLayout(x, operation);
  const [fy, fx] = perAxis(factor, `${operation}: the factor`, 1);
  const { rank, N, H, W, C } = layout;
  const OH = H * fy;
  const OW = W * fx;
  const image = rank === 2 ? [OH, OW] : [OH, OW, C];
  const shape = rank === 4 ? [N, ...image] : image;
  requireResultRoom(operation, shape);
  return { ...layout, fy, fx, OH, OW, shape };
}

/** A max unpooling with every number settled. */
export interface MaxUnpoolingPlan extends ImageLayout {
  readonly OH: number;
  readonly OW: number;
  /** For each value its place in the result, counted in row-major order over the whole array. */
  readonly places: Int32Array;
  readonly shape: number[];
}

/**
 * Settles a max unpooling.
 *
 * @throws {ShapeError} when values, indices and shape do not go together.
 * @throws {ArgumentError} when an index is no place of the picture.
 */
export function planMaxUnpooling(
  operation: string,
  values: FloatArray,
  indices: FloatArray,
  shape: readonly number[],
): MaxUnpoolingPlan {
  const layout = imageLayout(values, operation);
  requireArray(indices, operation, "list of indices");
  if (!sameShape(values, indices)) {
    throw new ShapeError(
      `${operation}: each value has one index, but values of ${shapeText(values.shape)} came with indices of ${shapeText(indices.shape)}. Both come from maxPoolWithIndices.`,
    );
  }
  const full = fullShape(operation, layout, shape);
  const { rank, N, H, W, C } = layout;
  const [OH, OW] = (rank === 4 ? full.slice(1) : full) as [number, number];
  const index = rowMajor(indices);
  const places = new Int32Array(index.length);
  for (let i = 0; i < index.length; i++) {
    const place = index[i]!;
    if (!Number.isInteger(place) || place < 0 || place >= OH * OW) {
      throw new ArgumentError(
        `${operation}: an index counts the ${OH * OW} places of a ${shapeText([OH, OW])} picture from 0 (row·W + column); got ${place}.`,
      );
    }
    const n = Math.floor(i / (H * W * C));
    places[i] = (n * OH * OW + place) * C + (i % C);
  }
  return { ...layout, N, OH, OW, places, shape: full };
}

/** `[H, W]` with the other axes of the values, or all axes as they came. */
function fullShape(
  operation: string,
  { rank, N, C }: ImageLayout,
  shape: readonly number[],
): number[] {
  const wanted = Array.isArray(shape) ? [...shape] : [];
  const sizes = wanted.length === 2 ? wanted : rank === 4 ? wanted.slice(1, 3) : wanted.slice(0, 2);
  const image = rank === 2 ? sizes : [...sizes, C];
  const full = rank === 4 ? [N, ...image] : image;
  const fits = wanted.length === 2 || String(wanted) === String(full);
  if (!fits || sizes.length !== 2 || sizes.some((size) => !Number.isInteger(size) || size < 1)) {
    throw new ShapeError(
      `${operation}: the shape is [H, W] of the picture to fill, or that of the whole array, such as x.shape; got ${cameText(shape)} for values of ${rank} axes with ${C} channels.`,
    );
  }
  requireResultRoom(operation, full);
  return full;
}

/**
 * Which values survive where several were put in one place: 1 for the last that came, 0 for the others.
 */
export function lastInPlace({ places, N, OH, OW, C }: MaxUnpoolingPlan): Float32Array {
  const taken = new Uint8Array(N * OH * OW * C);
  const last = new Float32Array(places.length);
  for (let i = places.length - 1; i >= 0; i--) {
    if (taken[places[i]!] === 0) last[i] = 1;
    taken[places[i]!] = 1;
  }
  return last;
}

/** Where a pixel of an interpolated axis comes from. */
export interface Between {
  readonly low: number;
  readonly high: number;
  /** How far from `low` to `high`, 0 to 1. */
  readonly t: number;
}

/**
 * For each of n·factor pixels the two pixels that it lies between, both axes spanning the same length: pixel i of the
 * result has its centre at (i + ½)/factor − ½ of the input; outside the first and the last centre, the edge goes on.
 */
export function betweenPixels(n: number, factor: number): Between[] {
  return Array.from({ length: n * factor }, (_, i) => {
    const at = Math.min(Math.max((i + 0.5) / factor - 0.5, 0), n - 1);
    const low = Math.floor(at);
    return { low, high: Math.min(low + 1, n - 1), t: at - low };
  });
}
