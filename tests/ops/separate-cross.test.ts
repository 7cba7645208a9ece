/** The quick look at a kernel's rank says what its singular values say, or nothing. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { gaussian } from "../../src/filters/index.js";
import { isSeparable } from "../../src/ops/index.js";
import { isCross } from "../../src/ops/separate-cross.js";
import { singularValues } from "../../src/ops/separate-svd.js";

test("never disagrees with the singular values", () => {
  const number = fc.double({ min: -1, max: 1, noNaN: true });
  let decided = 0;
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 5 }),
      fc.array(number, { minLength: 10, maxLength: 10 }),
      fc.array(number, { minLength: 25, maxLength: 25 }),
      fc.constantFrom(0, 1e-8, 1e-5, 1e-3, 0.1, 1),
      fc.constantFrom(1e-6, 1e-3, 0.3),
      (m, n, factors, noise, loud, tolerance) => {
        const matrix = Array.from(
          { length: m * n },
          (_, i) => factors[Math.floor(i / n)]! * factors[5 + (i % n)]! + loud * noise[i]!,
        );
        const seen = isCross(matrix, m, n, tolerance);
        if (seen === undefined) return;
        decided++;
        const { values } = singularValues(matrix, m, n);
        const share = (values[1] ?? 0) / (values[0]! || 1);
        // At the very edge the two may round differently.
        if (Math.abs(share - tolerance) > 1e-9 * tolerance) expect(share <= tolerance).toBe(seen);
      },
    ),
    { numRuns: 3000 },
  );
  expect(decided).toBeGreaterThan(2000);
});

test("a kernel of 379×379 is told at once: three looks at it take no minute", () => {
  const large = gaussian(63);
  expect(large.shape).toEqual([379, 379]);
  expect(isCross(large.data, 379, 379, 1e-6)).toBe(true);
  expect(isSeparable(large)).toBe(true);
  large.set(0, 0, 1);
  expect(isCross(large.data, 379, 379, 1e-6)).toBe(false);
  expect(isCross(new Float32Array(9), 3, 3, 1e-6)).toBe(true);
});
