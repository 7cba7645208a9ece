/** The receptive field over a picture: which unit is meant, what its window is, and how the page follows. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { random } from "../../src/array.js";
import { ArgumentError, ShapeError } from "../../src/errors.js";
import { receptiveField as fieldOf, summary } from "../../src/network/index.js";
import { type FieldLook, followPointer } from "../../src/plot/receptive-field/follow.js";
import { receptiveField } from "../../src/plot/receptive-field/index.js";
import { nearestUnit, windowOf } from "../../src/plot/receptive-field/units.js";
import { type FakeElement, fakePage, scriptData } from "./fake-page.js";

const photo = random([32, 48, 3]);
const rows = [
  { name: "conv1", size: 3, jump: 1, start: -1 },
  { name: "pool1", size: 4, jump: 2, start: -1 },
  { name: "conv2", size: [8, 12], jump: [2, 4], start: [-3, -5] },
] as const;

function open(figure: { html(): string }): { page: FakeElement; look: FieldLook } {
  const page = fakePage(figure.html());
  const look = scriptData<FieldLook>(figure.html());
  followPointer(page, look, nearestUnit, windowOf);
  return { page, look };
}

/** Left, top, width and height of the outline. */
function outline(page: FakeElement): number[] {
  const [frame] = page.querySelectorAll("[data-window]");
  return ["x", "y", "width", "height"].map((name) => Number(frame!.getAttribute(name)));
}

test("the nearest unit's window has its middle within half a jump of the pixel", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 60 }),
      fc.integer({ min: 1, max: 16 }),
      fc.integer({ min: -40, max: 5 }),
      fc.double({ min: 0, max: 100, noNaN: true }),
      (size, jump, start, pixel) => {
        const axis = { size, jump, start, count: 1000 };
        const unit = nearestUnit(axis, pixel);
        const [first, last] = windowOf(axis, unit);
        expect(last - first + 1).toBe(size);
        const away = Math.abs((first + last) / 2 - pixel);
        if (unit > 0) expect(away).toBeLessThanOrEqual(jump / 2 + 1e-9);
        else expect(pixel).toBeLessThanOrEqual((first + last) / 2 + jump / 2);
      },
    ),
  );
});

describe("on the page", () => {
  test("the outline follows the pointer from unit to unit", () => {
    const { page, look } = open(receptiveField(photo, rows, { layer: "pool1" }));
    const view = page.find("[data-view]");
    view.box = {
      left: 10,
      top: 20,
      width: look.width + 2 * look.margin,
      height: 32 + 2 * look.margin,
    };
    const point = (y: number, x: number): void => {
      view.act("pointermove", {
        clientX: 10 + x + 0.5 + look.margin,
        clientY: 20 + y + 0.5 + look.margin,
      });
    };
    point(10, 20);
    expect(outline(page)).toEqual([18.5, 8.5, 4, 4]);
    expect(page.find("[data-said]").textContent).toBe(
      "pool1, unit 5, 10: it sees 4×4 pixels, rows 9 to 12, columns 19 to 22.",
    );
    point(0, 0);
    expect(outline(page)).toEqual([-1.5, -1.5, 4, 4]);
    expect(page.find("[data-said]").textContent).toContain("rows −1 to 2, columns −1 to 2.");
    expect(page.find("[data-said]").textContent).toContain("56 % of them lie inside");
  });

  test("the slider chooses the layer, and the place stays", () => {
    const { page } = open(receptiveField(photo, rows, { layer: "conv1" }));
    const slider = page.find("[data-layer]");
    expect(outline(page).slice(2)).toEqual([3, 3]);
    slider.value = "2";
    slider.act("input");
    expect(outline(page).slice(2)).toEqual([12, 8]);
    expect(page.find("[data-name]").textContent).toBe("conv2");
    expect(slider.getAttribute("aria-valuetext")).toBe("conv2");
    const [left, top, width, height] = outline(page);
    expect(Math.abs(left! + width! / 2 - 23.5)).toBeLessThanOrEqual(2);
    expect(Math.abs(top! + height! / 2 - 15.5)).toBeLessThanOrEqual(1);
  });

  test("arrow keys move by one unit, and stop at the last", () => {
    const { page, look } = open(receptiveField(photo, rows, { layer: "pool1" }));
    const view = page.find("[data-view]");
    const [left, top] = outline(page);
    expect(view.act("keydown", { key: "ArrowRight" })).toBe(true);
    expect(outline(page).slice(0, 2)).toEqual([left! + 2, top]);
    view.act("keydown", { key: "ArrowUp" });
    expect(outline(page).slice(0, 2)).toEqual([left! + 2, top! - 2]);
    for (let i = 0; i < 100; i++) view.act("keydown", { key: "ArrowDown" });
    const { rows: down } = look.layers[1]!;
    expect(outline(page)[1]! + 0.5).toBe(windowOf(down, down.count - 1)[0]);
    expect(view.act("keydown", { key: "a" })).toBe(false);
  });
});

describe("a network's summary", () => {
  test("is taken as it is, without layers that see the same as the one before", () => {
    const { look } = open(receptiveField(random([224, 224, 3]), summary("D")));
    const names = look.layers.map(({ name }) => name);
    expect(names[0]).toBe("conv1_1");
    expect(names.some((name) => name.includes("relu"))).toBe(false);
    const pool = look.layers.find(({ name }) => name === "pool3")!;
    const field = fieldOf("D", "pool3");
    expect([pool.rows.size, pool.rows.jump, pool.rows.start]).toEqual([
      field.rows.size,
      field.rows.jump,
      field.rows.start,
    ]);
  });

  test("belongs to pictures of one size", () => {
    expect(() => receptiveField(photo, summary("D"))).toThrow(
      /reads 224×224 pixels, and the picture has 32×48/,
    );
  });
});

test("a margin shows what windows see beyond the picture, up to a part of it", () => {
  const { look } = open(receptiveField(photo, rows));
  expect(look.margin).toBe(5);
  const wide = [{ name: "all", size: 200, jump: 4, start: -90 }];
  expect(open(receptiveField(photo, wide)).look.margin).toBe(15);
  expect(receptiveField(photo, wide).svg()).toContain("all: 200×200");
  expect(receptiveField(random([9, 9]), [rows[0]]).alt).toContain("9×9");
});

test("refuses what it cannot draw", () => {
  expect(() => receptiveField(random([3]), rows)).toThrow(ShapeError);
  expect(() => receptiveField(photo, [])).toThrow(ArgumentError);
  expect(() => receptiveField(photo, [])).toThrow(/at least one layer/);
  expect(() => receptiveField(photo, rows, { layer: "conv9" })).toThrow(
    /no layer "conv9"; there are conv1, pool1, conv2/,
  );
  expect(() => receptiveField(photo, [{ name: "bad", size: 0, jump: 1, start: 0 }])).toThrow(
    /"bad" wants a size of at least 1/,
  );
});
