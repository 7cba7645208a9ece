import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { isAbsolute, join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { array, fromFunction, random, toNested } from "../../src/array.js";
import { maxAbsDifference } from "../../src/array-measures.js";
import { ArgumentError, MissingFileError, ShapeError } from "../../src/errors.js";
import { load, photo, save, toJpeg, toPng } from "../../src/image/index.js";
import { asView } from "../ops/arbitraries.js";

const folder = mkdtempSync(join(tmpdir(), "convlab-save-"));
const slope = fromFunction([40, 50, 3], (y, x, c) => (c === 0 ? y! / 40 : c === 1 ? x! / 50 : 0.5));

test.each([
  ["slope.png", undefined, 0.5 / 255 + 1e-6],
  ["slope.jpg", undefined, 0.05],
  ["slope.JPEG", 100, 0.03],
  ["slope.webp", undefined, 0.06],
  ["slope.webp", 100, 0.5 / 255 + 1e-6],
] as const)("%s at quality %s comes back", (name, quality, limit) => {
  const path = save(join(folder, name), slope, quality === undefined ? {} : { quality });
  expect(isAbsolute(path)).toBe(true);
  expect(maxAbsDifference(load(path), slope)).toBeLessThan(limit);
});

test("values outside 0 to 1 become black and white, and the picture stays as it was", () => {
  const picture = array([[-1, 2, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY]]);
  expect(toNested(load(save(join(folder, "loud.png"), picture)))).toEqual([[0, 1, 0, 1]]);
  expect(picture.get(0, 0)).toBe(-1);
  const view = asView(picture);
  expect(toPng(view)).toEqual(toPng(picture));
});

test("NaN is refused, with its place", () => {
  const picture = random([3, 4, 3]);
  picture.set(2, 1, 0, Number.NaN);
  for (const name of ["nan.png", "nan.jpg", "nan.webp"]) {
    expect(() => save(join(folder, name), picture)).toThrow(
      "NaN (not a number) in row 2, column 1",
    );
    expect(existsSync(join(folder, name))).toBe(false);
  }
});

test("an old picture is replaced whole, or stays when the new one fails", () => {
  const path = join(folder, "same.png");
  save(path, random([2, 2]));
  save(path, array([[1]]));
  expect(toNested(load(path))).toEqual([[1]]);
  expect(() => save(path, array([[Number.NaN]]))).toThrow(ArgumentError);
  expect(toNested(load(path))).toEqual([[1]]);
  save(pathToFileURL(path), array([[0]]));
  expect(toNested(load(path))).toEqual([[0]]);
  expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
});

test("a path that cannot be written says why, and leaves nothing", () => {
  expect(() => save(join(folder, "none", "a.png"), slope)).toThrow(MissingFileError);
  expect(() => save(join(folder, "none", "a.png"), slope)).toThrow(/There is no folder to hold/);
  mkdirSync(join(folder, "taken.png"));
  expect(() => save(join(folder, "taken.png"), slope)).toThrow(ArgumentError);
  expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  writeFileSync(join(folder, "plain"), "x");
  expect(() => save(join(folder, "plain", "a.png"), slope)).toThrow(MissingFileError);
  if (process.getuid?.() !== 0) {
    mkdirSync(join(folder, "locked"));
    chmodSync(join(folder, "locked"), 0o500);
    expect(() => save(join(folder, "locked", "a.png"), slope)).toThrow("may not write there");
  }
});

test("an unknown format, quality or argument is refused", () => {
  expect(() => save(join(folder, "a.gif"), slope)).toThrow(/\.png, \.jpg or \.webp.*a\.gif/);
  expect(() => save(join(folder, "a"), slope)).toThrow(ArgumentError);
  for (const quality of [0, 101, Number.NaN]) {
    expect(() => save(join(folder, "a.jpg"), slope, { quality })).toThrow("got");
  }
  expect(() => save(join(folder, "a.png"), random([2, 2, 4]))).toThrow(ShapeError);
  // @ts-expect-error: what a reader may try, in the order of other libraries
  expect(() => save(slope, "a.png")).toThrow("image.save wants the path first");
});

test("a JPEG of lower quality is smaller; a grey one reads in three equal colours", () => {
  const barn = photo("barn");
  const [fine, coarse] = [toJpeg(barn, 95), toJpeg(barn, 30)];
  expect(fine.length).toBeGreaterThan(2 * coarse.length);
  const back = load(fine);
  expect(back.shape).toEqual([...barn.shape, 3]);
  for (const [y, x] of [
    [10, 10],
    [200, 300],
  ] as const) {
    expect(Math.abs(back.get(y, x, 0) - barn.get(y, x))).toBeLessThan(0.06);
    expect(Math.abs(back.get(y, x, 0) - back.get(y, x, 2))).toBeLessThan(0.02);
  }
  expect(() => toJpeg(random([1, 65536]))).toThrow("at most 65535 pixels");
  expect(readFileSync(save(join(folder, "barn.jpg"), barn, { quality: 30 }))).toEqual(
    Buffer.from(coarse),
  );
});
