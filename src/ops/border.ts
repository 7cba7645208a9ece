/** What stands outside an input: zeros, or values of the input again. */
import { cameText } from "../came.js";
import { ArgumentError, ShapeError } from "../errors.js";
import type { AxisPadding } from "./geometry.js";

/**
 * What stands in a border: zeros, the mirrored inside (the edge itself not repeated), the edge pixel again and again,
 * or the opposite side, as if the input were wound around a cylinder.
 */
export type PadMode = "zero" | "reflect" | "replicate" | "circular";

const modes: readonly PadMode[] = ["zero", "reflect", "replicate", "circular"];

/**
 * Refuses a mode that does not exist.
 *
 * @throws {ArgumentError} with the four that do.
 */
export function requirePadMode(mode: PadMode, operation: string): void {
  if (modes.includes(mode)) return;
  throw new ArgumentError(
    `${operation}: the mode of a padding is "zero", "reflect", "replicate" or "circular"; got ${cameText(mode)}.`,
  );
}

/**
 * For each place of a padded axis, from the first of the border, the place of the input whose value stands there, or
 * −1 for a zero.
 *
 * @param plural what the axis counts, in messages.
 * @throws {ShapeError} when the input has too few values to be mirrored or repeated that far.
 */
export function borderSources(
  n: number,
  { before, after }: AxisPadding,
  mode: PadMode,
  operation: string,
  plural: string,
): Int32Array {
  const most = Math.max(before, after);
  if (mode === "reflect" && most >= n) {
    throw new ShapeError(
      `${operation}: ${n} ${plural} can be mirrored by at most ${n - 1}, since the edge itself is not repeated; got ${most}.`,
    );
  }
  if (mode === "circular" && most > n) {
    throw new ShapeError(
      `${operation}: ${n} ${plural} can be repeated around by at most ${n}, once on each side; got ${most}.`,
    );
  }
  const sources = new Int32Array(before + n + after);
  for (let place = 0; place < sources.length; place++) {
    sources[place] = source(place - before, n, mode);
  }
  return sources;
}

/** Which of `n` values stands at place `i`, where places before 0 and after n − 1 are border. */
function source(i: number, n: number, mode: PadMode): number {
  if (i >= 0 && i < n) return i;
  if (mode === "zero") return -1;
  if (mode === "replicate") return i < 0 ? 0 : n - 1;
  if (mode === "circular") return i < 0 ? i + n : i - n;
  return i < 0 ? -i : 2 * (n - 1) - i;
}
