/** What is no picture, or no size, is refused in words by every function that takes one. */
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type FloatArray, random } from "../../src/array.js";
import { digits } from "../../src/data/index.js";
import { ArgumentError, ShapeError } from "../../src/errors.js";
import * as image from "../../src/image/index.js";

const wrong = (value: unknown): never => value as never;
const part = { top: 0, left: 0, height: 1, width: 1 };
const takers: Record<string, (picture: FloatArray) => unknown> = {
  beside: (x) => image.beside([x]),
  centreCrop: (x) => image.centreCrop(x, 1),
  channel: (x) => image.channel(x, 0),
  crop: (x) => image.crop(x, part),
  denormalise: (x) => image.denormalise(x, 0, 1),
  fromLevels: (x) => image.fromLevels(x),
  normalise: (x) => image.normalise(x, 0, 1),
  outline: (x) => image.outline(x, part),
  resize: (x) => image.resize(x, { height: 2 }),
  shuffle: (x) => image.shuffle(x),
  toGrey: (x) => image.toGrey(x),
  toLevels: (x) => image.toLevels(x),
  toPng: (x) => image.toPng(x),
};

describe.each(Object.entries(takers))("%s", (_, take) => {
  test.each([
    [null, "got null."],
    [undefined, "got undefined."],
    [5, "got a number."],
    [[[1, 2]], "got a plain list."],
    [{}, "got an object."],
  ])("of %o", (came, message) => {
    expect(() => take(wrong(came))).toThrow(ShapeError);
    expect(() => take(wrong(came))).toThrow(message);
  });
});

const picture = random([5, 7, 3]);

test("channels that come first are asked about", () => {
  const first = random([3, 20, 24]);
  for (const take of [image.toPng, image.toGrey, image.forVgg, image.toLevels]) {
    expect(() => take(first)).toThrow("got 3×20×24: is this C×H×W? Use toHWC(picture).");
  }
  expect(() => image.toPng(random([20, 24, 5]))).toThrow("image.channel(maps, i)");
});

test("crop and outline without a rectangle", () => {
  expect(() => image.crop(picture, wrong(undefined))).toThrow(ArgumentError);
  expect(() => image.outline(picture, wrong(undefined))).toThrow(ArgumentError);
});

test.each([undefined, null, 0, 1.5, NaN, "3", [2, 2], { height: 2 }])("a cut of %o", (size) => {
  expect(() => image.centreCrop(picture, wrong(size))).toThrow("The sides of a cut are whole");
});

test("resize without a size, and to more numbers than memory holds", () => {
  expect(() => image.resize(picture, wrong(undefined))).toThrow("resize needs a height");
  expect(() => image.resize(picture, { height: wrong("3") })).toThrow('got "3"');
  expect(() => image.resize(random([2, 2, 512]), { height: 6000, width: 6000 })).toThrow(
    "with 512 channels is more than",
  );
});

test("beside takes a list", () => {
  expect(() => image.beside(wrong(picture))).toThrow("beside wants a list");
});

test("a mean that is not a number is said as it is", () => {
  expect(() => image.normalise(picture, NaN, 1)).toThrow("got NaN.");
});

test("a seed is a whole number", () => {
  expect(() => image.shuffle(picture, NaN)).toThrow("The seed is a whole number; got NaN.");
});

test("digits takes a number or options after the count", () => {
  expect(() => digits(5, wrong("a"))).toThrow("got a.");
  expect(() => digits(5, wrong(null))).toThrow("got null.");
});

describe("files", () => {
  test("a device is no file: reading it would never end", () => {
    expect(() => image.load("/dev/zero")).toThrow("is no file but a device or a pipe");
  });

  test("a path that leads in a circle, or holds a zero byte", () => {
    const folder = mkdtempSync(join(tmpdir(), "convlab-"));
    try {
      symlinkSync("loop.png", join(folder, "loop.png"));
      expect(() => image.load(join(folder, "loop.png"))).toThrow(ArgumentError);
      expect(() => image.load("a\0.png")).toThrow(ArgumentError);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("an address of the web is no path", () => {
    const address = new URL("http://localhost/a.png");
    expect(() => image.load(address)).toThrow("got http://localhost/a.png.");
    expect(() => image.save(address, picture)).toThrow("got http://localhost/a.png.");
    expect(() => image.load(wrong(["a.png"]))).toThrow('got ["a.png"].');
  });

  test("a damaged JPEG is said without the decoder's own slips", () => {
    const whole = image.toJpeg(picture);
    let refused = 0;
    for (let at = 20; at < whole.length; at++) {
      const bytes = new Uint8Array(whole);
      bytes[at] = 255 - bytes[at]!;
      try {
        image.load(bytes);
      } catch (error) {
        refused++;
        expect(error).toBeInstanceOf(ArgumentError);
        expect((error as Error).message).not.toMatch(/undefined|null|properties/);
      }
    }
    expect(refused).toBeGreaterThan(0);
  });
});
