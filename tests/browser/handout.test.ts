import { once } from "node:events";
import { statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { convlab, scratchFolder, venvPython, writeNotebook } from "../commands/programs.js";
import { launch, type Watched, watchedPage } from "./browser.js";
import { figureCells, rowCells } from "./figure-cells.js";

const folder = scratchFolder();
const handout = join(folder, "handouts", "en", "01-sample.html");
let browser: Browser;

beforeAll(async () => {
  writeNotebook(join(folder, "notebooks", "01-sample.ipynb"), figureCells);
  writeNotebook(join(folder, "notebooks", "02-rows.ipynb"), rowCells);
  const ended = await convlab(["lessons", "--python", venvPython], { cwd: folder });
  expect(ended.code, ended.stderr).toBe(0);
  browser = await launch();
});

afterAll(() => browser?.close());

async function open(options: BrowserContextOptions = {}): Promise<Watched> {
  const watched = await watchedPage(await browser.newContext(options));
  await watched.page.goto(pathToFileURL(handout).href);
  return watched;
}

const drawn = ".plot.drawn .live .main-svg";

test("opens without asking for anything, and draws its figure", async () => {
  const { page, requests, errors } = await open();
  await page.locator(drawn).first().waitFor();
  expect(await page.locator(".plot .still").isVisible()).toBe(false);
  expect(await page.locator(".live").getAttribute("aria-label")).toBe(
    "A moving window. Twelve by twelve values",
  );
  // Time for whatever would ask late.
  await page.waitForTimeout(500);
  expect(requests).toEqual([pathToFileURL(handout).href]);
  expect(errors).toEqual([]);
});

test("weighs at most 6 MB and carries Plotly once", async () => {
  expect(statSync(handout).size).toBeLessThan(6 * 1024 * 1024);
  const { page } = await open();
  expect(await page.locator("#convlab-plotly").count()).toBe(1);
});

test("lets nothing out that a cell's output would ask for", async () => {
  let visits = 0;
  const server = createServer((_request, response) => {
    visits += 1;
    response.end();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  try {
    const { page } = await open();
    const outcome = await page.evaluate(async (url) => {
      const image = new Image();
      const refused = new Promise((resolve) => image.addEventListener("error", resolve));
      image.src = url;
      document.body.append(image);
      await refused;
      return fetch(url).then(
        () => "answered",
        () => "refused",
      );
    }, address);
    expect(outcome).toBe("refused");
    expect(visits).toBe(0);
  } finally {
    server.close();
  }
});

test("moves: the slider changes the picture", async () => {
  const { page } = await open();
  await page.locator(drawn).first().waitFor();
  const value = () =>
    page.evaluate(() => {
      const plot = document.querySelector(".live") as unknown as { data: { z: number[][] }[] };
      return plot.data[0]!.z[1]![0]!;
    });
  const before = await value();
  const range = page.locator(".plot input[type=range]");
  await range.focus();
  await page.keyboard.press("ArrowRight");
  await expect.poll(value).toBeCloseTo(2 * before, 6);
  await page.keyboard.press("End");
  await expect.poll(value).toBeCloseTo(3 * before, 6);
});

test("sets formulas with the fonts inside, and keeps the solution folded", async () => {
  const { page } = await open();
  expect(await page.locator(".katex").count()).toBe(4);
  expect(await page.locator(".katex-error").count()).toBe(0);
  await page.evaluate(() => document.fonts.ready);
  expect(await page.evaluate(() => document.fonts.check("16px KaTeX_Math"))).toBe(true);
  const solution = page.locator("details", { hasText: "The size is" });
  expect(await solution.locator("p").isVisible()).toBe(false);
  await solution.locator("summary").click();
  expect(await solution.locator("p").isVisible()).toBe(true);
});

test.for([
  [390, "light"],
  [390, "dark"],
  [1280, "light"],
  [1280, "dark"],
] as const)("reads well at %i pixels, %s", async ([width, colorScheme]) => {
  const { page } = await open({ viewport: { width, height: 800 }, colorScheme });
  await page.locator(drawn).first().waitFor();
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  const contrast = await page.evaluate(() => {
    const luminance = (colour: string) => {
      const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
        const value = Number(part) / 255;
        return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
      });
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const paper = luminance(getComputedStyle(document.body).backgroundColor);
    const ratio = (one: number, other: number) =>
      (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const inks = [...document.querySelectorAll("p, h1, a, .highlight span, .contents summary")];
    return Math.min(...inks.map((ink) => ratio(luminance(getComputedStyle(ink).color), paper)));
  });
  // WCAG AA for text.
  expect(contrast).toBeGreaterThan(4.5);
});

test("on a phone rows of pictures move together, and nothing is left empty below", async () => {
  const { page } = await open({ viewport: { width: 1280, height: 900 } });
  await page.goto(pathToFileURL(join(folder, "handouts", "en", "02-rows.html")).href);
  const plot = page.locator(".plot.drawn .live");
  await plot.locator(".main-svg").first().waitFor();
  /** Frames of the pictures and of the whole figure, and the heading of the second row. */
  const look = async () => {
    const box = (await plot.boundingBox())!;
    const frames = await plot
      .locator(".plotbg, .bglayer rect, .draglayer .nsewdrag")
      .evaluateAll((all) => all.map((one) => one.getBoundingClientRect().toJSON() as DOMRect));
    const rows = [...new Set(frames.map(({ top }) => Math.round(top)))].sort((a, b) => a - b);
    const last = Math.max(...frames.map(({ bottom }) => bottom));
    const odd = Math.max(...frames.map(({ width, height }) => Math.abs(0.75 * width - height)));
    return { rows, last, odd, height: box.height, end: box.y + box.height };
  };
  const wide = await look();
  await page.setViewportSize({ width: 390, height: 900 });
  await expect.poll(async () => (await look()).height).toBeLessThan(wide.height - 60);
  const narrow = await look();
  expect(narrow.rows).toHaveLength(2);
  expect(narrow.odd).toBeLessThan(6);
  expect(narrow.end - narrow.last).toBeLessThan(40);
  // Between the rows there is a heading and little else.
  const side = (390 - 24) / 2;
  expect(narrow.rows[1]! - narrow.rows[0]!).toBeLessThan(0.75 * side + 60);
  await page.setViewportSize({ width: 1280, height: 900 });
  await expect.poll(async () => (await look()).height).toBeCloseTo(wide.height, -1);
});

test("is reached by keyboard alone: the theme, the contents, the chapter", async () => {
  const { page } = await open({ colorScheme: "light" });
  await page.keyboard.press("Tab");
  expect(await page.evaluate(() => document.activeElement?.className)).toBe("skip");
  await page.locator("button.theme").focus();
  await page.keyboard.press("Enter");
  expect(await page.locator("html").getAttribute("data-theme")).toBe("dark");
  await page.locator(".contents a", { hasText: "Exercise" }).focus();
  await page.keyboard.press("Enter");
  expect(page.url()).toMatch(/#exercise$/);
});

test("prints the still picture on light paper", async () => {
  const { page } = await open({ colorScheme: "dark" });
  await page.locator(drawn).first().waitFor();
  await page.emulateMedia({ media: "print" });
  expect(await page.locator(".plot .still img").isVisible()).toBe(true);
  expect(await page.locator(".plot .live").isVisible()).toBe(false);
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
    "rgb(255, 255, 255)",
  );
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  expect(pdf.length).toBeGreaterThan(10_000);
  // A4 in points.
  expect(pdf.toString("latin1")).toMatch(/\/MediaBox \[0 0 59[45][.\d]* 84[12][.\d]*\]/);
});

test("the index leads to the chapter", async () => {
  const { page, requests, errors } = await watchedPage(await browser.newContext());
  await page.goto(pathToFileURL(join(folder, "handouts", "index.html")).href);
  await page.getByRole("link", { name: "Sample" }).click();
  await page.waitForURL(/01-sample\.html$/);
  expect(requests.every((url) => url.startsWith("file:"))).toBe(true);
  expect(errors).toEqual([]);
});
