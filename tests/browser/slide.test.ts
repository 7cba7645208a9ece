/** A moving window in a real page: slider, play, keys and pointing, on a screen and on a phone. */
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { array } from "../../src/array.js";
import * as filters from "../../src/filters/index.js";
import { digit } from "../../src/image/index.js";
import { pool, slide } from "../../src/plot/slide/index.js";
import { launch, watchedPage } from "./browser.js";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

async function open(html: string, width: number) {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const watched = await watchedPage(context);
  await watched.page.setContent(`<!doctype html><body style="margin:8px">${html}</body>`);
  const { page } = watched;
  return {
    ...watched,
    context,
    sum: () => page.locator("[data-sum]").textContent(),
    where: () => page.locator("[data-where]").textContent(),
    slider: page.getByRole("slider"),
    play: page.getByRole("button"),
  };
}

const ramp = array([0, 1, 2, 3, 4].map((y) => [0, 1, 2, 3, 4].map((x) => x * y)));

test.each([1280, 390])(
  "the slider, the keys and pointing move it, %i pixels wide",
  async (width) => {
    const { page, context, errors, requests, sum, where, slider } = await open(
      slide(ramp, filters.sobelX(), { title: "Sobel" }).html(),
      width,
    );
    expect(await where()).toBe("output row, column: 0, 0");
    const first = await sum();
    expect(first).toContain("=\u00a08");
    await slider.focus();
    await page.keyboard.press("ArrowRight");
    await expect.poll(where).toBe("output row, column: 0, 1");
    await page.keyboard.press("End");
    await expect.poll(where).toBe("output row, column: 2, 2");
    expect(await sum()).not.toBe(first);
    expect(await slider.getAttribute("aria-valuetext")).toContain(
      "output row, column: 2, 2: 4×(−1)",
    );
    // The middle of the output's second row: its cell is where its number stands.
    const number = page.locator("svg g[data-moving] rect").last();
    const corner = (await number.boundingBox())!;
    await page.mouse.move(corner.x - corner.width / 2, corner.y - corner.height / 2);
    await expect.poll(where).toBe("output row, column: 1, 1");
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    expect(errors).toEqual([]);
    expect(requests).toEqual([]);
    await context.close();
  },
);

test("it plays to the end and stops, and a second click pauses", async () => {
  const { context, errors, where, play } = await open(
    pool(ramp, 2, { stride: 1, title: "Maxima" }).html(),
    720,
  );
  expect(await play.textContent()).toBe("▶ play");
  await play.click();
  await expect.poll(where, { timeout: 15_000 }).toBe("output row, column: 0, 2");
  await play.click();
  expect(await play.textContent()).toBe("▶ play");
  const paused = await where();
  await new Promise((resolve) => setTimeout(resolve, 1600));
  expect(await where()).toBe(paused);
  await play.click();
  await expect.poll(() => play.textContent(), { timeout: 30_000 }).toBe("▶ play");
  expect(await where()).toBe("output row, column: 3, 3");
  expect(errors).toEqual([]);
  await context.close();
});

test("a row of numbers and a digit are drawn too, in Korean letters and without", async () => {
  const figures = [
    slide(array([1, 2, 4, 2, 1]), array([1, -1]), { title: "차분" }),
    slide(digit(7), filters.sobelY(), { title: "A seven", padding: "same" }),
  ];
  for (const figure of figures) {
    const { page, context, errors, requests, where } = await open(figure.html(), 390);
    expect(await where()).toMatch(/output (number|row)/);
    expect(await page.locator("svg text").count()).toBeGreaterThan(3);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    expect(errors).toEqual([]);
    expect(requests).toEqual([]);
    await context.close();
  }
});
