/** PNG of every kind, read and written. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromData, toNested } from "../../src/array.js";
import { maxAbsDifference } from "../../src/array-measures.js";
import { ShapeError } from "../../src/errors.js";
import { load, toPng } from "../../src/image/index.js";
import { type Raw, samplesPerPixel, writePng } from "./write-png.js";

/** Every pair of type and depth that the PNG specification allows (table 11.1). */
const KINDS: readonly [Raw["type"], Raw["depth"]][] = [
  ...([1, 2, 4, 8, 16] as const).map((depth): [Raw["type"], Raw["depth"]] => [0, depth]),
  ...([1, 2, 4, 8] as const).map((depth): [Raw["type"], Raw["depth"]] => [3, depth]),
  ...([2, 4, 6] as const).flatMap((type): [Raw["type"], Raw["depth"]][] => [
    [type, 8],
    [type, 16],
  ]),
];

/** What the file says, computed from its samples by the PNG specification alone. */
function expected(raw: Raw, palette: number[]): number[] {
  const per = samplesPerPixel(raw.type);
  const top = 2 ** raw.depth - 1;
  const values: number[] = [];
  for (let i = 0; i < raw.width * raw.height; i++) {
    const pixel = raw.samples.slice(i * per, i * per + per);
    if (raw.type === 3) {
      values.push(...palette.slice(pixel[0]! * 3, pixel[0]! * 3 + 3).map((v) => v / 255));
      continue;
    }
    const alpha = raw.type === 4 || raw.type === 6 ? pixel.pop()! / top : 1;
    values.push(...pixel.map((v) => (v / top) * alpha + (1 - alpha)));
  }
  return values;
}

describe("PNG", () => {
  test.each(KINDS)("type %i with %i bits reads as the specification says", (type, depth) => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        fc.infiniteStream(fc.nat(2 ** depth - 1)),
        (width, height, interlaced, stream) => {
          const samples = [...stream.take(width * height * samplesPerPixel(type))];
          const palette = Array.from({ length: 3 * 2 ** depth }, (_, i) => (i * 37 + 11) % 256);
          const before: [string, number[]][] = type === 3 ? [["PLTE", palette.slice(0, 768)]] : [];
          const raw: Raw = { width, height, depth, type, samples, interlaced, before };
          const picture = load(writePng(raw));
          const grey = type === 0 || type === 4;
          expect(picture.shape).toEqual(grey ? [height, width] : [height, width, 3]);
          const wanted = fromData(Float32Array.from(expected(raw, palette)), picture.shape);
          expect(maxAbsDifference(picture, wanted)).toBeLessThan(1e-6);
        },
      ),
      { numRuns: 25 },
    );
  });

  test("lays transparent pixels on white", () => {
    const raw: Raw = {
      width: 2,
      height: 1,
      depth: 8,
      type: 6,
      samples: [255, 0, 0, 0, 0, 0, 255, 255],
    };
    expect(toNested(load(writePng(raw)))).toEqual([
      [
        [1, 1, 1],
        [0, 0, 1],
      ],
    ]);
    const palette: Raw = {
      width: 2,
      height: 1,
      depth: 1,
      type: 3,
      samples: [0, 1],
      before: [
        ["PLTE", [255, 0, 0, 0, 255, 0]],
        ["tRNS", [0]],
      ],
    };
    expect(toNested(load(writePng(palette)))).toEqual([
      [
        [1, 1, 1],
        [0, 1, 0],
      ],
    ]);
  });

  test("what toPng writes comes back, but for the rounding to 8 bits", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 12 }),
        fc.constantFrom(1, 3),
        fc.infiniteStream(fc.double({ min: -0.5, max: 1.5, noNaN: true })),
        (height, width, channels, stream) => {
          const shape = channels === 1 ? [height, width] : [height, width, 3];
          const picture = fromData(
            Float32Array.from([...stream.take(height * width * channels)]),
            shape,
          );
          const back = load(toPng(picture));
          const wanted = fromData(
            picture.data.map((v) => Math.min(1, Math.max(0, v))),
            shape,
          );
          expect(back.shape).toEqual(shape);
          expect(maxAbsDifference(back, wanted)).toBeLessThan(0.5 / 255 + 1e-6);
          expect(maxAbsDifference(load(toPng(back)), back)).toBe(0);
        },
      ),
    );
  });

  test("toPng takes a view as it is seen", () => {
    const picture = fromData(Float32Array.from([0, 1, 0, 0, 1, 1]), [2, 3]);
    expect(toNested(load(toPng(picture.transpose(1, 0) as typeof picture)))).toEqual([
      [0, 0],
      [1, 1],
      [0, 1],
    ]);
  });

  test("refuses what is not a picture", () => {
    expect(() => toPng(fromData(new Float32Array(8), [2, 2, 2]))).toThrow(ShapeError);
    expect(() => toPng(fromData(new Float32Array(0), [0, 2]))).toThrow("at least one pixel");
    // @ts-expect-error: what a reader may try
    expect(() => toPng([[1, 0]])).toThrow("got a plain list");
  });
});
