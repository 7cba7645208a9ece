/** The class activation map over its picture: how it is scaled up, and what slider and pointer do. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { array, fromData, random, rowMajor } from "../../src/array.js";
import { ArgumentError, ShapeError } from "../../src/errors.js";
import { resize } from "../../src/image/index.js";
import { classActivation } from "../../src/plot/class-activation/index.js";
import { type OverlayLook, overlayMap } from "../../src/plot/class-activation/overlay.js";
import { upsample } from "../../src/plot/class-activation/upsample.js";
import { numberText } from "../../src/plot/numbers.js";
import { fakePage, scriptData } from "./fake-page.js";

const map = array([
  [0, 1],
  [2, 5],
]);

test("is scaled up as image.resize does it", () => {
  const side = fc.integer({ min: 1, max: 9 });
  fc.assert(
    fc.property(side, side, side, side, fc.nat(), (h, w, more, wider, seed) => {
      const small = random([h, w], seed);
      const [height, width] = [h + more, w + wider];
      const wanted = rowMajor(resize(small, { height, width, method: "bilinear" }));
      upsample(rowMajor(small), h, w, height, width).forEach((value, i) => {
        expect(value).toBeCloseTo(wanted[i]!, 5);
      });
    }),
  );
});

test("the slider sets the strength, the pointer reads the map", () => {
  const figure = classActivation(random([20, 40, 3]), map, { strength: 0.25 });
  const page = fakePage(figure.html());
  overlayMap(page, scriptData<OverlayLook>(figure.html()), upsample, (value) => numberText(value));
  const canvas = page.find("[data-map]");
  expect(canvas.styles.get("opacity")).toBe("0.25");
  // Darkest where the map is least, brightest where it is largest.
  expect([...canvas.pixels!.subarray(0, 4)]).toEqual([0, 0, 4, 255]);
  expect([...canvas.pixels!.subarray(-4)]).toEqual([252, 255, 164, 255]);
  const slider = page.find("[data-strength]");
  slider.value = "80";
  slider.act("input");
  expect(canvas.styles.get("opacity")).toBe("0.8");
  expect(page.find("[data-percent]").textContent).toBe("80 %");
  const [view, said] = [page.find("[data-view]"), page.find("[data-said]")];
  view.act("pointermove", { clientX: 99, clientY: 99 });
  expect(said.textContent).toBe("row 19, column 39: 5");
  view.act("pointermove", { clientX: 300, clientY: 0 });
  expect(said.textContent).toBe("row 19, column 39: 5");
  view.act("pointerleave");
  expect(said.textContent).toBe("Point at the picture to read the map.");
});

test("a large photograph stays small", () => {
  const photo = random([600, 900, 3]);
  const figure = classActivation(photo, random([14, 14]));
  const { height, width } = scriptData<OverlayLook>(figure.html());
  expect([height, width]).toEqual([149, 224]);
});

test("says where the map is strongest, and refuses what is none", () => {
  const photo = random([20, 40, 3]);
  expect(classActivation(photo, map, { range: [0, 10] }).alt).toContain("around row 15, column 30");
  expect(() => classActivation(photo, random([7, 7, 2]))).toThrow(ShapeError);
  expect(() => classActivation(photo, random([129, 128]))).toThrow(/up to 128×128/);
  expect(() => classActivation(photo, map, { strength: 2 })).toThrow(ArgumentError);
  const broken = fromData(Float32Array.of(1, Number.NaN), [1, 2]);
  expect(() => classActivation(photo, broken)).toThrow(/NaN or an infinity/);
  expect(() => classActivation(random([5]), map)).toThrow(ShapeError);
});
