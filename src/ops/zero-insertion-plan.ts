/** What a zero insertion is about to do: every size settled and every mistake refused first. */
import type { FloatArray } from "../array.js";
import { type ImageLayout, imageLayout } from "./layout.js";
import { type PerAxis, perAxis } from "./options.js";
import { requireResultRoom } from "./room.js";

/** A zero insertion with every number settled. */
export interface ZeroInsertionPlan extends ImageLayout {
  /** Rows from one pixel to the next in the result. */
  readonly sy: number;
  /** Columns from one pixel to the next in the result. */
  readonly sx: number;
  readonly OH: number;
  readonly OW: number;
  readonly shape: number[];
}

/**
 * Settles a zero insertion.
 *
 * @throws {ShapeError} when the input is no image.
 * @throws {ArgumentError} when the factor is not a whole number of at least 1.
 */
export function planZeroInsertion(
  operation: string,
  x: FloatArray,
  factor: PerAxis,
): ZeroInsertionPlan {
  const layout = imageLayout(x, operation);
  const [sy, sx] = perAxis(factor, `${operation}: the factor`, 1);
  const { rank, N, H, W, C } = layout;
  const OH = (H - 1) * sy + 1;
  const OW = (W - 1) * sx + 1;
  const image = rank === 2 ? [OH, OW] : [OH, OW, C];
  const shape = rank === 4 ? [N, ...image] : image;
  requireResultRoom(operation, shape);
  return { ...layout, sy, sx, OH, OW, shape };
}
