/** What a padding is about to do: which input row and column stands at each place of the output. */
import { type FloatArray, shapeText } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { type ImageLayout, imageLayout } from "./layout.js";
import { fourSides, type SidePadding, type Sides } from "./options.js";

/** What stands in the border: zeros, the mirrored inside (edge not repeated), or the edge pixel again and again. */
export type PadMode = "zero" | "reflect" | "replicate";

/** A padding with every number settled. */
export interface PaddingPlan extends ImageLayout, Required<Sides> {
  readonly OH: number;
  readonly OW: number;
  /** Input row for each output row, −1 for a row of zeros. */
  readonly rowOf: Int32Array;
  /** Input column for each output column, −1 for a column of zeros. */
  readonly columnOf: Int32Array;
  readonly shape: number[];
}

/**
 * Settles a padding.
 *
 * @throws {ShapeError} when the input is no image, or too small to be mirrored that far.
 * @throws {ArgumentError} when the padding or the mode is none of those that exist.
 */
export function planPadding(input: FloatArray, padding: SidePadding, mode: PadMode): PaddingPlan {
  const layout = imageLayout(input, "pad");
  const sides = fourSides(padding);
  if (!["zero", "reflect", "replicate"].includes(mode)) {
    throw new ArgumentError(`pad: the mode is "zero", "reflect" or "replicate"; got "${mode}".`);
  }
  const { rank, N, H, W, C } = layout;
  const { top, bottom, left, right } = sides;
  if (mode === "reflect" && (Math.max(top, bottom) >= H || Math.max(left, right) >= W)) {
    throw new ShapeError(
      `pad: an image of ${shapeText([H, W])} can be mirrored by at most ${H - 1} rows and ${W - 1} columns, since the edge itself is not repeated.`,
    );
  }
  const OH = top + H + bottom;
  const OW = left + W + right;
  const image = rank === 2 ? [OH, OW] : [OH, OW, C];
  return {
    ...layout,
    ...sides,
    OH,
    OW,
    rowOf: Int32Array.from({ length: OH }, (_, i) => source(i - top, H, mode)),
    columnOf: Int32Array.from({ length: OW }, (_, j) => source(j - left, W, mode)),
    shape: rank === 4 ? [N, ...image] : image,
  };
}

/** Which of `n` pixels stands at place `i`, where places before 0 and after n − 1 are border. */
function source(i: number, n: number, mode: PadMode): number {
  if (i >= 0 && i < n) return i;
  if (mode === "zero") return -1;
  if (mode === "replicate") return i < 0 ? 0 : n - 1;
  return i < 0 ? -i : 2 * (n - 1) - i;
}
