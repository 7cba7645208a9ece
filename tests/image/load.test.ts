import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromData, toNested } from "../../src/array.js";
import { maxAbsDifference } from "../../src/array-measures.js";
import { ArgumentError, MissingFileError, ShapeError } from "../../src/errors.js";
import { load, photo, photoNames, toPng } from "../../src/image/index.js";
import { chunk, type Raw, samplesPerPixel, writePng } from "./write-png.js";

const file = (name: string): Uint8Array =>
  readFileSync(fileURLToPath(new URL(`files/${name}`, import.meta.url)));

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

describe("JPEG", () => {
  const corners = (name: string): number[][] => {
    const picture = load(file(name));
    expect(picture.shape).toEqual([24, 32, 3]);
    return [
      [4, 4],
      [4, 27],
      [19, 4],
      [19, 27],
    ].map(([y, x]) => [0, 1, 2].map((c) => Math.round(picture.get(y!, x!, c) * 255)));
  };
  const wanted = [
    [220, 40, 30],
    [240, 240, 240],
    [20, 20, 20],
    [30, 60, 200],
  ];

  test.each(["progressive.jpg", "subsampled.jpg"])("%s reads in the right colours", (name) => {
    corners(name).forEach((pixel, i) => {
      pixel.forEach((value, c) => {
        expect(Math.abs(value - wanted[i]![c]!)).toBeLessThan(6);
      });
    });
  });

  test("a photograph taken with the camera on its side stands upright", () => {
    const picture = load(file("turned.jpg"));
    expect(picture.shape).toEqual([32, 24, 3]);
    // Turned by a quarter clockwise: the red corner, top left in the file, is now top right.
    expect(picture.get(4, 19, 0)).toBeGreaterThan(0.8);
    expect(picture.get(4, 19, 1)).toBeLessThan(0.25);
    expect(picture.get(27, 19, 2)).toBeGreaterThan(0.9);
    expect(picture.get(27, 4, 2)).toBeGreaterThan(0.7);
    expect(picture.get(27, 4, 0)).toBeLessThan(0.3);
  });

  test("refuses four colours and files without an end", () => {
    expect(() => load(file("cmyk.jpg"))).toThrow(/4 colour components .*RGB or grey/);
    const whole = file("progressive.jpg");
    for (const share of [0.1, 0.3, 0.5, 0.7, 0.9, 0.99]) {
      const cut = whole.slice(0, Math.floor(whole.length * share));
      expect(() => load(cut)).toThrow(/is not a whole JPEG file/);
    }
  });
});

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
