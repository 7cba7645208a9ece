/** Every figure, drawn by the Plotly that JupyterLab and the handouts use, on a screen and on a phone. */
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { array } from "../../src/array.js";
import { maxAbsDifference } from "../../src/array-measures.js";
import * as image from "../../src/image/index.js";
import { DISPLAY, Figure } from "../../src/plot/figure.js";
import * as plot from "../../src/plot/index.js";
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

/** The samples that Plotly draws. */
const drawn: [string, Figure][] = Object.entries(samples).flatMap(([name, { figure }]) =>
  figure instanceof Figure ? [[name, figure]] : [],
);
const plotlySample = (name: string): Figure => samples[name]!.figure as Figure;

/** Draws a figure as a notebook front end does, and says what is on the page. */
async function draw(
  page: Page,
  figure: Figure,
): Promise<{ pictures: number; filled: number; overflow: number }> {
  const spec = JSON.stringify(figure[DISPLAY]()["application/vnd.plotly.v1+json"]);
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
    for (const [name, figure] of drawn) {
      // Landscapes need WebGL; they have a test of their own.
      if (figure.data.some(({ type }) => type === "surface")) continue;
      const wanted = figure.data.filter(
        ({ type }) => type === "heatmap" || type === "image",
      ).length;
      const found = await draw(page, figure);
      expect(found, name).toEqual({ pictures: wanted, filled: wanted, overflow: 0 });
      const title = await page.locator("#figure .gtitle").textContent();
      expect(title?.replace(/\s/g, "")).toBe(figure.title.replace(/\s/g, ""));
    }
    expect(errors).toEqual([]);
    expect(requests).toEqual([]);
    await page.context().close();
  });

  test("a legend lies between the title and the chart, whatever rows it needs", async () => {
    const { page } = await openPage(width);
    const [one, two] = [
      { first: 1, second: 2 },
      { first: 3, second: 4 },
    ];
    const title = "What three kinds of layer cost, in weights, memory and time";
    const long = `${title}, on a page that may be as narrow as a phone, with four lines to break it into`;
    const curve = plot.live({ title: long });
    for (const loss of [3, 2, 1]) curve.add({ loss, accuracy: 1 - loss / 4 });
    for (const figure of [
      plot.lines({ "training loss": [3, 1], "validation loss": [3, 2], "test loss": [3, 2.5] }),
      plot.bars({ weights: one, activations: two, multiplications: one }, { title }),
      plot.bars({ weights: one, activations: two }, { title, horizontal: true }),
      plot.lines({ identity: [1, 2], sigmoid: [1, 3], "leaky ReLU": [2, 3], tanh: [0] }),
      plot.lines({ [long]: [1, 2], [`층이 ${title}`]: [1, 3] }, { title: long }),
      curve.figure(),
    ]) {
      await draw(page, figure);
      const box = async (selector: string) =>
        (await page.locator(`#figure ${selector}`).first().boundingBox())!;
      const [heading, legend, chart] = [
        await box(".gtitle"),
        await box(".legend .scrollbox"),
        await box(".nsewdrag"),
      ];
      expect(legend.y, figure.title).toBeGreaterThanOrEqual(heading.y + heading.height - 1);
      expect(legend.y + legend.height, figure.title).toBeLessThanOrEqual(chart.y + 1);
      expect(legend.x).toBeGreaterThanOrEqual(0);
      expect(legend.x + legend.width).toBeLessThanOrEqual(width);
      expect(chart.height).toBeGreaterThan(70);
    }
    await page.context().close();
  });
});

test("pictures in a row keep together on a wide page, and use a narrow one whole", async () => {
  const { page } = await openPage(1280);
  for (const name of ["images", "colourFilters", "filters"]) {
    await draw(page, plotlySample(name));
    const look = async () => {
      const row = await page
        .locator("#figure .heatmaplayer image, #figure .imagelayer image")
        .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect));
      const [left, right] = [
        Math.min(...row.map((box) => box.left)),
        Math.max(...row.map((box) => box.right)),
      ];
      const free = right - left - row.reduce((sum, { width }) => sum + width, 0);
      return { left, right, gap: free / (row.length - 1) };
    };
    for (const width of [1280, 390, 1280]) {
      await page.setViewportSize({ width, height: 900 });
      await expect
        .poll(async () => (await look()).right, { message: `${name}, ${width}` })
        .toSatisfy((right: number) => (width === 390 ? right <= 390 : right > 700));
      const { left, right, gap } = await look();
      expect(gap, `${name}, ${width}`).toBeLessThan(width === 390 ? 40 : 120);
      // In the middle of the page.
      expect(Math.abs(left + right - width), `${name}, ${width}`).toBeLessThan(60);
      if (width === 390) expect(right - left, name).toBeGreaterThan(330);
    }
  }
  await page.context().close();
});

test("a surface is drawn and turns with the pointer", async ({ skip }) => {
  const { page, errors, requests } = await openPage(390);
  const webgl = await page.evaluate("!!document.createElement('canvas').getContext('webgl')");
  skip(!webgl, "this machine has no WebGL, not even a slow one");
  const ramp = array([0, 1, 2, 3].map((y) => [0, 1, 2, 3].map((x) => x * y)));
  await draw(page, plot.surface(ramp, { title: "A ramp", colours: "input" }));
  const look = async () => image.load(await page.locator("#figure").screenshot());
  const first = await look();
  const [height = 0, width = 0] = first.shape;
  let coloured = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const [red, green, blue] = [0, 1, 2].map((c) => first.get(y, x, c));
      if (Math.max(red!, green!, blue!) - Math.min(red!, green!, blue!) > 0.1) coloured += 1;
    }
  }
  // The page and the axes are grey, the slope is not.
  expect(coloured / (height * width)).toBeGreaterThan(0.05);
  const eye = () => page.evaluate("document.querySelector('#figure').layout.scene.camera.eye.x");
  const before = await eye();
  const box = (await page.locator("#figure").boundingBox())!;
  const middle = [box.x + box.width / 2, box.y + box.height / 2] as const;
  await page.mouse.move(...middle);
  await page.mouse.down();
  await page.mouse.move(middle[0] + 80, middle[1], { steps: 5 });
  await page.mouse.up();
  await expect.poll(eye).not.toBe(before);
  expect(maxAbsDifference(first, await look())).toBeGreaterThan(0.2);
  expect(errors).toEqual([]);
  expect(requests).toEqual([]);
  await page.context().close();
});

test.each([1280, 390])("the explorer redraws as a slider moves, %i pixels wide", async (width) => {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const { page, errors, requests } = await watchedPage(context);
  const html = plot.explorer({ n: 9, k: 3, stride: 2, padding: 0 }).html();
  await page.setContent(`<!doctype html><body style="margin:8px">${html}</body>`);
  const picture = page.locator("[data-picture]");
  const size = () => picture.locator("b").first().textContent();
  const drawing = () => picture.locator("svg").innerHTML();
  expect(await size()).toBe("4");
  const before = await drawing();
  const stride = page.locator("input[name=stride]");
  await stride.focus();
  await page.keyboard.press("ArrowLeft");
  await expect.poll(size).toBe("7");
  expect(await stride.locator("xpath=following-sibling::output").textContent()).toBe("1");
  const seven = await drawing();
  expect(seven).not.toBe(before);
  // The window that is outlined moves alone: the size stays.
  await page.locator("input[name=place]").focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(drawing).not.toBe(seven);
  expect(await size()).toBe("7");
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  expect(errors).toEqual([]);
  expect(requests).toEqual([]);
  await context.close();
});
