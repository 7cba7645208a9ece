/** What a pooling is about to do: every size settled and every mistake refused first. */
import type { FloatArray } from "../array.js";
import { ArgumentError } from "../errors.js";
import { type ImageLayout, imageLayout } from "./layout.js";
import { type Padding, type PerAxis, perAxis, type WindowWalk, windowWalk } from "./options.js";

/** Options of {@link maxPool} and {@link avgPool}. */
export interface PoolOptions {
  /** Size of the window: a number, or `[rows, columns]`. */
  readonly size: PerAxis;
  /** Pixels from one window to the next (default: the size, so that windows tile the image). */
  readonly stride?: PerAxis;
  /** As for a convolution (default `"valid"`). Added pixels take no part: never the maximum, not counted in the mean. */
  readonly padding?: Padding;
}

/** A pooling with every number settled. */
export interface PoolingPlan extends ImageLayout, WindowWalk {
  readonly Kh: number;
  readonly Kw: number;
  readonly OH: number;
  readonly OW: number;
  readonly shape: number[];
}

/**
 * Settles a pooling.
 *
 * @throws {ShapeError} when the input is no image or the window does not fit.
 * @throws {ArgumentError} when an option is out of range, or a window could lie in the padding alone.
 */
export function planPooling(
  operation: string,
  input: FloatArray,
  sizeOrOptions: PerAxis | PoolOptions,
): PoolingPlan {
  const layout = imageLayout(input, operation);
  const options: PoolOptions =
    typeof sizeOrOptions === "object" && sizeOrOptions !== null && "size" in sizeOrOptions
      ? sizeOrOptions
      : { size: sizeOrOptions as PerAxis };
  const [Kh, Kw] = perAxis(options.size, `${operation}: the window size`, 1);
  const walks = windowWalk([layout.H, layout.W], [Kh, Kw], {
    stride: options.stride ?? [Kh, Kw],
    padding: options.padding ?? "valid",
    dilation: 1,
    evenSame: true,
  });
  for (const { before, after, k } of [walks.rows, walks.columns]) {
    if (Math.max(before, after) >= k) {
      throw new ArgumentError(
        `${operation}: padding ${Math.max(before, after)} must be smaller than the window, ${k}: a window in the padding alone would hold no value.`,
      );
    }
  }
  const OH = walks.rows.out;
  const OW = walks.columns.out;
  const image = layout.rank === 2 ? [OH, OW] : [OH, OW, layout.C];
  return {
    ...layout,
    ...walks,
    Kh,
    Kw,
    OH,
    OW,
    shape: layout.rank === 4 ? [layout.N, ...image] : image,
  };
}
