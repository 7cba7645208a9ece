/** Figures that a program kept as pages, opened from the disk. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { sobelX } from "../../src/filters/index.js";
import { digit } from "../../src/image/index.js";
import * as plot from "../../src/plot/index.js";
import { launch, watchedPage } from "./browser.js";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

test.each([
  ["a chart", plot.image(digit(7), { title: "A seven" }), ".js-plotly-plot .xtick"],
  ["a landscape", plot.surface(sobelX(), { title: "Sobel" }), ".js-plotly-plot"],
  ["a moving window", plot.slide(digit(7), sobelX(), { title: "Edges" }), "[data-moving] rect"],
])(
  "%s opens by itself, on a phone, in the dark, and asks for nothing",
  async (_, figure, drawn) => {
    const path = plot.save(join(mkdtempSync(join(tmpdir(), "convlab-page-")), "page.html"), figure);
    const viewport = { width: 390, height: 800 };
    const context = await browser.newContext({ viewport, colorScheme: "dark" });
    const { page, requests, errors } = await watchedPage(context);
    const address = pathToFileURL(path).href;
    await page.goto(address);
    await page.locator(drawn).first().waitFor({ state: "attached" });
    expect(await page.title()).toBe(figure.title);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    expect(await page.locator(`[aria-label="${figure.alt}"]`).count()).toBe(1);
    expect(requests).toEqual([address]);
    expect(errors).toEqual([]);
    if (process.env.KEEP)
      await page.screenshot({ path: `${process.env.KEEP}/${figure.title}.png` });
    await page.emulateMedia({ media: "print", colorScheme: "light" });
    expect(await page.locator("button:visible, input:visible").count()).toBe(0);
    await context.close();
  },
);
