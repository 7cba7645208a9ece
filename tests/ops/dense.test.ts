/** Fully connected layers, and what they have to do with convolutions. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { array, type FloatArray, fromData, random, toNested, zeros } from "../../src/array.js";
import { type ConvOptions, checkGradient, fast, reference } from "../../src/ops/index.js";
import { asView, image, padding, perAxis, seed, small } from "./arbitraries.js";
import { onEachBackEnd } from "./back-ends.js";
import { expectClose, outcome } from "./close.js";
import { expectAlike, withSpecials } from "./finite.js";

const { conv2d, convolutionAsFullyConnected, flatten, fullyConnected } = reference;

onEachBackEnd((_name, numRuns) => {
  test("fullyConnected and its gradient", () => {
    fc.assert(
      fc.property(
        fc.tuple(small(4), small(9), small(7)),
        fc.constantFrom("list", "batch", "view", "special"),
        fc.oneof(fc.double({ min: -2, max: 2, noNaN: true }), fc.constant("each" as const)),
        seed,
        ([n, inputs, units], kind, given, s) => {
          const plain = random(kind === "list" ? [inputs] : [n, inputs], s);
          const x =
            kind === "view" ? asView(plain) : kind === "special" ? withSpecials(plain) : plain;
          const w = random([inputs, units], s + 1);
          const bias = given === "each" ? random([units], s + 2) : given;
          const y = reference.fullyConnected(x, w, { bias });
          expectAlike(fast.fullyConnected(x, w, { bias }), y, 1);
          const dy = random(y.shape, s + 3);
          const got = fast.fullyConnectedGradient(x, w, dy);
          const wanted = reference.fullyConnectedGradient(x, w, dy);
          for (const part of ["input", "weights", "bias"] as const) {
            expectAlike(got[part], wanted[part], 1);
          }
        },
      ),
      { numRuns: numRuns / 2 },
    );
  });

  test("a convolution as a matrix: fast equals the loops", () => {
    const kernel = random([3, 2, 2, 3], 1);
    const options: ConvOptions = { stride: [2, 1], padding: { top: 1, left: 1 }, bias: [1, 2, 3] };
    const got = fast.convolutionAsFullyConnected(kernel, [5, 4, 2], options);
    const wanted = reference.convolutionAsFullyConnected(kernel, [5, 4, 2], options);
    expectClose(got.weights, wanted.weights);
    expectClose(got.bias, wanted.bias);
  });

  test("an empty batch", () => {
    for (const ops of [fast, reference]) {
      expect(ops.fullyConnected(zeros([0, 3]), zeros([3, 2])).shape).toEqual([0, 2]);
      const gradient = ops.fullyConnectedGradient(zeros([0, 3]), zeros([3, 2]), zeros([0, 2]));
      expect(gradient.input.shape).toEqual([0, 3]);
      expect(toNested(gradient.weights)).toEqual(toNested(zeros([3, 2])));
      expect(toNested(gradient.bias)).toEqual([0, 0]);
    }
  });

  test.each([600, 1024, 25088])("products of %i terms drift by no more than 1e-5", (long) => {
    const tenths = (shape: number[]): FloatArray =>
      fromData(new Float32Array(shape.reduce((a, b) => a * b)).fill(0.1), shape);
    const x = tenths([2, long]);
    const w = tenths([long, 3]);
    expectClose(fast.fullyConnected(x, w), reference.fullyConnected(x, w));
    const turned = fast.fullyConnectedGradient(tenths([2, 3]), tenths([3, long]), x);
    const wanted = reference.fullyConnectedGradient(tenths([2, 3]), tenths([3, long]), x);
    expectClose(turned.input, wanted.input);
    const batch = [tenths([long, 3]), tenths([3, 2]), tenths([long, 2])] as const;
    const got = fast.fullyConnectedGradient(...batch);
    expectClose(got.weights, reference.fullyConnectedGradient(...batch).weights);
    expectClose(got.bias, reference.fullyConnectedGradient(...batch).bias);
  });
});

describe("flatten", () => {
  test("row by row, channels side by side", () => {
    expect(
      toNested(
        flatten(
          array([
            [
              [1, 2],
              [3, 4],
            ],
            [
              [5, 6],
              [7, 8],
            ],
          ]),
        ),
      ),
    ).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(flatten(zeros([5, 4, 3, 2])).shape).toEqual([5, 24]);
    expect(flatten(zeros([0, 4, 3, 2])).shape).toEqual([0, 24]);
    expect(flatten(zeros([4, 3])).shape).toEqual([12]);
    expect(fast.flatten).toBe(reference.flatten);
  });
  test("views are read as they look, and the result is a copy", () => {
    const x = array([
      [1, 2],
      [3, 4],
    ]);
    const flat = flatten(x.transpose(1, 0));
    expect(toNested(flat)).toEqual([1, 3, 2, 4]);
    flatten(x).set(0, 9);
    expect(x.get(0, 0)).toBe(1);
  });
});

describe("fully connected is a convolution, and a convolution is fully connected", () => {
  test("a layer over an image is a kernel as large as the image", () => {
    fc.assert(
      fc.property(small(4), small(4), small(3), small(4), seed, (h, w, c, units, s) => {
        const x = random([2, h, w, c], s);
        const weights = random([h * w * c, units], s + 1);
        const bias = random([units], s + 2);
        const kernel = reference.fullyConnectedAsConvolution(weights, [h, w, c]);
        const maps = conv2d(x, kernel, { bias });
        expect(maps.shape).toEqual([2, 1, 1, units]);
        expectClose(flatten(maps), fullyConnected(flatten(x), weights, { bias }), 1);
      }),
    );
  });
  test("and over a larger image it gives at each place what the layer gives on that part", () => {
    const x = random([7, 8, 3], 1);
    const weights = random([4 * 5 * 3, 6], 2);
    const maps = conv2d(x, reference.fullyConnectedAsConvolution(weights, [4, 5, 3]));
    expect(maps.shape).toEqual([4, 4, 6]);
    for (const [i, j] of [
      [0, 0],
      [2, 1],
      [3, 3],
    ] as const) {
      const part = x.hi(i + 4, j + 5, 3).lo(i, j, 0);
      expectClose(maps.pick(i, j, null), fullyConnected(flatten(part), weights), 1);
    }
  });
  test("any convolution is a matrix", () => {
    let computed = 0;
    fc.assert(
      fc.property(
        image,
        fc.tuple(small(3), small(3), small(3), seed),
        fc.record({ stride: perAxis(3), padding, dilation: perAxis(2), flip: fc.boolean() }),
        (x, [kh, kw, m, s], options) => {
          const size = x.shape.length === 4 ? x.shape.slice(1) : [...x.shape, 1].slice(0, 3);
          const kernel = random([kh, kw, size[2]!, m], s);
          const all = { ...options, bias: Array.from({ length: m }, (_, i) => i - 0.5) };
          const y = outcome(() => conv2d(x, kernel, all));
          const dense = (): FloatArray => {
            const { weights, bias } = convolutionAsFullyConnected(
              kernel,
              size as [number, number, number],
              all,
            );
            return fullyConnected(flatten(x), weights, { bias });
          };
          const got = outcome(dense);
          if ("error" in y || "error" in got) {
            expect(got).toEqual(y);
            return;
          }
          computed++;
          const flat =
            x.shape.length === 4 ? [x.shape[0]!, y.array.size / x.shape[0]!] : [y.array.size];
          expectClose(got.array, fromData(y.array.data, flat), 1);
        },
      ),
      { numRuns: 200 },
    );
    expect(computed).toBeGreaterThan(50);
  });
  test("more unit images than go through at once", () => {
    const kernel = random([2, 2, 1, 1], 3);
    const x = random([17, 18], 4);
    const { weights, bias } = convolutionAsFullyConnected(kernel, [17, 18, 1], { bias: 2 });
    const y = conv2d(x, kernel, { bias: 2 });
    expectClose(fullyConnected(flatten(x), weights, { bias }), fromData(y.data, [y.size]), 1);
  });
});

test("gradients by small changes", () => {
  const x = random([3, 4], 1);
  const w = random([4, 5], 2);
  const b = random([5], 3);
  const dy = random([3, 5], 4);
  const loss = (y: FloatArray): number => y.data.reduce((t, v, i) => t + v * dy.data[i]!, 0);
  const gradient = reference.fullyConnectedGradient(x, w, dy);
  const at = (f: (a: FloatArray) => FloatArray, g: FloatArray, a: FloatArray): number =>
    checkGradient((moved) => loss(f(moved)), g, a).relative;
  expect(at((a) => fullyConnected(a, w, { bias: b }), gradient.input, x)).toBeLessThan(1e-4);
  expect(at((a) => fullyConnected(x, a, { bias: b }), gradient.weights, w)).toBeLessThan(1e-4);
  expect(at((a) => fullyConnected(x, w, { bias: a }), gradient.bias, b)).toBeLessThan(1e-4);
});
