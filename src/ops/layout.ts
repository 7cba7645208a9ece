/** How the axes of an image lie: H×W, H×W×C or N×H×W×C, always channels last. */
import { type FloatArray, shapeText } from "../array.js";
import { ShapeError } from "../errors.js";

/** An image or a batch, read as N×H×W×C. */
export interface ImageLayout {
  /** Number of axes of the array that came: 2, 3 or 4. */
  readonly rank: number;
  readonly N: number;
  readonly H: number;
  readonly W: number;
  readonly C: number;
}

/**
 * Refuses what is not an array.
 *
 * @throws {ShapeError} naming the operation and how to make an array.
 */
export function requireArray(value: FloatArray, operation: string, what: string): void {
  const shape: unknown = (value as Partial<FloatArray> | null | undefined)?.shape;
  if (Array.isArray(shape)) return;
  const came = Array.isArray(value) ? "nested lists" : value === null ? "null" : typeof value;
  throw new ShapeError(
    `${operation}: the ${what} must be an array with a shape, but ${came} came. Wrap numbers with array([[…], […]]).`,
  );
}

/**
 * Reads an array as N×H×W×C: H×W has one channel, H×W and H×W×C are a batch of one.
 *
 * @throws {ShapeError} when it has other than 2 to 4 axes, or an axis is empty.
 */
export function imageLayout(x: FloatArray, operation: string): ImageLayout {
  requireArray(x, operation, "input");
  const { shape } = x;
  const rank = shape.length;
  if (rank < 2 || rank > 4) {
    throw new ShapeError(
      `${operation}: the input is H×W, H×W×C or N×H×W×C; got ${shapeText(shape)}.`,
    );
  }
  if (shape.includes(0)) {
    throw new ShapeError(`${operation}: the input ${shapeText(shape)} is empty along one axis.`);
  }
  const [N, H, W, C] = rank === 4 ? shape : [1, ...shape, 1];
  return { rank, N: N!, H: H!, W: W!, C: C! };
}
