/** The options that convolution, pooling and padding share, and how each is settled per axis. */
import type { Walk } from "./geometry.js";
import { eachAxis, eachSide, settleWalks } from "./per-axis.js";
import { IMAGE } from "./space.js";

/** One number for both axes, or one for rows (down) and one for columns (across). */
export type PerAxis = number | readonly [down: number, across: number];

/** Pixels to add on each side; a side that is not named gets none. */
export interface Sides {
  readonly top?: number;
  readonly bottom?: number;
  readonly left?: number;
  readonly right?: number;
}

/** Pixels added around an image: a number for all sides, `[vertical, horizontal]`, or each side by name. */
export type SidePadding = PerAxis | Sides;

/**
 * Padding of a convolution or a pooling: `"valid"` adds nothing, `"same"` makes the output ⌈n / stride⌉ as in
 * TensorFlow, `"full"` adds d(k − 1) on every side, so that each place where kernel and image overlap counts; numbers
 * say how many pixels.
 */
export type Padding = "valid" | "same" | "full" | SidePadding;

/** Values added before and after a signal: a number for both, `[before, after]`, or by name. */
export type EndPadding =
  | number
  | readonly [before: number, after: number]
  | { readonly before?: number; readonly after?: number };

/** One number for all three axes of a volume, or one for each. */
export type PerAxis3d = number | readonly [deep: number, down: number, across: number];

/** Voxels to add on each side of a volume; a side that is not named gets none. */
export interface VolumeSides extends Sides {
  readonly front?: number;
  readonly back?: number;
}

/** Voxels added around a volume: a number for all sides, `[depth, vertical, horizontal]`, or each side by name. */
export type VolumePadding =
  | number
  | readonly [depth: number, vertical: number, horizontal: number]
  | VolumeSides;

/** How a window of Kh×Kw walks over an image of H×W. */
export interface WindowWalk {
  readonly rows: Walk;
  readonly columns: Walk;
}

/**
 * Both axes of an option.
 *
 * @throws {ArgumentError} when it is neither a number nor two, or a number is not whole and at least `least`.
 */
export function perAxis(value: PerAxis, name: string, least: number): [number, number] {
  const [down, across] = eachAxis(IMAGE, value, name, least);
  return [down!, across!];
}

/**
 * Padding in numbers as four sides.
 *
 * @throws {ArgumentError} when a number is negative or not whole, or a side has a name that does not exist.
 */
export function fourSides(padding: SidePadding): Required<Sides> {
  const [vertical, horizontal] = eachSide(IMAGE, padding);
  return {
    top: vertical!.before,
    bottom: vertical!.after,
    left: horizontal!.before,
    right: horizontal!.after,
  };
}

/** What {@link windowWalk} needs to know of the window. */
export interface WindowOptions {
  readonly stride: PerAxis;
  readonly padding: Padding;
  readonly dilation: PerAxis;
  /** Pooling may use `"same"` with an even window, as TensorFlow does; a convolution may not. */
  readonly evenSame: boolean;
}

/**
 * Settles how a window of Kh×Kw walks over an image of H×W.
 *
 * @throws {ArgumentError} for a stride, dilation or padding out of range, or an even kernel with `"same"`.
 * @throws {ShapeError} when the window does not fit into the padded image.
 */
export function windowWalk(
  sizes: readonly [number, number],
  kernel: readonly [number, number],
  options: WindowOptions,
): WindowWalk {
  const [rows, columns] = settleWalks(IMAGE, sizes, kernel, options);
  return { rows: rows!, columns: columns! };
}
