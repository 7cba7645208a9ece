/** JPEG: colours, pictures that lie on their side, and files that are refused. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { load } from "../../src/image/index.js";

const file = (name: string): Uint8Array =>
  readFileSync(fileURLToPath(new URL(`files/${name}`, import.meta.url)));

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
