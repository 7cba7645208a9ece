/** Files that are no whole picture, paths, and the photographs in the package. */
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { maxAbsDifference } from "../../src/array-measures.js";
import { ArgumentError, MissingFileError } from "../../src/errors.js";
import { load, photo, photoNames } from "../../src/image/index.js";
import { chunk, type Raw, writePng } from "./write-png.js";

describe("bad files", () => {
  const good = writePng({ width: 9, height: 9, depth: 8, type: 2, samples: Array(243).fill(90) });

  test("a PNG cut off anywhere is refused in one sentence", () => {
    for (let length = 8; length < good.length - 1; length++) {
      expect(() => load(good.slice(0, length))).toThrow(/is not a whole PNG file: .*again\.$/);
    }
  });

  test("a damaged byte never passes as another picture", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 8, max: good.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        (at, flip) => {
          const bad = good.slice();
          bad[at]! ^= flip;
          let picture: ReturnType<typeof load> | undefined;
          try {
            picture = load(bad);
          } catch (error) {
            expect(error).toBeInstanceOf(ArgumentError);
          }
          if (picture) expect(maxAbsDifference(picture, load(good))).toBe(0);
        },
      ),
      { numRuns: 300 },
    );
  });

  test("huge dimensions are refused before anything is unpacked", () => {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(60_000, 0);
    header.writeUInt32BE(60_000, 4);
    header.set([8, 2, 0, 0, 0], 8);
    const bomb = Buffer.concat([good.subarray(0, 8), chunk("IHDR", header), good.subarray(33)]);
    expect(() => load(bomb)).toThrow("60000 by 60000 pixels; at most 40 million");
    header.writeUInt32BE(0, 0);
    const empty = Buffer.concat([good.subarray(0, 8), chunk("IHDR", header), good.subarray(33)]);
    expect(() => load(empty)).toThrow("0 by 60000 pixels: it is damaged");
  });

  test("an interlaced bomb is refused", () => {
    const small: Raw = {
      width: 3000,
      height: 3000,
      depth: 8,
      type: 0,
      samples: [],
      interlaced: true,
    };
    const file = Buffer.from(writePng({ ...small, samples: Array(9_000_000).fill(0) }));
    const width = Buffer.from(file);
    const header = Buffer.from(width.subarray(16, 29));
    header.writeUInt32BE(4, 0);
    header.writeUInt32BE(4, 4);
    const bomb = Buffer.concat([file.subarray(0, 8), chunk("IHDR", header), file.subarray(33)]);
    expect(() => load(bomb)).toThrow("its packed pixels are damaged");
  });

  test("other kinds of files are named", () => {
    expect(() => load(Buffer.from("GIF89a.............."))).toThrow(
      "no PNG, JPEG or WebP but a GIF",
    );
    expect(() => load(Buffer.from("hello"))).toThrow("no PNG, JPEG or WebP; open it");
    expect(() => load(new Uint8Array())).toThrow("The picture is empty");
  });

  test("a path says what is wrong with it", () => {
    const folder = mkdtempSync(join(tmpdir(), "convlab-image-"));
    expect(() => load(join(folder, "cat.png"))).toThrow(MissingFileError);
    expect(() => load(join(folder, "cat.png"))).toThrow(
      /There is no file .*cat\.png.*image\.photo\("barn"/,
    );
    expect(() => load(folder)).toThrow("is a folder");
    expect(() => load("https://example.org/cat.png")).toThrow("it does not fetch");
    // @ts-expect-error: what a reader may try
    expect(() => load(undefined)).toThrow('wants a path such as "cat.png"');
    writeFileSync(join(folder, "good.png"), good);
    expect(load(join(folder, "good.png")).shape).toEqual([9, 9, 3]);
    writeFileSync(join(folder, "bad.png"), good.slice(0, 40));
    expect(() => load(join(folder, "bad.png"))).toThrow(/bad\.png is not a whole PNG/);
  });
});

describe("photographs in the package", () => {
  test.each(photoNames)("%s has dark and light places", (name) => {
    const picture = photo(name);
    const colour = name === "cat" || name === "coffee";
    expect(picture.shape.length).toBe(colour ? 3 : 2);
    expect(Math.max(picture.shape[0]!, picture.shape[1]!)).toBeGreaterThanOrEqual(320);
    const sorted = picture.data.slice().sort();
    expect(sorted[0]).toBeLessThan(0.3);
    expect(sorted[sorted.length - 1]).toBeGreaterThan(0.7);
  });

  test("a reader who draws on a photograph does not change the package's copy", () => {
    const first = photo("barn");
    const before = first.get(0, 0);
    first.data.fill(-1);
    expect(photo("barn").get(0, 0)).toBe(before);
  });

  test("an unknown name lists those there are", () => {
    // @ts-expect-error: what a reader may try
    expect(() => photo("dog")).toThrow(/no photograph "dog".*barn.*coffee/);
  });
});
