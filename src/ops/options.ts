/** The options that convolution, pooling and padding share, and how each is settled per axis. */
import { ArgumentError } from "../errors.js";
import {
  type AxisPadding,
  effectiveKernel,
  evenKernelMessage,
  samePadding,
  samePaddingFor,
  type Walk,
  walk,
  wholeNumber,
} from "./geometry.js";

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
 * TensorFlow, numbers say how many pixels.
 */
export type Padding = "valid" | "same" | SidePadding;

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
  const pair = typeof value === "number" ? [value, value] : value;
  if (!Array.isArray(pair) || pair.length !== 2) {
    throw new ArgumentError(
      `${name} is one number, or two as [down, across]; got ${JSON.stringify(value)}.`,
    );
  }
  return [wholeNumber(pair[0] as number, name, least), wholeNumber(pair[1] as number, name, least)];
}

/**
 * Padding in numbers as four sides.
 *
 * @throws {ArgumentError} when a number is negative or not whole, or a side has a name that does not exist.
 */
export function fourSides(padding: SidePadding): Required<Sides> {
  if (typeof padding === "object" && padding !== null && !Array.isArray(padding)) {
    const sides = { top: 0, bottom: 0, left: 0, right: 0, ...(padding as Sides) };
    for (const [side, pixels] of Object.entries(sides)) {
      if (!["top", "bottom", "left", "right"].includes(side)) {
        throw new ArgumentError(
          `Padding has the sides top, bottom, left and right; there is no "${side}".`,
        );
      }
      wholeNumber(pixels, `The padding (${side})`, 0);
    }
    return sides;
  }
  if (typeof padding === "string") {
    throw new ArgumentError(
      `The padding is a number, [vertical, horizontal] or { top, bottom, left, right }; got "${padding}".`,
    );
  }
  const [vertical, horizontal] = perAxis(padding as PerAxis, "The padding", 0);
  return { top: vertical, bottom: vertical, left: horizontal, right: horizontal };
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
  [h, w]: readonly [number, number],
  [kh, kw]: readonly [number, number],
  options: WindowOptions,
): WindowWalk {
  const [sy, sx] = perAxis(options.stride, "The stride", 1);
  const [dy, dx] = perAxis(options.dilation, "The dilation", 1);
  const { padding } = options;
  let vertical: AxisPadding = { before: 0, after: 0 };
  let horizontal = vertical;
  if (padding === "same") {
    if (!options.evenSame) refuseEvenKernel(kh, kw, dy, dx);
    vertical = samePaddingFor(h, kh, sy, dy);
    horizontal = samePaddingFor(w, kw, sx, dx);
  } else if (padding !== "valid") {
    const { top, bottom, left, right } = fourSides(padding);
    vertical = { before: top, after: bottom };
    horizontal = { before: left, after: right };
  }
  return {
    rows: walk(h, kh, sy, dy, vertical, "rows"),
    columns: walk(w, kw, sx, dx, horizontal, "columns"),
  };
}

function refuseEvenKernel(kh: number, kw: number, dy: number, dx: number): void {
  const evenRows = effectiveKernel(kh, dy) % 2 === 0;
  if (!evenRows && effectiveKernel(kw, dx) % 2 === 1) return;
  const { before: top, after: bottom } = samePadding(kh, dy);
  const { before: left, after: right } = samePadding(kw, dx);
  throw new ArgumentError(
    evenKernelMessage(
      evenRows ? kh : kw,
      evenRows ? dy : dx,
      `{ padding: { top: ${top}, bottom: ${bottom}, left: ${left}, right: ${right} } }`,
    ),
  );
}
