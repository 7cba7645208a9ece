/** Figures that are pieces of a page, in a real browser: by pointer, by touch and by keyboard alone. */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import * as image from "../../src/image/index.js";
import { conv2d } from "../../src/ops/index.js";
import * as plot from "../../src/plot/index.js";
import { numberText } from "../../src/plot/numbers.js";
import { fields, layer, samples } from "../plot/samples.js";
import { launch, type Watched, watchedPage } from "./browser.js";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

async function open(html: string, options: BrowserContextOptions = {}): Promise<Watched> {
  const viewport = { width: 800, height: 900 };
  const watched = await watchedPage(await browser.newContext({ viewport, ...options }));
  await watched.page.setContent(`<!doctype html><body style="margin:8px">${html}</body>`);
  return watched;
}

const texts = (page: Page, selector: string): Promise<string[]> =>
  page.locator(selector).allTextContents();

describe("every figure with a script", () => {
  const pages = Object.entries(samples).flatMap(([name, { figure }]) =>
    figure instanceof plot.Figure ? [] : [{ name, figure }],
  );
  test.each(pages)("$name fits a phone, asks for nothing and fails at nothing", async (sample) => {
    const { page, errors, requests } = await open(sample.figure.html(), {
      viewport: { width: 390, height: 900 },
    });
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    await page.keyboard.press("Tab");
    expect(await page.evaluate(() => document.activeElement?.tagName)).not.toBe("BODY");
    expect(errors).toEqual([]);
    expect(requests).toEqual([]);
    await page.context().close();
  });
});

describe("the linked grid of maps", () => {
  const maps = conv2d(image.digit(7), layer);
  const html = plot.activations(maps, { title: "Maps" }).html();
  const at = (row: number, column: number): string[] =>
    [0, 1, 2].map((c) => numberText(maps.get(row, column, c)));

  test("the pointer over one map marks the place in all, with their values", async () => {
    const { page } = await open(html);
    const [rows, columns] = maps.shape as [number, number];
    const box = (await page.locator("[data-canvas]").nth(1).boundingBox())!;
    const [row, column] = [7, 15];
    await page.mouse.move(
      box.x + ((column + 0.5) / columns) * box.width,
      box.y + ((row + 0.5) / rows) * box.height,
    );
    expect(await texts(page, "[data-said]")).toEqual(["row 7, column 15"]);
    expect(await texts(page, "[data-value]")).toEqual(at(row, column));
    for (const i of [0, 1, 2]) {
      const mark = (await page.locator("[data-mark]").nth(i).boundingBox())!;
      const canvas = (await page.locator("[data-canvas]").nth(i).boundingBox())!;
      expect(mark.x - canvas.x).toBeCloseTo((column / columns) * canvas.width, 0);
      expect(mark.y - canvas.y).toBeCloseTo((row / rows) * canvas.height, 0);
    }
    await page.mouse.move(1, 1);
    expect(await texts(page, "[data-value]")).toEqual(["", "", ""]);
    await page.context().close();
  });

  test("by keyboard alone: to a map, across it, larger and back, and to each map's own colours", async () => {
    const { page } = await open(html);
    const focused = () => page.evaluate(() => document.activeElement?.getAttribute("data-map"));
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("0");
    const [rows, columns] = maps.shape as [number, number];
    await page.keyboard.press("ArrowDown");
    expect(await texts(page, "[data-value]")).toEqual(at((rows >> 1) + 1, columns >> 1));
    const canvas = page.locator("[data-canvas]").first();
    const small = (await canvas.boundingBox())!.width;
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await canvas.boundingBox())!.width).toBeGreaterThan(1.5 * small);
    await page.keyboard.press("Enter");
    await expect.poll(async () => (await canvas.boundingBox())!.width).toBeCloseTo(small, 0);
    const colours = () =>
      page.evaluate(() => {
        const canvases = [...document.querySelectorAll<HTMLCanvasElement>("[data-canvas]")];
        return canvases[2]!.toDataURL();
      });
    const before = await colours();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Space");
    expect(await colours()).not.toBe(before);
    await page.context().close();
  });

  test("without scripts the picture stands there with its words", async () => {
    const { page } = await open(html, { javaScriptEnabled: false });
    const fallback = page.locator("img[data-fallback]");
    expect(await fallback.isVisible()).toBe(true);
    expect(await fallback.getAttribute("alt")).toContain("map 0");
    expect(await page.locator("[data-live]").isVisible()).toBe(false);
    await page.context().close();
  });
});

describe("the receptive field", () => {
  const html = plot.receptiveField(image.photo("cat"), fields).html();
  const said = (page: Page) => page.locator("[data-said]").textContent();

  test("follows the pointer", async () => {
    const { page } = await open(html);
    const view = (await page.locator("[data-view]").boundingBox())!;
    const frame = page.locator("[data-window]").last();
    for (const [x, y] of [
      [0.3, 0.4],
      [0.7, 0.6],
    ] as const) {
      await page.mouse.move(view.x + x * view.width, view.y + y * view.height);
      const box = (await frame.boundingBox())!;
      // The window lies around the pointer, to half a jump.
      expect(Math.abs(box.x + box.width / 2 - view.x - x * view.width)).toBeLessThan(7);
      expect(Math.abs(box.y + box.height / 2 - view.y - y * view.height)).toBeLessThan(7);
    }
    expect(await said(page)).toMatch(/^conv4, unit \d+, \d+: it sees 54×54 pixels/);
    await page.context().close();
  });

  test("by keyboard: the slider changes the layer, arrows move the unit", async () => {
    const { page } = await open(html);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Home");
    expect(await said(page)).toContain("conv1");
    expect(await page.locator("[data-name]").textContent()).toBe("conv1");
    const before = /unit (\d+), (\d+)/
      .exec((await said(page))!)!
      .slice(1)
      .map(Number);
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowDown");
    const after = /unit (\d+), (\d+)/
      .exec((await said(page))!)!
      .slice(1)
      .map(Number);
    expect(after).toEqual([before[0]! + 2, before[1]! + 1]);
    await page.context().close();
  });

  test("by a finger", async () => {
    const { page } = await open(html, { hasTouch: true, viewport: { width: 390, height: 800 } });
    const before = await said(page);
    const view = (await page.locator("[data-view]").boundingBox())!;
    await page.touchscreen.tap(view.x + 0.2 * view.width, view.y + 0.3 * view.height);
    expect(await said(page)).not.toBe(before);
    await page.context().close();
  });
});

test("the class activation map comes and goes with its slider", async () => {
  const { page } = await open(
    samples.classActivation!.figure instanceof plot.Interactive
      ? samples.classActivation!.figure.html()
      : "",
  );
  const view = page.locator("[data-view]");
  const half = await image.load(await view.screenshot());
  const slider = page.locator("[data-strength]");
  await slider.focus();
  await page.keyboard.press("Home");
  expect(await page.locator("[data-percent]").textContent()).toBe("0 %");
  const none = image.load(await view.screenshot());
  await page.keyboard.press("End");
  const all = image.load(await view.screenshot());
  const corner = [2, 2] as const;
  const brightness = (picture: typeof half): number =>
    [0, 1, 2].reduce((sum, c) => sum + picture.get(...corner, c), 0);
  // Far from the evidence the map is black.
  expect(brightness(all)).toBeLessThan(0.3);
  expect(brightness(half)).toBeCloseTo((brightness(all) + brightness(none)) / 2, 1);
  await page.context().close();
});
