/** Transposed convolution: the transpose of a convolution, and the fast version like the loops. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  array,
  type FloatArray,
  fromData,
  fromFunction,
  random,
  rowMajor,
  toNested,
  zeros,
} from "../../src/array.js";
import {
  conv1d,
  conv2d,
  convolutionMatrix,
  fast,
  overlapCounts,
  reference,
  transposedConv1d,
  transposedConv1dGradient,
  transposedConv2d,
  transposedConv2dGradient,
  zeroInsertion,
} from "../../src/ops/index.js";
import { asView, perAxis, seed, sides, small } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";
import { expectClose, expectSameOutcome, outcome } from "./close.js";
import { dot, expectSameGradients, expectSlopes, paddingMode } from "./family-cases.js";

/** Options that a convolution and its transpose share. */
const shared = fc.record(
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
const grouped = fc.tuple(small(3), small(2), small(2));

describe("transposedConv2d", () => {
  test("is the adjoint of conv2d: ⟨conv2d(x, k), y⟩ = ⟨x, transposedConv2d(y, k)⟩", () => {
    let compared = 0;
    fc.assert(
      fc.property(
        fc.tuple(small(10), small(10), small(2)),
        fc.tuple(small(4), small(4), seed),
        grouped,
        shared,
        ([h, w, n], [kh, kw, s], [groups, cx, cy], options) => {
          const k = random([kh, kw, cx, cy * groups], s);
          const x = random([n, h, w, cx * groups], s + 1);
          const forward = outcome(() => conv2d(x, k, { ...options, groups }));
          if ("error" in forward) return;
          const y = random(forward.array.shape, s + 2);
          // What the stride left out of x, the output padding puts back.
          const short = outcome(() => transposedConv2d(y, k, { ...options, groups }));
          const [oh, ow] = "error" in short ? [0, 0] : short.array.shape.slice(1);
          const [sy, sx] = [options.stride ?? 1].flatMap((one) =>
            typeof one === "number" ? [one, one] : [...one],
          ) as [number, number];
          let back: FloatArray;
          if (options.padding === "same") {
            if (h % sy > 0 || w % sx > 0) return; // "same" makes n·stride, and nothing else
            back = transposedConv2d(y, k, { ...options, groups });
          } else if ("error" in short) {
            back = transposedConv2d(y, k, { ...options, groups, outputPadding: [sy - 1, sx - 1] });
            if (back.shape[1] !== h || back.shape[2] !== w) return;
          } else {
            back = transposedConv2d(y, k, {
              ...options,
              groups,
              outputPadding: [h - oh!, w - ow!],
            });
          }
          compared++;
          expect(Math.abs(dot(forward.array, y) - dot(x, back))).toBeLessThan(1e-4);
        },
      ),
      { numRuns: 500 },
    );
    expect(compared).toBeGreaterThan(200);
  });

  test("is a convolution of the pixels moved apart, with the kernel turned", () => {
    fc.assert(
      fc.property(
        small(5),
        small(5),
        small(3),
        small(3),
        small(3),
        seed,
        (h, w, k, stride, c, s) => {
          const x = random([h, w, c], s);
          const kernel = random([k, k, 2, c], s + 1);
          const exchanged = fromFunction([k, k, c, 2], (u, v, a, b) => kernel.get(u!, v!, b!, a!));
          expectClose(
            transposedConv2d(x, kernel, { stride }),
            conv2d(zeroInsertion(x, stride), exchanged, { padding: "full", flip: true }),
            1,
          );
        },
      ),
      { numRuns: 100 },
    );
  });

  test("one value stamps the kernel", () => {
    expect(
      toNested(
        transposedConv2d(
          array([[2]]),
          array([
            [1, 2],
            [3, 4],
          ]),
        ),
      ),
    ).toEqual([
      [2, 4],
      [6, 8],
    ]);
    expect(
      toNested(
        transposedConv2d(
          array([[2]]),
          array([
            [1, 2],
            [3, 4],
          ]),
          { dilation: 2, bias: 1 },
        ),
      ),
    ).toEqual([
      [3, 1, 5],
      [1, 1, 1],
      [7, 1, 9],
    ]);
  });

  test("sizes", () => {
    const size = (n: number, k: number, options: object): number[] =>
      transposedConv2d(zeros([n, n]), zeros([k, k]), options).shape;
    expect(size(4, 3, { stride: 2 })).toEqual([9, 9]);
    expect(size(4, 3, { stride: 2, padding: 1, outputPadding: 1 })).toEqual([8, 8]);
    expect(size(4, 4, { stride: 2, padding: 1 })).toEqual([8, 8]);
    expect(size(4, 3, { stride: 2, padding: "same" })).toEqual([8, 8]);
    expect(size(4, 4, { stride: 2, padding: "same" })).toEqual([8, 8]);
    expect(size(4, 1, { stride: 3, padding: "same" })).toEqual([12, 12]); // the kernel is smaller than the stride
    expect(size(4, 2, { stride: 3 })).toEqual([11, 11]);
    expect(size(4, 3, { padding: "full" })).toEqual([2, 2]);
    expect(size(4, 3, { stride: [1, 3], padding: { top: 1, right: 2 }, dilation: [2, 1] })).toEqual(
      [7, 10],
    );
    expect(transposedConv2d(zeros([0, 2, 2, 3]), zeros([2, 2, 5, 3])).shape).toEqual([0, 3, 3, 5]);
    expect(transposedConv2d(zeros([2, 2]), zeros([2, 2, 5, 1])).shape).toEqual([3, 3, 5]);
  });

  test("'same' cuts as a convolution of the result would pad", () => {
    const x = array([[1, 0, 0]]);
    expect(
      toNested(transposedConv2d(x, array([[1, 2, 3]]), { stride: [1, 2], padding: "same" })),
    ).toEqual([[1, 2, 3, 0, 0, 0]]);
    expect(
      toNested(transposedConv2d(x, array([[1, 2, 3, 4]]), { stride: [1, 2], padding: "same" })),
    ).toEqual([[2, 3, 4, 0, 0, 0]]);
  });

  test("rows of the output padding that no stamp reaches hold the bias", () => {
    const y = transposedConv2d(array([[1]]), array([[5]]), {
      stride: 2,
      outputPadding: 1,
      bias: 0.5,
    });
    expect(toNested(y)).toEqual([
      [5.5, 0.5],
      [0.5, 0.5],
    ]);
  });

  test.each([
    { stride: 2, padding: 1, outputPadding: 1 },
    { stride: [1, 3], dilation: [2, 1], padding: { top: 1, right: 2 } },
    { stride: 2, padding: "same" },
    { stride: 3, outputPadding: [2, 1], groups: 2 },
  ] as const)("gradients are slopes: %o", (options) => {
    const groups = ("groups" in options && options.groups) || 1;
    const arrays = {
      input: random([2, 3, 4, 2], 1),
      kernel: random([3, 2, 3, 2], 2),
      bias: random([3 * groups], 3),
    };
    expectSlopes(
      ({ input, kernel, bias }) => transposedConv2d(input!, kernel!, { ...options, bias: bias! }),
      arrays,
      (g) => ({ ...transposedConv2dGradient(arrays.input, arrays.kernel, g, options) }),
    );
  });

  test.each<[string, () => unknown, string | RegExp]>([
    [
      "three axes",
      () => transposedConv2d(zeros([4, 4, 3]), zeros([3, 3, 3])),
      "transposedConv2d: the kernel is that of the convolution, Kh×Kw×(result's channels)×(input's channels), or Kh×Kw; got 3×3×3.",
    ],
    [
      "an empty kernel",
      () => transposedConv2d(zeros([4, 4]), zeros([0, 3])),
      /empty along one axis/,
    ],
    [
      "channels exchanged",
      () => transposedConv2d(zeros([4, 4, 3]), zeros([3, 3, 3, 5])),
      /has 3 channels.*reads 5 \(its last axis\)/,
    ],
    [
      "groups",
      () => transposedConv2d(zeros([4, 4, 3]), zeros([3, 3, 1, 3]), { groups: 2 }),
      /2 groups cannot share the input's 3 channels/,
    ],
    [
      "nothing left",
      () => transposedConv2d(zeros([1, 1]), zeros([3, 3]), { padding: 2 }),
      "transposedConv2d: the stamps cover 3 rows, and a padding of 2 and 2 leaves none of them. Take less padding.",
    ],
    [
      "biases",
      () => transposedConv2d(zeros([4, 4, 3]), zeros([3, 3, 2, 3]), { bias: [1, 2, 3] }),
      /3 biases came for 2 output channels/,
    ],
    [
      "a gradient of another shape",
      () => transposedConv2dGradient(zeros([2, 2]), zeros([2, 2]), zeros([2, 2])),
      /3×3; got 2×2/,
    ],
  ])("ShapeError: %s", (_, call, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(expect.objectContaining({ name: "ShapeError" }));
  });

  test.each<[string, () => unknown, string | RegExp]>([
    [
      "output padding as large as the stride",
      () => transposedConv2d(zeros([2, 2]), zeros([2, 2]), { stride: 2, outputPadding: 2 }),
      /output padding must be smaller than the stride, 2; got 2/,
    ],
    [
      "output padding with same",
      () =>
        transposedConv2d(zeros([2, 2]), zeros([3, 3]), {
          stride: 2,
          padding: "same",
          outputPadding: 1,
        }),
      /"same" makes n·stride rows/,
    ],
    [
      "stride 0",
      () => transposedConv2d(zeros([2, 2]), zeros([2, 2]), { stride: 0 }),
      /stride.*got 0/,
    ],
    [
      "padding in words",
      () => transposedConv2d(zeros([2, 2]), zeros([2, 2]), { padding: "all" as never }),
      /padding.*got "all"/,
    ],
    [
      "half a group",
      () => transposedConv2d(zeros([2, 2]), zeros([2, 2]), { groups: 0.5 }),
      /number of groups.*got 0\.5/,
    ],
  ])("ArgumentError: %s", (_, call, message) => {
    expect(call).toThrow(message);
    expect(call).toThrow(expect.objectContaining({ name: "ArgumentError" }));
  });
});

describe("transposedConv1d", () => {
  test("is transposedConv2d of one row", () => {
    fc.assert(
      fc.property(
        small(7),
        small(4),
        small(3),
        small(2),
        grouped,
        seed,
        (length, k, stride, dilation, [groups, a, b], s) => {
          const x = random([2, length, b * groups], s);
          const kernel = random([k, a, b * groups], s + 1);
          const options = { stride, dilation, groups, outputPadding: stride - 1, bias: 0.5 };
          const wide = transposedConv2d(
            fromData(rowMajor(x), [2, 1, length, b * groups]),
            fromData(rowMajor(kernel), [1, k, a, b * groups]),
            {
              ...options,
              stride: [1, stride],
              dilation: [1, dilation],
              outputPadding: [0, stride - 1],
            },
          );
          const line = transposedConv1d(x, kernel, options);
          expectClose(line, fromData(rowMajor(wide), line.shape), 1);
        },
      ),
      { numRuns: 100 },
    );
  });

  test("is the adjoint of conv1d", () => {
    const [x, k] = [random([9, 2], 1), random([3, 2, 4], 2)];
    const options = { stride: 2, padding: [1, 0] as const, dilation: 2 };
    const y = random(conv1d(x, k, options).shape, 3);
    const back = transposedConv1d(y, k, { ...options, outputPadding: 1 });
    expect(dot(conv1d(x, k, options), y)).toBeCloseTo(dot(x, back), 5);
  });

  test("gradients are slopes, a signal may have no channels", () => {
    const arrays = { input: random([5], 1), kernel: random([3], 2), bias: random([1], 3) };
    const options = { stride: 2, padding: { before: 1 }, outputPadding: 1 } as const;
    expectSlopes(
      ({ input, kernel, bias }) => transposedConv1d(input!, kernel!, { ...options, bias: bias! }),
      arrays,
      (g) => ({ ...transposedConv1dGradient(arrays.input, arrays.kernel, g, options) }),
    );
    expect(() => transposedConv1d(zeros([2, 2, 2, 2]), zeros([2]))).toThrow(
      "transposedConv1d: the input is L, L×C or N×L×C; got 2×2×2×2.",
    );
    expect(() => transposedConv1d(zeros([3, 8]), zeros([2, 1, 3]))).toThrow(
      /expected L×C with the 3 channels .* is this C×L\? Use input.transpose\(1, 0\)\./,
    );
    expect(() => transposedConv1d(zeros([4, 8]), zeros([2, 1, 3]))).toThrow(
      /has 8 channels.*The two must be equal/,
    );
  });
});

describe("convolutionMatrix", () => {
  test("times the pixels is the convolution, its transpose is the transposed one", () => {
    let computed = 0;
    fc.assert(
      fc.property(
        fc.tuple(small(6), small(6)),
        fc.tuple(small(3), small(3), seed),
        grouped,
        shared,
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

/** A matrix of outputs × inputs as a 1×1 kernel. */
function asPointwise(matrix: FloatArray): FloatArray {
  const turned = matrix.transpose(1, 0) as FloatArray;
  return fromData(rowMajor(turned), [1, 1, ...turned.shape]);
}

describe("overlapCounts", () => {
  test("is a transposed convolution of ones", () => {
    fc.assert(
      fc.property(small(9), small(6), small(6), (n, k, stride) => {
        const ones = (length: number): FloatArray => fromFunction([length], () => 1);
        expectClose(overlapCounts(n, k, stride), transposedConv1d(ones(n), ones(k), { stride }));
      }),
    );
    expect(() => overlapCounts(0, 3, 1)).toThrow(/stamps.*got 0/);
    expect(() => overlapCounts(3, 1.5, 1)).toThrow(/kernel size.*got 1.5/);
    expect(() => overlapCounts(3, 3, 0)).toThrow(/stride.*got 0/);
  });
});

onEachBackEnd((_name, numRuns) => {
  test("fast transposed convolutions give what the loops give, and so do their gradients", () => {
    let computed = 0;
    fc.assert(
      fc.property(
        fc.tuple(small(3), small(6), small(6), fc.constantFrom(2, 3, 4)),
        fc.tuple(small(4), small(4), seed),
        grouped,
        shared,
        fc.tuple(small(2, 0), small(2, 0), fc.boolean()),
        ([n, h, w, rank], [kh, kw, s], [groups, a, b], walk, [more, across, view]) => {
          const flat = rank === 2;
          const input = random(
            flat ? [h, w] : rank === 3 ? [h, w, b * groups] : [n, h, w, b * groups],
            s,
          );
          const kernel = random(
            flat && b === 1 ? [kh, kw] : [kh, kw, a, flat ? 1 : b * groups],
            s + 1,
          );
          const x = view ? asView(input) : input;
          const options = {
            ...walk,
            ...(flat ? {} : { groups }),
            outputPadding: [more, across] as const,
            bias: 0.5,
          };
          const wanted = outcome(() => reference.transposedConv2d(x, kernel, options));
          expectSameOutcome(
            outcome(() => fast.transposedConv2d(x, kernel, options)),
            wanted,
            1,
          );
          if ("error" in wanted) return;
          computed++;
          const g = random(wanted.array.shape, s + 2);
          expectSameGradients(
            fast.transposedConv2dGradient(x, kernel, g, options),
            reference.transposedConv2dGradient(x, kernel, g, options),
          );
        },
      ),
      { numRuns },
    );
    expect(computed).toBeGreaterThan(numRuns / 6);
  });

  test("signals", () => {
    fc.assert(
      fc.property(
        small(7),
        small(4),
        small(3),
        small(3),
        grouped,
        seed,
        (length, k, stride, dilation, [groups, a, b], s) => {
          const x = random([length, b * groups], s);
          const kernel = random([k, a, b * groups], s + 1);
          const options = { stride, dilation, groups, padding: { after: 1 }, bias: 0.5 };
          const wanted = outcome(() => reference.transposedConv1d(x, kernel, options));
          expectSameOutcome(
            outcome(() => fast.transposedConv1d(x, kernel, options)),
            wanted,
            1,
          );
          if ("error" in wanted) return;
          const g = random(wanted.array.shape, s + 2);
          expectSameGradients(
            fast.transposedConv1dGradient(x, kernel, g, options),
            reference.transposedConv1dGradient(x, kernel, g, options),
          );
        },
      ),
      { numRuns: numRuns / 3 },
    );
  });

  test("an empty batch", () => {
    const [x, k, g] = [zeros([0, 2, 2, 3]), zeros([2, 2, 5, 3]), zeros([0, 3, 3, 5])];
    expectClose(fast.transposedConv2d(x, k), reference.transposedConv2d(x, k));
    expectSameGradients(
      fast.transposedConv2dGradient(x, k, g),
      reference.transposedConv2dGradient(x, k, g),
    );
  });

  test("an infinite value reaches its own stamp and nothing else", () => {
    const x = array([[0, Number.POSITIVE_INFINITY, 0]]);
    for (const dilation of [1, 2]) {
      const options = { stride: [1, 2] as const, dilation };
      const k = array([[1, 2]]);
      expect(rowMajor(fast.transposedConv2d(x, k, options))).toEqual(
        rowMajor(reference.transposedConv2d(x, k, options)),
      );
    }
  });
});
