/** Which values dropout keeps: the same for the reference and the fast version. */

import { type FloatArray, random, rowMajor } from "../array.js";
import { ArgumentError } from "../errors.js";
import { type Known, requireOptions } from "./known-options.js";
import { requireArray } from "./layout.js";

/** Options of {@link dropout}. */
export interface DropoutOptions {
  /** Any whole number; the same one drops the same places (default 1). */
  readonly seed?: number;
}

const known: Known<DropoutOptions> = { seed: true };

/**
 * 1 / (1 − rate) for each value that stays, 0 for each that goes.
 *
 * @throws {ArgumentError} when the rate is not from 0 to below 1, or the seed not a whole number.
 */
export function dropoutMask(
  operation: string,
  x: FloatArray,
  rate: number,
  options: DropoutOptions,
): Float32Array {
  requireOptions(operation, options, known);
  const { seed = 1 } = options;
  requireArray(x, operation, "input");
  if (typeof rate !== "number" || !(rate >= 0 && rate < 1)) {
    throw new ArgumentError(
      `${operation}: the rate is the share of values that go, from 0 to below 1; got ${String(rate)}.`,
    );
  }
  if (!Number.isInteger(seed)) {
    throw new ArgumentError(`${operation}: the seed is a whole number; got ${String(seed)}.`);
  }
  // Uniform from −1 to 1, so below 2·rate − 1 for the share `rate` of them.
  return rowMajor(random(x.shape, seed)).map((u) => (u < 2 * rate - 1 ? 0 : 1 / (1 - rate)));
}
