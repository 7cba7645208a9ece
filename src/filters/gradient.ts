/** How steeply a picture grows brighter at each pixel, and to where. */

import { type FloatArray, fromData, rowMajor } from "../array.js";
import { cameText } from "../came.js";
import { ArgumentError } from "../errors.js";
import { requireOptions } from "../ops/known-options.js";
import { applyFilter, type FilterOptions } from "./apply.js";
import { prewittX, prewittY, scharrX, scharrY, sobelX, sobelY } from "./derivatives.js";

/** How the two derivatives are taken. */
export interface PictureGradientOptions extends FilterOptions {
  /** Whose kernels: `"sobel"` (default), `"prewitt"` or `"scharr"`. */
  readonly operator?: "sobel" | "prewitt" | "scharr";
}

const operators = {
  sobel: [sobelX, sobelY],
  prewitt: [prewittX, prewittY],
  scharr: [scharrX, scharrY],
} as const;

/**
 * How steep the picture is at each pixel: √(gx² + gy²), with gx and gy from {@link sobelX} and {@link sobelY}. Large
 * on edges of every direction, 0 on flat regions. In the kernels' own units: a step from 0 to 1 gives 4 with Sobel's.
 *
 * @param picture H×W or H×W×C; a colour picture is measured channel by channel
 * @returns as {@link applyFilter}
 * @throws {ShapeError} and {ArgumentError} as {@link applyFilter}, and for an operator that does not exist.
 * @example filters.gradientMagnitude(array([[0, 0, 1, 1]])) // → [[0, 4, 4, 0]]
 */
export function gradientMagnitude(
  picture: FloatArray,
  options: PictureGradientOptions = {},
): FloatArray {
  return combine("gradientMagnitude", picture, options, (gx, gy) => Math.hypot(gx, gy));
}

/**
 * To where the picture grows brighter at each pixel, as an angle in radians: atan2(gy, gx), from −π to π. 0 is to the
 * right, π/2 downward; an edge lies at right angles to it. Flat pixels, which have no direction, give 0.
 *
 * @param picture H×W or H×W×C; a colour picture is measured channel by channel
 * @returns as {@link applyFilter}
 * @throws {ShapeError} and {ArgumentError} as {@link applyFilter}, and for an operator that does not exist.
 * @example filters.gradientDirection(array([[0], [1], [1]])) // → [[1.570796], [1.570796], [0]]
 */
export function gradientDirection(
  picture: FloatArray,
  options: PictureGradientOptions = {},
): FloatArray {
  // + 0: a derivative of −0 is none, and would turn the angle by half a turn.
  return combine("gradientDirection", picture, options, (gx, gy) => Math.atan2(gy + 0, gx + 0));
}

function combine(
  name: string,
  picture: FloatArray,
  options: PictureGradientOptions,
  f: (gx: number, gy: number) => number,
): FloatArray {
  requireOptions(name, options, { padding: true, border: true, operator: true });
  const { operator = "sobel", ...how } = options;
  if (!Object.hasOwn(operators, operator)) {
    throw new ArgumentError(
      `${name}: the operator is "sobel", "prewitt" or "scharr"; got ${cameText(operator)}.`,
    );
  }
  const [x, y] = operators[operator];
  const across = applyFilter(picture, x(), how);
  const down = rowMajor(applyFilter(picture, y(), how));
  return fromData(
    rowMajor(across).map((gx, i) => f(gx, down[i]!)),
    across.shape,
  );
}
