/** Moving a picture by whole pixels. */

import { type FloatArray, fromData, rowMajor, shapeText } from "../array.js";
import { cameText } from "../came.js";
import { ArgumentError, ShapeError } from "../errors.js";

/** What comes in where the picture has moved away: zeros, its other side, or its edge. */
export type ShiftMode = "zero" | "circular" | "replicate";

/** Pixels down and across; negative ones go up and left. */
export type Shift = readonly [down: number, across: number];

/** Where rows, columns and the rest of an image or a batch lie: N×H×W×C with what is missing as 1. */
export interface ImageAxes {
  readonly N: number;
  readonly H: number;
  readonly W: number;
  readonly C: number;
}

/**
 * The axes of H×W, H×W×C or N×H×W×C.
 *
 * @throws {ShapeError} when it is none of these.
 */
export function imageAxes(x: FloatArray, operation: string): ImageAxes {
  const shape: readonly number[] | undefined = (x as Partial<FloatArray> | undefined)?.shape;
  if (Array.isArray(shape)) {
    const [a = 0, b = 0, c = 0, d = 0] = shape;
    if (shape.length === 2) return { N: 1, H: a, W: b, C: 1 };
    if (shape.length === 3) return { N: 1, H: a, W: b, C: c };
    if (shape.length === 4) return { N: a, H: b, W: c, C: d };
  }
  throw new ShapeError(
    `${operation}: a picture is H×W, H×W×C or N×H×W×C; got ${Array.isArray(shape) ? shapeText(shape) : Array.isArray(x) ? "a plain list: make it an array with array(list)" : x === null ? "null" : `a ${typeof x}`}.`,
  );
}

/**
 * Moves a picture: output pixel (i, j) is input pixel (i − down, j − across). NaN and infinities move along.
 *
 * @param x H×W, H×W×C or N×H×W×C.
 * @param shift whole pixels `[down, across]`.
 * @param mode what comes in at the free side (default `"zero"`).
 * @throws {ShapeError} when `x` is no picture.
 * @throws {ArgumentError} when the shift is not two whole numbers, or there is no such mode.
 * @example network.shiftImage(array([[1, 2], [3, 4]]), [0, 1]) // → [[0, 1], [0, 3]]
 */
export function shiftImage(x: FloatArray, shift: Shift, mode: ShiftMode = "zero"): FloatArray {
  const { N, H, W, C } = imageAxes(x, "shiftImage");
  const [down, across] = wholeShift(shift);
  if (!["zero", "circular", "replicate"].includes(mode)) {
    throw new ArgumentError(
      `The mode is "zero", "circular" or "replicate"; got ${cameText(mode)}.`,
    );
  }
  const from = rowMajor(x);
  const to = new Float32Array(from.length);
  for (let n = 0; n < N; n++) {
    for (let i = 0; i < H; i++) {
      const row = source(i - down, H, mode);
      if (row < 0) continue;
      for (let j = 0; j < W; j++) {
        const column = source(j - across, W, mode);
        if (column < 0) continue;
        const start = ((n * H + row) * W + column) * C;
        to.set(from.subarray(start, start + C), ((n * H + i) * W + j) * C);
      }
    }
  }
  return fromData(to, x.shape);
}

/**
 * Two whole numbers.
 *
 * @throws {ArgumentError} when they are not.
 */
export function wholeShift(shift: Shift): Shift {
  if (Array.isArray(shift) && shift.length === 2 && shift.every(Number.isInteger)) return shift;
  throw new ArgumentError(
    `A shift is two whole numbers, [down, across], such as [0, 1]; got ${cameText(shift)}.`,
  );
}

/** Which of n pixels comes to a place: −1 for a zero. */
function source(i: number, n: number, mode: ShiftMode): number {
  if (i >= 0 && i < n) return i;
  if (mode === "zero") return -1;
  if (mode === "replicate") return i < 0 ? 0 : n - 1;
  return ((i % n) + n) % n;
}
