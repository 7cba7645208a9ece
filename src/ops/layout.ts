/** How the axes of an input lie, always channels last: H×W, H×W×C or N×H×W×C, and the same in other spaces. */
import { type FloatArray, shapeText } from "../array.js";
import { requireArray } from "../array-required.js";
import { ShapeError } from "../errors.js";
import { IMAGE, letters, type Space } from "./space.js";

export { requireArray } from "../array-required.js";

/** An image or a batch, read as N×H×W×C. */
export interface ImageLayout {
  /** Number of axes of the array that came: 2, 3 or 4. */
  readonly rank: number;
  /** Pictures in the batch; 0 when the batch is empty. */
  readonly N: number;
  readonly H: number;
  readonly W: number;
  readonly C: number;
}

/**
 * Reads an array as N×H×W×C: H×W has one channel, H×W and H×W×C are a batch of one. A batch may be empty (N = 0).
 *
 * @throws {ShapeError} when it has other than 2 to 4 axes, or an axis other than N is empty.
 */
export function imageLayout(x: FloatArray, operation: string): ImageLayout {
  const { rank, N, sizes, C } = layoutIn(IMAGE, x, operation);
  return { rank, N, H: sizes[0]!, W: sizes[1]!, C };
}

/** How an array lies in a space: always channels last. */
export interface Layout {
  /** Number of axes of the array that came. */
  readonly rank: number;
  readonly N: number;
  /** One size for each spatial axis. */
  readonly sizes: readonly number[];
  readonly C: number;
}

/**
 * Reads an array as N×(spatial axes)×C: without channels it has one, without N it is a batch of one. A batch may be
 * empty (N = 0), other axes may not.
 *
 * @throws {ShapeError} when it has other axes, or one is empty.
 */
export function layoutIn(space: Space, x: FloatArray, operation: string): Layout {
  requireArray(x, operation, "input");
  const { shape } = x;
  const rank = shape.length;
  const spatial = space.length;
  if (rank < spatial || rank > spatial + 2) {
    const axes = letters(space);
    throw new ShapeError(
      `${operation}: the input is ${axes}, ${axes}×C or N×${axes}×C; got ${shapeText(shape)}.`,
    );
  }
  if (shape.indexOf(0, rank === spatial + 2 ? 1 : 0) >= 0) {
    throw new ShapeError(`${operation}: the input ${shapeText(shape)} is empty along one axis.`);
  }
  const [N, ...rest] = rank === spatial + 2 ? shape : [1, ...shape];
  return { rank, N: N!, sizes: rest.slice(0, spatial), C: rest[spatial] ?? 1 };
}

/** The shape of an output: spatial sizes and channels in the rank of the input; `flat` leaves the channels out. */
export function shapeIn(
  space: Space,
  { rank, N }: Layout,
  sizes: readonly number[],
  channels: number,
  flat = rank === space.length,
): number[] {
  const one = flat ? [...sizes] : [...sizes, channels];
  return rank === space.length + 2 ? [N, ...one] : one;
}
