import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { array, toNested } from "../../src/array.js";
import { ArgumentError } from "../../src/errors.js";
import { load } from "../../src/image/load.js";
import { exifOrientation, turnUpright } from "../../src/image/orientation.js";

/** An Exif segment with one entry, the orientation, in either byte order. */
function exif(orientation: number, little: boolean): Uint8Array {
  const tiff = new DataView(new ArrayBuffer(26));
  tiff.setUint16(0, little ? 0x4949 : 0x4d4d);
  tiff.setUint16(2, 42, little);
  tiff.setUint32(4, 8, little);
  tiff.setUint16(8, 1, little);
  tiff.setUint16(10, 0x0112, little);
  tiff.setUint16(12, 3, little);
  tiff.setUint32(14, 1, little);
  tiff.setUint16(18, orientation, little);
  return new Uint8Array(Buffer.concat([Buffer.from("Exif\0\0"), Buffer.from(tiff.buffer)]));
}

describe("a camera's note of how it was held", () => {
  test("is read in both byte orders", () => {
    for (let orientation = 1; orientation <= 8; orientation++) {
      expect(exifOrientation(exif(orientation, true))).toBe(orientation);
      expect(exifOrientation(exif(orientation, false))).toBe(orientation);
    }
    expect(exifOrientation(exif(9, true))).toBe(1);
  });

  test("counts as upright when it is cut off or nonsense", () => {
    const whole = exif(6, true);
    for (let length = 0; length < whole.length - 4; length++) {
      expect(exifOrientation(whole.slice(0, length))).toBe(1);
    }
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        const segment = Buffer.concat([Buffer.from("Exif\0\0"), bytes]);
        const found = exifOrientation(segment);
        expect(found >= 1 && found <= 8).toBe(true);
      }),
    );
  });

  // Where the file's first row and first column are seen (Exif 2.3, table of the Orientation tag).
  test.each([
    [
      1,
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
    [
      2,
      [
        [3, 2, 1],
        [6, 5, 4],
      ],
    ],
    [
      3,
      [
        [6, 5, 4],
        [3, 2, 1],
      ],
    ],
    [
      4,
      [
        [4, 5, 6],
        [1, 2, 3],
      ],
    ],
    [
      5,
      [
        [1, 4],
        [2, 5],
        [3, 6],
      ],
    ],
    [
      6,
      [
        [4, 1],
        [5, 2],
        [6, 3],
      ],
    ],
    [
      7,
      [
        [6, 3],
        [5, 2],
        [4, 1],
      ],
    ],
    [
      8,
      [
        [3, 6],
        [2, 5],
        [1, 4],
      ],
    ],
  ])("orientation %i is undone", (orientation, wanted) => {
    expect(
      toNested(
        turnUpright(
          array([
            [1, 2, 3],
            [4, 5, 6],
          ]),
          orientation,
        ),
      ),
    ).toEqual(wanted);
  });
});

test("a damaged JPEG is a picture or a clear error, never anything else", () => {
  const whole = readFileSync(fileURLToPath(new URL("files/subsampled.jpg", import.meta.url)));
  fc.assert(
    fc.property(
      fc.array(
        fc.tuple(fc.integer({ min: 3, max: whole.length - 1 }), fc.integer({ min: 0, max: 255 })),
        {
          minLength: 1,
          maxLength: 4,
        },
      ),
      (changes) => {
        const bad = new Uint8Array(whole);
        for (const [at, value] of changes) bad[at] = value;
        try {
          expect(load(bad).data.every((value) => value >= 0 && value <= 1)).toBe(true);
        } catch (error) {
          if (!(error instanceof ArgumentError)) throw error;
          expect(error.message).toMatch(/^The picture /);
        }
      },
    ),
    { numRuns: 300 },
  );
}, 60_000);
