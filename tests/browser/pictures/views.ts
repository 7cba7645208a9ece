/** Takes pictures of every sample where readers meet it: in a handout, as its still picture, in JupyterLab. */
import type { Browser, Locator, Page } from "playwright-core";
import { samples } from "../../plot/samples.js";
import { watchedPage } from "../browser.js";
import { names } from "./executed.js";
import { viewOf } from "./sheet.js";
import { fromPng, type Picture } from "./thumbnail.js";

export const schemes = ["light", "dark"] as const;
export const widths = [1280, 390] as const;
export type Scheme = (typeof schemes)[number];

/** Takes a screenshot for a sample; `view` says where, such as "handout, dark, 390". */
export type Take = (name: string, view: string, shot: Picture) => void;

/** Pixels of a tall window, in which many figures stand at once. */
const TALL = 5000;

/** Takes elements one by one from pictures of the whole window, from top to bottom. */
async function takeAll(
  page: Page,
  elements: readonly (readonly [name: string, element: Locator])[],
  view: string,
  take: Take,
): Promise<void> {
  let rest = [...elements];
  while (rest.length > 0) {
    await rest[0]![1].evaluate((element) => element.scrollIntoView({ block: "start" }));
    await settled(page);
    const window = fromPng(await page.screenshot({ animations: "disabled" }));
    const later: typeof rest = [];
    for (const [i, [name, element]] of rest.entries()) {
      const box = (await element.boundingBox())!;
      const [x, y] = [Math.max(0, Math.floor(box.x)), Math.max(0, Math.floor(box.y))];
      const [right, bottom] = [
        Math.min(window.width, Math.ceil(box.x + box.width)),
        Math.ceil(box.y + box.height),
      ];
      if (bottom > window.height && i > 0) later.push([name, element]);
      else {
        const place = [x, y, right - x, Math.min(window.height, bottom) - y] as const;
        take(name, view, viewOf(window, place));
      }
    }
    rest = later;
  }
}

/** Every sample in one handout. Says what went wrong on the page. */
export async function handoutViews(
  browser: Browser,
  address: string,
  take: Take,
): Promise<string[]> {
  const wrong: string[] = [];
  for (const width of widths) {
    const viewport = { width, height: TALL };
    const context = await browser.newContext({ viewport, reducedMotion: "reduce" });
    const { page, errors, requests } = await watchedPage(context);
    await page.goto(address);
    for (const scheme of schemes) {
      await page.emulateMedia({ colorScheme: scheme });
      const cells = names.map(
        (name, i) => [name, page.locator(`#cell-${i + 1} .outputs`)] as const,
      );
      for (const [, cell] of cells) await cell.scrollIntoViewIfNeeded();
      await page.locator(".plot:not(.drawn)").first().waitFor({ state: "detached" });
      await takeAll(page, cells, `handout, ${scheme}, ${width}`, take);
    }
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    if (over > 0) wrong.push(`at ${width} the page is ${over} pixels too wide`);
    wrong.push(...errors, ...requests.filter((url) => url !== address));
    await context.close();
  }
  return wrong;
}

/** Two frames: what was to be drawn is drawn. */
function settled(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((done) => requestAnimationFrame(() => requestAnimationFrame(() => done()))),
  );
}

/** The still pictures, as a viewer that knows neither Plotly nor scripts shows them. */
export async function stillViews(browser: Browser, take: Take): Promise<void> {
  const page = await browser.newPage();
  const images = names.map((name) => {
    const data = Buffer.from(samples[name]!.figure.svg()).toString("base64");
    return `<div><img alt="" src="data:image/svg+xml;base64,${data}" style="max-width:100%"></div>`;
  });
  await page.setContent(`<body style="margin:8px auto;max-width:760px">${images.join("")}</body>`);
  for (const scheme of schemes) {
    for (const width of widths) {
      await page.setViewportSize({ width, height: TALL });
      await page.evaluate(
        (paper) => {
          document.body.style.background = paper;
        },
        scheme === "dark" ? "#14171c" : "#ffffff",
      );
      const stills = names.map((name, i) => [name, page.locator("div").nth(i)] as const);
      await takeAll(page, stills, `still, ${scheme}, ${width}`, take);
    }
  }
  await page.close();
}

/** Every sample in JupyterLab without side bars, in the theme that its settings name. */
export async function jupyterLabViews(
  browser: Browser,
  address: string,
  scheme: Scheme,
  take: Take,
): Promise<string[]> {
  const context = await browser.newContext({ viewport: { width: 1280, height: TALL } });
  context.setDefaultTimeout(120_000);
  const { page, requests } = await watchedPage(context);
  await page.goto(address);
  const cells = page.locator(".jp-Notebook .jp-CodeCell");
  await cells.nth(names.length - 1).waitFor();
  const themed = page.locator(`body[data-jp-theme-light="${scheme === "light"}"]`);
  await themed.waitFor({ state: "attached" });
  const outputs = names.map(
    (name, i) => [name, cells.nth(i).locator(".jp-OutputArea-output").first()] as const,
  );
  for (const width of widths) {
    await page.setViewportSize({ width, height: TALL });
    for (const [, output] of outputs) {
      await output.scrollIntoViewIfNeeded();
      await output.locator(".main-svg, [role=group]").first().waitFor();
    }
    await takeAll(page, outputs, `JupyterLab, ${scheme}, ${width}`, take);
  }
  const { host } = new URL(address);
  await context.close();
  return requests.filter((url) => new URL(url).host !== host);
}
