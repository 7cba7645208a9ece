/** Files that are out of the ordinary and that every browser shows. */
import { describe, expect, test } from "vitest";
import { type FloatArray, fromFunction } from "../../src/array.js";
import { maxAbsDifference, sameShape } from "../../src/array-measures.js";
import { load, toJpeg, toPng, toWebp } from "../../src/image/index.js";
import { chunk } from "./write-png.js";

const picture = fromFunction([24, 16, 3], (y, x, c) => 0.2 + 0.6 * [y / 24, x / 16, 0.5][c!]!);

describe("bytes behind the end of a file count for nothing", () => {
  test.each([
    ["PNG", toPng(picture)],
    ["JPEG", toJpeg(picture)],
    ["WebP", toWebp(picture)],
  ])("%s", (_, bytes) => {
    const more = new Uint8Array(Buffer.concat([bytes, Buffer.from("\0\0\0 and something else")]));
    expect(maxAbsDifference(load(more), load(bytes))).toBe(0);
  });
});

describe("a PNG with a camera's note", () => {
  /** The note (a TIFF header and one entry) as a chunk, before the pixels or behind them. */
  function noted(orientation: number, behind: boolean): Uint8Array {
    const entry = [0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0];
    const note = chunk("eXIf", Uint8Array.from([77, 77, 0, 42, 0, 0, 0, 8, 0, 1, ...entry]));
    const bytes = toPng(picture);
    const at = behind ? bytes.length - 12 : 8 + 25; // before IEND, or behind IHDR
    return new Uint8Array(Buffer.concat([bytes.subarray(0, at), note, bytes.subarray(at)]));
  }

  test.each([false, true])("stands upright (note behind the pixels: %s)", (behind) => {
    const straight = load(toPng(picture));
    const turned = load(noted(6, behind));
    expect(turned.shape).toEqual([16, 24, 3]);
    // A quarter clockwise: row x, column 23 − y.
    const wanted = fromFunction([16, 24, 3], (x, y, c) => straight.get(23 - y, x, c!));
    expect(maxAbsDifference(turned, wanted)).toBe(0);
    expect(sameShape(load(noted(1, behind)), straight)).toBe(true);
    expect(sameShape(load(noted(9, behind)), straight)).toBe(true);
  });
});

describe("a JPEG of red, green and blue", () => {
  const usual = toJpeg(picture, 100);
  const app0 = 2 + 18; // behind the JFIF note

  /** Components as they stand in the file, made luma and chroma's red, green and blue (JFIF 1.02). */
  function mixed(raw: FloatArray): FloatArray {
    return fromFunction([24, 16, 3], (y, x, c) => {
      const [luma, blue, red] = [0, 1, 2].map((i) => raw.get(y, x, i)) as [number, number, number];
      const [b, r] = [blue - 128 / 255, red - 128 / 255];
      return [luma + 1.402 * r, luma - 0.344136 * b - 0.714136 * r, luma + 1.772 * b][c!]!;
    });
  }

  const adobe = (transform: number): number[] => [
    ...[0xff, 0xee, 0, 14],
    ...[...Buffer.from("Adobe"), 0, 100, 0, 0, 0, 0],
    transform,
  ];

  /** Without the JFIF note, and with other names of the components where frame and scan begin. */
  function renamed(notes: number[], ids: readonly number[]): Uint8Array {
    const bytes = Buffer.concat([usual.subarray(0, 2), Buffer.from(notes), usual.subarray(app0)]);
    const frame = bytes.indexOf(Buffer.from([0xff, 0xc0]));
    const scan = bytes.indexOf(Buffer.from([0xff, 0xda]));
    ids.forEach((id, i) => {
      bytes[frame + 10 + 3 * i] = id;
      bytes[scan + 5 + 2 * i] = id;
    });
    return new Uint8Array(bytes);
  }

  const names = [..."RGB"].map((letter) => letter.charCodeAt(0));

  test.each([
    ["Adobe's note says that nothing was transformed", renamed(adobe(0), [1, 2, 3])],
    ["without a note its components are called R, G and B", renamed([], names)],
  ])("%s", (_, bytes) => {
    const raw = load(bytes);
    expect(maxAbsDifference(raw, load(usual))).toBeGreaterThan(0.1);
    expect(maxAbsDifference(mixed(raw), load(usual))).toBeLessThan(0.006);
  });

  test.each([
    ["Adobe's note says luma and chroma", renamed(adobe(1), [1, 2, 3])],
    ["Adobe's note says luma and chroma, whatever the names", renamed(adobe(1), names)],
    ["no note, and the usual names", renamed([], [1, 2, 3])],
    [
      "a JFIF note goes before Adobe's",
      new Uint8Array(
        Buffer.concat([usual.subarray(0, app0), Buffer.from(adobe(0)), usual.subarray(app0)]),
      ),
    ],
  ])("is none where %s", (_, bytes) => {
    expect(maxAbsDifference(load(bytes), load(usual))).toBe(0);
  });
});
