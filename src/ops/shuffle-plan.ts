/** What a channel shuffle is about to do: every size settled and every mistake refused first. */
import { type FloatArray, shapeText } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { wholeNumber } from "./geometry.js";
import { requireArray } from "./layout.js";

/** A channel shuffle with every number settled. */
export interface ShufflePlan {
  /** Rows of channels: the product of all axes but the last. */
  readonly places: number;
  readonly groups: number;
  /** Channels in each group. */
  readonly perGroup: number;
}

/**
 * Settles a channel shuffle.
 *
 * @throws {ShapeError} when there is no axis of channels.
 * @throws {ArgumentError} when the groups do not divide the channels.
 */
export function planShuffle(operation: string, x: FloatArray, groups: number): ShufflePlan {
  requireArray(x, operation, "input");
  const channels = x.shape[x.shape.length - 1];
  if (channels === undefined) {
    throw new ShapeError(
      `${operation}: the channels are the last axis, but ${shapeText(x.shape)} came.`,
    );
  }
  wholeNumber(groups, `${operation}: the number of groups`, 1);
  if (channels % groups !== 0) {
    throw new ArgumentError(
      `${operation}: ${channels} channels can't be split into ${groups} groups of equal size.`,
    );
  }
  const places = x.shape.slice(0, -1).reduce((product, size) => product * size, 1);
  return { places, groups, perGroup: channels / groups };
}
