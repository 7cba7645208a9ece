/** How tests compare arrays: the largest difference against the largest value. */
import { expect } from "vitest";
import { type FloatArray, rowMajor } from "../../src/array.js";

/** Below the smallest normal 32-bit float there are fewer digits, and back ends may round to 0: 2 to the power −126. */
const SMALLEST_NORMAL = 2 ** -126;

/**
 * Expects the same shape, and values equal to 1e-5 of the largest one, or of `scale` where that is larger: a sum whose
 * terms cancel is only as exact as its terms.
 */
export function expectClose(got: FloatArray, wanted: FloatArray, scale = 0): void {
  expect(got.shape).toEqual(wanted.shape);
  const a = rowMajor(got);
  const b = rowMajor(wanted);
  let largest = scale;
  let difference = 0;
  for (let i = 0; i < b.length; i++) {
    largest = Math.max(largest, Math.abs(b[i]!));
    difference = Math.max(difference, Math.abs(a[i]! - b[i]!));
    if (Number.isNaN(a[i]) !== Number.isNaN(b[i])) difference = Number.POSITIVE_INFINITY;
  }
  expect(difference).toBeLessThanOrEqual(Math.max(1e-5 * largest, SMALLEST_NORMAL));
}

/** What a call gives: its array, or the name and message of what it throws. */
export type Outcome = { array: FloatArray } | { error: string };

/** Runs a call and keeps what it gives or throws. */
export function outcome(f: () => FloatArray): Outcome {
  try {
    return { array: f() };
  } catch (error) {
    return { error: `${(error as Error).name}: ${(error as Error).message}` };
  }
}

/** Expects two outcomes to be the same error, or arrays that are close. */
export function expectSameOutcome(got: Outcome, wanted: Outcome, scale = 0): void {
  if ("error" in wanted || "error" in got) expect(got).toEqual(wanted);
  else expectClose(got.array, wanted.array, scale);
}
