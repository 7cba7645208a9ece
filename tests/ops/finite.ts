/** Arrays that hold NaN or infinities: those must stand at the same places, and the rest be close. */
import fc from "fast-check";
import { expect } from "vitest";
import { type FloatArray, fromData, rowMajor } from "../../src/array.js";
import { image } from "./arbitraries.js";
import { expectClose, type Outcome } from "./close.js";

/** {@link expectClose} where NaN equals NaN and an infinity itself. */
export function expectAlike(got: FloatArray, wanted: FloatArray, scale = 0): void {
  expect(notFinite(got)).toEqual(notFinite(wanted));
  expectClose(finitePart(got), finitePart(wanted), scale);
}

/** `expectSameOutcome` by {@link expectAlike}. */
export function expectAlikeOutcome(got: Outcome, wanted: Outcome, scale = 0): void {
  if ("error" in wanted || "error" in got) expect(got).toEqual(wanted);
  else expectAlike(got.array, wanted.array, scale);
}

function notFinite(x: FloatArray): [number, number][] {
  return [...rowMajor(x).entries()].filter(([, value]) => !Number.isFinite(value));
}

function finitePart(x: FloatArray): FloatArray {
  return fromData(
    rowMajor(x).map((value) => (Number.isFinite(value) ? value : 0)),
    x.shape,
  );
}

/** Every so often a NaN or an infinity in place of a value. */
export function withSpecials(x: FloatArray): FloatArray {
  const special = [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return fromData(
    rowMajor(x).map((value, i) => (value > 0.6 ? special[i % 3]! : value)),
    x.shape,
  );
}

/** Images, some with NaN and infinities. */
export const roughImage: fc.Arbitrary<FloatArray> = fc
  .tuple(image, fc.constantFrom("plain", "special"))
  .map(([x, kind]) => (kind === "special" ? withSpecials(x) : x));
