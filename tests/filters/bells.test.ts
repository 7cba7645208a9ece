/** Bells and waves: values from the formulas, and what they must have in common. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type FloatArray, fromFunction, random, rowMajor, toNested } from "../../src/array.js";
import { maxAbsDifference, sum } from "../../src/array-measures.js";
import * as filters from "../../src/filters/index.js";
import { conv2d, isSeparable, separate, spatiallySeparableConv2d } from "../../src/ops/index.js";
import { expectClose } from "../ops/close.js";

const { applyFilter } = filters;
const turned = (kernel: FloatArray): FloatArray => kernel.transpose(1, 0) as FloatArray;
const upsideDown = (kernel: FloatArray): FloatArray => kernel.step(-1, -1) as FloatArray;
const absolute = (kernel: FloatArray): number =>
  rowMajor(kernel).reduce((all, value) => all + Math.abs(value), 0);

describe("Gaussian of any σ", () => {
  test("sums to 1, is a product, and is the same from every side", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -3, max: 1.8, noNaN: true }),
        fc.option(fc.integer({ min: 1, max: 40 }), { nil: undefined }),
        (power, size) => {
          const sigma = 10 ** power;
          const kernel = filters.gaussian(sigma, size);
          expect(sum(kernel)).toBeCloseTo(1, 5);
          expect(maxAbsDifference(kernel, turned(kernel))).toBe(0);
          expect(maxAbsDifference(kernel, upsideDown(kernel))).toBe(0);
          expect(isSeparable(kernel)).toBe(true);
          expect(rowMajor(kernel).every((weight) => weight >= 0)).toBe(true);
        },
      ),
      { numRuns: 60 },
    );
  });

  test("so small that nothing is blurred, so large that it is the box", () => {
    for (const sigma of [0.01, 1e-200, Number.MIN_VALUE]) {
      expectClose(filters.gaussian(sigma), filters.identity(3));
      // An even kernel has four pixels in its middle.
      expect(toNested(filters.gaussian(sigma, 4))[1]).toEqual([0, 0.25, 0.25, 0]);
    }
    for (const sigma of [1e6, 1e200]) expectClose(filters.gaussian(sigma, 7), filters.box(7));
  });

  test("values from the formula", () => {
    const kernel = filters.gaussian(1.5, 5);
    const bell = (r: number): number => Math.exp(-(r * r) / (2 * 1.5 ** 2));
    const whole = [-2, -1, 0, 1, 2].reduce((all, r) => all + bell(r), 0);
    expect(kernel.get(2, 2)).toBeCloseTo(1 / whole ** 2, 7);
    expect(kernel.get(0, 3)).toBeCloseTo((bell(2) * bell(1)) / whole ** 2, 7);
  });

  test("gaussian1d is its column and its row, also where the square would be too large", () => {
    const bell = filters.gaussian1d(2);
    const { column } = separate(filters.gaussian(2));
    expectClose(
      bell,
      fromFunction([13], (i) => column.get(i!, 0)),
    );
    expect(filters.gaussian1d(1000).shape).toEqual([6001]);
    expect(sum(filters.gaussian1d(1000))).toBeCloseTo(1, 5);
    const picture = random([20, 16, 3], 4);
    const blurred = spatiallySeparableConv2d(picture, bell, bell, {
      padding: "same",
      paddingMode: "replicate",
    });
    expectClose(blurred, applyFilter(picture, filters.gaussian(2)));
  });

  test("clear errors", () => {
    expect(() => filters.gaussian(200)).toThrow(
      "gaussian: σ = 200 needs a kernel of 1201×1201, and the largest is 999×999. Blur with spatiallySeparableConv2d(picture, g, g), where g = filters.gaussian1d(200).",
    );
    expect(() => filters.gaussian(200, 1001)).toThrow(/from 1 to 999; got 1001/);
    expect(() => filters.gaussian(Number.POSITIVE_INFINITY)).toThrow(
      "gaussian: σ is a number above 0, in pixels; got Infinity.",
    );
    expect(() => filters.gaussian1d(-1)).toThrow(/got -1/);
    expect(() => filters.gaussian1d(1, 0)).toThrow(/from 1 to 99999; got 0/);
    expect(() => filters.gaussian1d(1e6)).toThrow(/from 1 to 99999; got 6000001/);
  });
});

describe("Laplacian of Gaussian", () => {
  test("is MATLAB's fspecial('log', 5, 0.5)", () => {
    const wanted = [
      [0.0448, 0.0468, 0.0564, 0.0468, 0.0448],
      [0.0468, 0.3167, 0.7146, 0.3167, 0.0468],
      [0.0564, 0.7146, -4.9048, 0.7146, 0.0564],
    ];
    const made = toNested(filters.laplacianOfGaussian(0.5, 5)) as number[][];
    expect(made.slice(0, 3)).toEqual(
      wanted.map((row) => row.map((value) => expect.closeTo(value, 4))),
    );
  });

  test("sums to 0, is the same from every side, and flat or evenly sloping pictures give 0", () => {
    for (const sigma of [0.3, 1, 1.4, 3]) {
      const kernel = filters.laplacianOfGaussian(sigma);
      expect(Math.abs(sum(kernel)) / absolute(kernel)).toBeLessThan(1e-6);
      expect(maxAbsDifference(kernel, turned(kernel))).toBeLessThan(1e-6);
      const middle = (kernel.shape[0]! - 1) / 2;
      expect(kernel.get(middle, middle)).toBe(Math.min(...rowMajor(kernel)));
      const side = kernel.shape[0]! + 2;
      const ramp = fromFunction([side, side], (y, x) => 0.3 * x! - 0.2 * y!);
      expect(Math.max(...rowMajor(conv2d(ramp, kernel)).map(Math.abs))).toBeLessThan(
        2e-5 * absolute(kernel),
      );
    }
  });

  test("is the Laplacian of the blurred picture: a parabola's second derivatives add up to 4", () => {
    const kernel = filters.laplacianOfGaussian(2);
    const parabola = fromFunction(kernel.shape, (y, x) => (x! - 8) ** 2 + (y! - 8) ** 2);
    expect(conv2d(parabola, kernel).get(0, 0)).toBeCloseTo(4, 1);
  });

  test("clear errors", () => {
    expect(() => filters.laplacianOfGaussian(0)).toThrow(
      "laplacianOfGaussian: σ is a number of 0.1 or more, in pixels; got 0.",
    );
    expect(() => filters.laplacianOfGaussian(1, 2.5)).toThrow(/got 2.5/);
    expect(() => filters.laplacianOfGaussian(500)).toThrow(/got 4001/);
  });
});

describe("Gabor", () => {
  test("values from the formula", () => {
    const kernel = filters.gabor({
      wavelength: 6,
      orientation: 0.4,
      sigma: 2,
      aspect: 0.7,
      phase: 0.3,
      size: 9,
    });
    const at = (x: number, y: number): number => {
      const along = x * Math.cos(0.4) + y * Math.sin(0.4);
      const across = -x * Math.sin(0.4) + y * Math.cos(0.4);
      return (
        Math.exp(-(along ** 2 + 0.7 ** 2 * across ** 2) / 8) *
        Math.cos((2 * Math.PI * along) / 6 + 0.3)
      );
    };
    for (const [y, x] of [
      [4, 4],
      [0, 0],
      [2, 7],
      [8, 3],
    ] as const) {
      expect(kernel.get(y, x)).toBeCloseTo(at(x - 4, y - 4), 6);
    }
  });

  test("defaults: one octave, stripes twice as long, wide enough", () => {
    const kernel = filters.gabor({ wavelength: 4 });
    expectClose(
      kernel,
      filters.gabor({
        wavelength: 4,
        orientation: 0,
        sigma: 2.24,
        aspect: 0.5,
        phase: 0,
        size: 29,
      }),
    );
    expect(Math.max(...rowMajor(kernel).filter((_, i) => i < 29))).toBeLessThan(0.02);
  });

  test("even and odd: cosine waves are the same upside down, sine waves change sign, sum to 0", () => {
    const even = filters.gabor({ wavelength: 5, orientation: 1 });
    const odd = filters.gabor({ wavelength: 5, orientation: 1, phase: Math.PI / 2 });
    expect(maxAbsDifference(even, upsideDown(even))).toBeLessThan(1e-6);
    const both = fromFunction(odd.shape, (y, x) => odd.get(y!, x!) + upsideDown(odd).get(y!, x!));
    expect(absolute(both)).toBeLessThan(1e-4);
    expect(Math.abs(sum(odd))).toBeLessThan(1e-4);
  });

  test("a quarter turn of the orientation turns the kernel; upright and level ones are separable", () => {
    const upright = filters.gabor({ wavelength: 5 });
    const level = filters.gabor({ wavelength: 5, orientation: Math.PI / 2 });
    expect(maxAbsDifference(turned(upright), level)).toBeLessThan(1e-6);
    expect(isSeparable(upright)).toBe(true);
    expect(isSeparable(filters.gabor({ wavelength: 5, orientation: 0.7 }))).toBe(false);
  });

  test("answers to stripes of its own width and direction", () => {
    const stripes = (wave: number): FloatArray =>
      fromFunction([41, 41], (_, x) => Math.cos((2 * Math.PI * (x! - 20)) / wave));
    const answer = (wave: number, orientation: number): number =>
      Math.abs(
        applyFilter(stripes(wave), filters.gabor({ wavelength: 6, orientation }), {
          border: "zero",
        }).get(20, 20),
      );
    expect(answer(6, 0)).toBeGreaterThan(5 * answer(6, Math.PI / 2));
    expect(answer(6, 0)).toBeGreaterThan(5 * answer(18, 0));
    expect(answer(6, 0)).toBeGreaterThan(5 * answer(2.5, 0));
  });

  test("clear errors", () => {
    expect(() => filters.gabor({ wavelength: 0 })).toThrow(
      "gabor: the wavelength is a number above 0, in pixels; got 0.",
    );
    expect(() => filters.gabor(undefined as never)).toThrow(/wavelength.*got undefined/);
    expect(() => filters.gabor({ wavelength: 4, sigma: -1 })).toThrow(
      /gabor: σ is a number above 0.*got -1/,
    );
    expect(() => filters.gabor({ wavelength: 4, aspect: 0 })).toThrow(
      /aspect is a number above 0; got 0/,
    );
    expect(() => filters.gabor({ wavelength: 4, orientation: Number.NaN })).toThrow(
      "gabor: the orientation is an angle in radians; got NaN.",
    );
    expect(() => filters.gabor({ wavelength: 4, size: 1000 })).toThrow(/from 1 to 999/);
  });
});
