/** Every figure, drawn by the Plotly that JupyterLab and the handouts use, on a screen and on a phone. */
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DISPLAY } from "../../src/plot/figure.js";
import { samples } from "../plot/samples.js";
import { launch, watchedPage } from "./browser.js";

const plotlyFile = createRequire(import.meta.url).resolve("plotly.js-dist/plotly.js");

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

async function openPage(
  width: number,
): Promise<{ page: Page; errors: string[]; requests: string[] }> {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const watched = await watchedPage(context);
  await watched.page.setContent("<!doctype html><body style='margin:0'></body>");
  await watched.page.addScriptTag({ path: plotlyFile });
  return watched;
}

/** Draws a figure as a notebook front end does, and says what is on the page. */
async function draw(
  page: Page,
  name: string,
): Promise<{ pictures: number; filled: number; overflow: number }> {
  const spec = JSON.stringify(samples[name]!.figure[DISPLAY]()["application/vnd.plotly.v1+json"]);
  return page.evaluate(`(async () => {
    document.body.innerHTML = '<div id="figure"></div>';
    const { data, layout, config, frames } = ${spec};
    await Plotly.newPlot("figure", { data, layout, config, frames });
    const pictures = [...document.querySelectorAll("#figure .heatmaplayer image, #figure .imagelayer image")];
    const filled = await Promise.all(pictures.map(async (element) => {
      const image = new Image();
      image.src = element.getAttribute("href") ?? element.getAttribute("xlink:href");
      await image.decode();
      return image.naturalWidth > 0 && element.getBBox().width > 20;
    }));
    return {
      pictures: pictures.length,
      filled: filled.filter(Boolean).length,
      overflow: document.documentElement.scrollWidth - innerWidth,
    };
  })()`);
}

describe.each([1280, 390])("%i pixels wide", (width) => {
  test("every figure is drawn, within the page, without an error or a request", async () => {
    const { page, errors, requests } = await openPage(width);
    for (const [name, { figure }] of Object.entries(samples)) {
      // The surface needs WebGL, which a headless machine may lack; it is drawn in JupyterLab by hand.
      if (name === "surface") continue;
      const wanted = figure.data.filter(
        ({ type }) => type === "heatmap" || type === "image",
      ).length;
      const drawn = await draw(page, name);
      expect(drawn, name).toEqual({ pictures: wanted, filled: wanted, overflow: 0 });
      const title = await page.locator("#figure .gtitle").textContent();
      expect(title?.replace(/\s/g, "")).toBe(figure.title.replace(/\s/g, ""));
    }
    expect(errors).toEqual([]);
    expect(requests).toEqual([]);
    await page.context().close();
  });
});

test("pulling the slider moves the window and its sum, and the pictures stay", async () => {
  const { page, errors } = await openPage(720);
  await draw(page, "slide");
  const sum = page.locator("#figure .textpoint text").first();
  const window = page.locator("#figure .scatterlayer .trace path.js-line").first();
  const [text, path] = [await sum.textContent(), await window.getAttribute("d")];
  expect(text).toContain("0×(−1)");
  const rail = await page.locator("#figure .slider-rail-touch-rect").boundingBox();
  await page.mouse.click(rail!.x + rail!.width * 0.6, rail!.y + rail!.height / 2);
  await expect.poll(() => sum.textContent()).not.toBe(text);
  expect(await window.getAttribute("d")).not.toBe(path);
  expect(await page.locator("#figure .heatmaplayer image").count()).toBe(3);
  expect(errors).toEqual([]);
  const stopped = await sum.textContent();
  await page.locator("#figure .updatemenu-button").first().click();
  await expect.poll(() => sum.textContent(), { timeout: 10_000 }).not.toBe(stopped);
  await page.locator("#figure .updatemenu-button").nth(1).click();
  expect(await page.locator("#figure .heatmaplayer image").count()).toBe(3);
  // A pause rejects the promise of Plotly's own play without a word; nothing else may go wrong.
  expect(errors.filter((error) => error !== "undefined")).toEqual([]);
  await page.context().close();
});
