/** What the tests of the convolution family share: random calls, and gradients that must be slopes. */
import fc from "fast-check";
import { expect } from "vitest";
import { type FloatArray, random, rowMajor } from "../../src/array.js";
import { checkGradient } from "../../src/ops/index.js";
import { perAxis, sides, small } from "./arbitraries.js";
import { expectClose } from "./close.js";

/** The dot product of two arrays of one shape, in double precision. */
export function dot(a: FloatArray, b: FloatArray): number {
  expect(a.shape).toEqual(b.shape);
  const x = rowMajor(a);
  const y = rowMajor(b);
  let total = 0;
  for (let i = 0; i < x.length; i++) total += x[i]! * y[i]!;
  return total;
}

/** Records of gradients, member by member. */
export function expectSameGradients<G extends object>(got: G, wanted: G, scale = 1): void {
  expect(Object.keys(got)).toEqual(Object.keys(wanted));
  for (const member of Object.keys(wanted) as (keyof G)[]) {
    expectClose(got[member] as FloatArray, wanted[member] as FloatArray, scale);
  }
}

/** A call that gives one array, with its array arguments by name. */
export type Call = (arrays: Readonly<Record<string, FloatArray>>) => FloatArray;

/**
 * Holds gradients against slopes that were measured: of L = Σ w·y with random weights w, with respect to each of the
 * arrays.
 */
export function expectSlopes(
  call: Call,
  arrays: Readonly<Record<string, FloatArray>>,
  gradients: (outputGradient: FloatArray) => Readonly<Record<string, FloatArray>>,
): void {
  const weights = random(call(arrays).shape, 11);
  const claimed = gradients(weights);
  for (const [name, at] of Object.entries(arrays)) {
    const { relative } = checkGradient(
      (moved) => dot(weights, call({ ...arrays, [name]: moved })),
      claimed[name]!,
      at,
    );
    expect(relative, name).toBeLessThan(1e-3);
  }
}

/** Every padding mode. */
export const paddingMode = fc.constantFrom(
  "zero" as const,
  "reflect" as const,
  "replicate" as const,
  "circular" as const,
);

/** Options that a convolution and its transpose share. */
export const transposedWalk = fc.record(
  {
    stride: perAxis(3),
    padding: fc.oneof(
      fc.constantFrom("valid" as const, "same" as const, "full" as const),
      perAxis(2, 0),
      sides,
    ),
    dilation: perAxis(3),
  },
  { requiredKeys: [] },
);
/** Groups, channels of each on both sides. */
export const grouped = fc.tuple(small(3), small(2), small(2));
