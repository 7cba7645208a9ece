/** The linked grid of feature maps: what is packed, drawn, marked and said. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { array, type FloatArray, fromFunction } from "../../src/array.js";
import { blockMeans } from "../../src/plot/blocks.js";
import { activations } from "../../src/plot/maps/index.js";
import { blockSide, packMaps } from "../../src/plot/maps/levels.js";
import { type LinkedGrid, linkMaps } from "../../src/plot/maps/linked.js";
import { numberText } from "../../src/plot/numbers.js";
import { type Colours, shrunk } from "../../src/plot/raster.js";
import { colourIndex, colourTable } from "../../src/plot/scale.js";
import { SIGNED } from "../../src/plot/theme.js";
import { type FakeElement, fakePage, scriptData } from "./fake-page.js";

/** A figure's page after its script has run. */
function open(figure: { html(): string }): { page: FakeElement; grid: LinkedGrid } {
  const page = fakePage(figure.html());
  const grid = scriptData<LinkedGrid>(figure.html());
  linkMaps(page, grid, (value) => numberText(value));
  return { page, grid };
}

/** Two maps of 4×5, one signed and strong, one from zero and weak. */
const pair: FloatArray = fromFunction([4, 5, 2], (y, x, c) =>
  c === 0 ? 10 * y! - 7 * x! : (y! + x!) / 100,
);
const valueTexts = (page: FakeElement): (string | null)[] =>
  page.querySelectorAll("[data-value]").map(({ textContent }) => textContent);

describe("packing", () => {
  test("keeps every value to half of its map's unit, and zero exactly", () => {
    const value = fc.oneof(fc.constant(0), fc.double({ min: -1e4, max: 1e4, noNaN: true }));
    fc.assert(
      fc.property(fc.array(value, { minLength: 1, maxLength: 40 }), (list) => {
        const values = Float32Array.from(list);
        const { units, levels, bits } = packMaps([{ rows: 1, columns: list.length, values }]);
        expect(bits).toBe(16);
        const back = new Int16Array(Uint8Array.from(Buffer.from(levels, "base64")).buffer);
        values.forEach((one, i) => {
          expect(Math.abs(back[i]! * units[0]! - one)).toBeLessThanOrEqual(units[0]! * 0.501);
          if (one === 0) expect(back[i]).toBe(0);
        });
      }),
    );
  });

  test("what is no number has the least level", () => {
    const values = Float32Array.of(1, Number.NaN, Number.POSITIVE_INFINITY, -1);
    const { levels } = packMaps([{ rows: 2, columns: 2, values }]);
    expect([...new Int16Array(Uint8Array.from(Buffer.from(levels, "base64")).buffer)]).toEqual([
      32767, -32768, -32768, -32767,
    ]);
  });

  test("large stacks are averaged in blocks, so that a page stays small", () => {
    expect(blockSide(28, 28, 64)).toBe(1);
    expect(blockSide(224, 224, 16)).toBe(3);
    const map = { rows: 3, columns: 5, values: Float32Array.from({ length: 15 }, (_, i) => i) };
    expect(blockMeans(map, 2)).toEqual({
      rows: 2,
      columns: 3,
      values: Float32Array.of(3, 5, 6.5, 10.5, 12.5, 14),
    });
    const waves = (y = 0, x = 0, c = 0): number => Math.sin(y / (9 + c)) * Math.cos(x / 7);
    const figure = activations(fromFunction([224, 224, 16], waves));
    expect(figure.html().length).toBeLessThan(400_000);
    expect(figure.svg().length).toBeLessThan(300_000);
    const { page, grid } = open(figure);
    expect([grid.bits, grid.side]).toEqual([8, 3]);
    page.querySelectorAll("[data-map]")[0]!.act("pointermove", { clientX: 99, clientY: 50 });
    expect(page.find("[data-said]").textContent).toBe("row 111, column 222 (means of 3×3 pixels)");
    expect(valueTexts(page)[0]).toMatch(/^≈ /);
  });
});

test("a still picture of colours has no more pixels than its page shows", () => {
  const samples = new Uint8Array(60 * 90 * 3).map((_, i) => [200, 100, 50][i % 3]!);
  const small = shrunk({ kind: "colours", rows: 60, columns: 90, samples }, 30);
  expect(small).toMatchObject({ kind: "colours", rows: 20, columns: 30 });
  expect([...(small as Colours).samples.subarray(0, 6)]).toEqual([200, 100, 50, 200, 100, 50]);
  expect(shrunk(small, 30)).toBe(small);
});

describe("on the page", () => {
  test("each pixel has the colour of its value on the common scale", () => {
    const { page } = open(activations(pair));
    const table = colourTable(SIGNED.output);
    page.querySelectorAll("[data-canvas]").forEach(({ pixels }, map) => {
      for (let i = 0; i < 20; i++) {
        const value = pair.get(Math.floor(i / 5), i % 5, map);
        // Packing may round a value that lies between two colours to the other one.
        const at = colourIndex(value, { stops: [], low: -30, high: 30 });
        const near = [at - 1, at, at + 1].map((one) => [...(table[one] ?? []), 255].join());
        expect(near, `${map}, ${i}`).toContain(pixels!.subarray(4 * i, 4 * i + 4).join());
      }
    });
  });

  test("a place in one map is marked, with its value, in all", () => {
    const { page } = open(activations(pair));
    expect(valueTexts(page)).toEqual(["", ""]);
    page.querySelectorAll("[data-map]")[1]!.act("pointermove", { clientX: 50, clientY: 80 });
    expect(page.find("[data-said]").textContent).toBe("row 3, column 2");
    expect(valueTexts(page)).toEqual(["16", "0.05"]);
    for (const mark of page.querySelectorAll("[data-mark]")) {
      expect(mark.hidden).toBe(false);
      expect([mark.styles.get("left"), mark.styles.get("top")]).toEqual(["40%", "75%"]);
    }
    page.find("[data-grid]").act("pointerleave");
    expect(valueTexts(page)).toEqual(["", ""]);
    expect(page.querySelectorAll("[data-mark]").every(({ hidden }) => hidden)).toBe(true);
  });

  test("the heading above a map is no place of it", () => {
    const { page } = open(activations(pair));
    page.querySelectorAll("[data-map]")[0]!.act("pointermove", { clientX: 50, clientY: -5 });
    expect(valueTexts(page)).toEqual(["", ""]);
  });

  test("arrow keys move the place, and the page stays where it is", () => {
    const { page } = open(activations(pair));
    const [tile] = page.querySelectorAll("[data-map]");
    const said = page.find("[data-said]");
    expect(tile!.act("keydown", { key: "ArrowRight" })).toBe(true);
    expect(said.textContent).toBe("row 2, column 3");
    for (const key of ["ArrowDown", "ArrowDown", "ArrowDown", "ArrowLeft"])
      tile!.act("keydown", { key });
    expect(said.textContent).toBe("row 3, column 2");
    tile!.act("keydown", { key: "ArrowUp" });
    expect(said.textContent).toBe("row 2, column 2");
    expect(tile!.act("keydown", { key: "Tab" })).toBe(false);
  });

  test("a press enlarges a map, a second one puts it back", () => {
    const { page } = open(activations(pair));
    const [first, second] = page.querySelectorAll("[data-map]");
    first!.act("click");
    expect(first!.styles.get("grid-column")).toBe("1 / -1");
    expect(first!.getAttribute("aria-pressed")).toBe("true");
    second!.act("click");
    expect(first!.styles.get("grid-column")).toBe("auto");
    expect(second!.getAttribute("aria-pressed")).toBe("true");
    second!.act("click");
    expect(second!.styles.get("grid-column")).toBe("auto");
  });

  test("each its own scale, by an option or the button: a weak map is as strong, and says its range", () => {
    const { page } = open(activations(pair));
    const weak = page.querySelectorAll("[data-canvas]")[1]!;
    const brightness = (): number => weak.pixels!.reduce((sum, value) => sum + value, 0);
    const before = brightness();
    const button = page.find("[data-own]");
    button.act("click");
    expect(button.getAttribute("aria-pressed")).toBe("true");
    expect(page.find("[data-bar]").hidden).toBe(true);
    expect(brightness()).toBeLessThan(before * 0.9);
    expect(valueTexts(page)).toEqual(["−30 … 30", "0 … 0.07"]);
    button.act("click");
    expect(brightness()).toBe(before);
    const own = open(activations(pair, { scale: "own" })).page;
    expect(valueTexts(own)).toEqual(["−30 … 30", "0 … 0.07"]);
    expect(own.find("[data-bar]").hidden).toBe(true);
  });

  test("what is no number is grey and says so", () => {
    const { page } = open(
      activations(
        array([
          [1, Number.NaN],
          [2, -1],
        ]),
      ),
    );
    expect([...page.find("[data-canvas]").pixels!.subarray(4, 8)]).toEqual([128, 128, 128, 255]);
    page.find("[data-map]").act("pointermove", { clientX: 60, clientY: 10 });
    expect(valueTexts(page)).toEqual(["–"]);
  });

  test("where scripts don't run a picture stands; where they do, it gives way", () => {
    const html = activations(pair).html();
    expect(html).toMatch(/<img data-fallback alt="map 0: A grid of 4×5 values/);
    const { page } = open({ html: () => html });
    expect([page.find("[data-fallback]").hidden, page.find("[data-live]").hidden]).toEqual([
      true,
      false,
    ]);
  });
});
