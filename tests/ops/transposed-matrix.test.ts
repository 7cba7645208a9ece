/** A convolution written as a matrix, whose transpose is the transposed convolution. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FloatArray, fromData, random, rowMajor } from "../../src/array.js";
import { conv2d, convolutionMatrix, transposedConv2d } from "../../src/ops/index.js";
import { seed, small } from "./arbitraries.js";
import { expectClose, outcome } from "./close.js";
import { grouped, paddingMode, transposedWalk } from "./family-cases.js";

/** A matrix of outputs × inputs as a 1×1 kernel. */
function asPointwise(matrix: FloatArray): FloatArray {
  const turned = matrix.transpose(1, 0) as FloatArray;
  return fromData(rowMajor(turned), [1, 1, ...turned.shape]);
}

describe("convolutionMatrix", () => {
  test("times the pixels is the convolution, its transpose is the transposed one", () => {
    let computed = 0;
    fc.assert(
      fc.property(
        fc.tuple(small(6), small(6)),
        fc.tuple(small(3), small(3), seed),
        grouped,
        transposedWalk,
        paddingMode,
        fc.boolean(),
        ([h, w], [kh, kw, s], [groups, a, b], walk, mode, flip) => {
          const kernel = random([kh, kw, a, b * groups], s);
          const options = { ...walk, groups, paddingMode: mode, flip };
          const x = random([h, w, a * groups], s + 1);
          const wanted = outcome(() => conv2d(x, kernel, options));
          const made = outcome(() => convolutionMatrix(kernel, [h, w], options));
          if ("error" in made || "error" in wanted) {
            expect("error" in made).toBe("error" in wanted);
            return;
          }
          computed++;
          const product = conv2d(fromData(rowMajor(x), [1, 1, x.size]), asPointwise(made.array));
          expectClose(fromData(rowMajor(product), wanted.array.shape), wanted.array, 1);
        },
      ),
      { numRuns: 200 },
    );
    expect(computed).toBeGreaterThan(50);
    const kernel = random([3, 2], 5);
    const matrix = convolutionMatrix(kernel, [5, 4], { stride: 2 });
    expect(matrix.shape).toEqual([4, 20]);
    const y = random([2, 2], 6);
    const back = transposedConv2d(y, kernel, { stride: 2 });
    const turned = matrix.transpose(1, 0) as FloatArray;
    const product = rowMajor(conv2d(fromData(rowMajor(y), [1, 1, 4]), asPointwise(turned)));
    expectClose(fromData(product, [5, 4]), back, 1);
  });

  test("says what it can't write out", () => {
    expect(convolutionMatrix(random([3, 3]), [28, 28], { padding: "same" }).shape).toEqual([
      784, 784,
    ]);
    expect(() => convolutionMatrix(random([3, 3]), [64, 64], { padding: "same" })).toThrow(
      "convolutionMatrix: the matrix would be 4096×4096, more than 4194304 numbers. It is for looking at: take a smaller image or fewer channels.",
    );
    expect(() => convolutionMatrix(random([3, 3]), [2, 2])).toThrow(/spans 3 rows/);
    expect(() => convolutionMatrix(random([3, 3]), 28 as never)).toThrow(
      /\[height, width\]; got 28/,
    );
    expect(() => convolutionMatrix(random([3, 3]), [0, 5])).toThrow(/height.*got 0/);
    expect(() => convolutionMatrix(undefined as never, [5, 5])).toThrow(/kernel must be an array/);
    expect(() => convolutionMatrix(random([3, 3, 3]), [5, 5])).toThrow(/Kh×Kw×Cin×Cout; got 3×3×3/);
  });
});
