import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { array, fromData, fromFunction, random } from "../../src/array.js";
import { maxAbsDifference } from "../../src/array-measures.js";
import { ArgumentError, ShapeError } from "../../src/errors.js";
import { load, photo, toWebp } from "../../src/image/index.js";
import { asView } from "../ops/arbitraries.js";

/** Both were written by Chromium: an encoder that is not ours. */
const file = (name: string): Buffer =>
  readFileSync(fileURLToPath(new URL(`files/${name}`, import.meta.url)));

describe("WebP", () => {
  test("a browser's file reads in the right colours, transparent pixels on white", () => {
    const corners: [string, number[][]][] = [
      [
        "corners.webp",
        [
          [220, 40, 30],
          [240, 240, 240],
          [20, 20, 20],
          [30, 60, 200],
        ],
      ],
      [
        "transparent.webp",
        [
          [128, 128, 255],
          [240, 240, 240],
          [20, 20, 20],
          [30, 60, 200],
        ],
      ],
    ];
    for (const [name, wanted] of corners) {
      const picture = load(file(name));
      expect(picture.shape).toEqual([24, 32, 3]);
      const places = [4, 27].flatMap((y) => [3, 27].map((x) => [Math.min(y, 19), x]));
      places.forEach(([y, x], i) => {
        wanted[i]!.forEach((level, c) => {
          expect(Math.abs(picture.get(y!, x!, c) * 255 - level)).toBeLessThan(8);
        });
      });
    }
    // Nothing was drawn here: fully transparent.
    expect(load(file("transparent.webp")).get(4, 12, 0)).toBeGreaterThan(0.97);
  });

  test("at quality 100 every 8-bit level comes back", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 17 }),
        fc.integer({ min: 1, max: 17 }),
        fc.constantFrom(1, 3),
        fc.integer(),
        (height, width, channels, seed) => {
          const values = random([height, width, channels], seed);
          const levels = fromData(
            values.data.map((v) => Math.round((v + 1) * 127.5) / 255),
            channels === 1 ? [height, width] : [height, width, 3],
          );
          const back = load(toWebp(levels, 100));
          const wanted = fromFunction([height, width, 3], (y, x, c) =>
            channels === 1 ? levels.get(y!, x!) : levels.get(y!, x!, c!),
          );
          expect(maxAbsDifference(back, wanted)).toBeLessThan(1e-6);
        },
      ),
      { numRuns: 20 },
    );
  });

  test("a lower quality is smaller and still near", () => {
    const cat = photo("cat");
    const sizes = [100, 90, 30].map((quality) => toWebp(cat, quality).length);
    expect(sizes[0]).toBeGreaterThan(2 * sizes[1]!);
    expect(sizes[1]).toBeGreaterThan(2 * sizes[2]!);
    const back = load(toWebp(cat, 90));
    const difference = back.data.reduce((sum, v, i) => sum + Math.abs(v - cat.data[i]!), 0);
    expect(difference / cat.data.length).toBeLessThan(0.02);
  });

  test("leaves no class of a browser behind, and one that is there alone", () => {
    const host = globalThis as { ImageData?: unknown };
    load(toWebp(random([3, 4])));
    expect("ImageData" in host).toBe(false);
    const own = class {};
    host.ImageData = own;
    load(toWebp(random([3, 4])));
    expect(host.ImageData).toBe(own);
    delete host.ImageData;
  });

  test("a view is written as it is seen, and nothing is changed", () => {
    const picture = random([5, 4, 3], 2);
    const before = picture.data.slice();
    expect(toWebp(asView(picture), 100)).toEqual(toWebp(picture, 100));
    expect(picture.data).toEqual(before);
  });

  test("cut off at any place it is refused, and a changed byte is a picture or a clear error", () => {
    const whole = new Uint8Array(file("corners.webp"));
    for (let length = 12; length < whole.length; length++) {
      expect(() => load(whole.slice(0, length))).toThrow(/is not a whole WebP file/);
    }
    const lossless = toWebp(photo("cat"), 100);
    fc.assert(
      fc.property(
        fc.constantFrom(whole, lossless),
        fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), {
          minLength: 1,
          maxLength: 4,
        }),
        (bytes, changes) => {
          const bad = new Uint8Array(bytes);
          for (const [place, value] of changes) {
            bad[12 + Math.floor(place ** 3 * (bad.length - 13))] = value;
          }
          try {
            expect(load(bad).data.every((value) => value >= 0 && value <= 1)).toBe(true);
          } catch (error) {
            if (!(error instanceof ArgumentError)) throw error;
            expect(error.message).toMatch(/^The picture /);
          }
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);

  test("a bomb, an animation and a file without pixels are refused before they are unpacked", () => {
    const chunk = (kind: string, data: Uint8Array): Buffer => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(data.length);
      return Buffer.concat([Buffer.from(kind), length, data, Buffer.alloc(data.length % 2)]);
    };
    const riff = (...chunks: Buffer[]): Buffer =>
      chunk("RIFF", Buffer.concat([Buffer.from("WEBP"), ...chunks]));
    const extended = Buffer.alloc(10);
    extended.writeUIntLE(59_999, 4, 3);
    extended.writeUIntLE(59_999, 7, 3);
    expect(() => load(riff(chunk("VP8X", extended)))).toThrow(
      "60000 by 60000 pixels; at most 40 million",
    );
    const lossless = Buffer.from([0x2f, 0xff, 0xff, 0xff, 0x0f]);
    expect(() => load(riff(chunk("VP8L", lossless)))).toThrow("16384 by 16384 pixels");
    expect(() => load(riff(chunk("ANIM", Buffer.alloc(6))))).toThrow("is an animation");
    expect(() => load(riff(chunk("ICCP", Buffer.alloc(6))))).toThrow("its pixels are missing");
    expect(() => load(riff(chunk("VP8 ", Buffer.alloc(12))))).toThrow("its header is damaged");
    expect(() => load(riff(chunk("VP8L", Buffer.from([0x2f, 0, 0, 0, 0, 9]))))).toThrow(
      ArgumentError,
    );
  });

  test("a camera's note turns it", () => {
    const whole = toWebp(
      fromFunction([2, 3, 3], (y, x) => (y === 0 && x === 0 ? 1 : 0)),
      100,
    );
    const exif = Buffer.alloc(26 - 6 + 6);
    exif.write("MM", 0, "latin1");
    exif.writeUInt16BE(42, 2);
    exif.writeUInt32BE(8, 4);
    exif.writeUInt16BE(1, 8);
    exif.writeUInt16BE(0x0112, 10);
    exif.writeUInt16BE(3, 12);
    exif.writeUInt32BE(1, 14);
    exif.writeUInt16BE(6, 18);
    const extended = Buffer.alloc(10);
    extended[0] = 8;
    extended.writeUIntLE(2, 4, 3);
    extended.writeUIntLE(1, 7, 3);
    const chunk = (kind: string, data: Buffer): Buffer => {
      const length = Buffer.alloc(4);
      length.writeUInt32LE(data.length);
      return Buffer.concat([Buffer.from(kind), length, data]);
    };
    const body = Buffer.concat([
      Buffer.from("WEBP"),
      chunk("VP8X", extended),
      Buffer.from(whole.subarray(12)),
      chunk("EXIF", exif),
    ]);
    const picture = load(chunk("RIFF", body));
    expect(picture.shape).toEqual([3, 2, 3]);
    expect(picture.get(0, 1, 0)).toBe(1);
  });

  test("what cannot be a WebP is refused", () => {
    expect(() => toWebp(array([[Number.NaN]]))).toThrow("NaN (not a number) in row 0, column 0");
    expect(() => toWebp(random([2, 2, 2]))).toThrow(ShapeError);
    expect(() => toWebp(random([2, 2]), 0)).toThrow("from 1 (small) to 100 (best); got 0");
    expect(() => toWebp(random([1, 16384]))).toThrow("at most 16383 pixels");
  });
});
