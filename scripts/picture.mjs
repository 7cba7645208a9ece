/**
 * `node scripts/picture.mjs [chapter] [heading]`: takes the README's picture, docs/chapter.png, from a handout that
 * `npm run lessons` has made.
 */
import { existsSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { chromium } from "playwright-core";
import { root } from "./setup.mjs";

const [chapter = "02-convolution-mathematics", heading = "3-the-window-slides"] =
  process.argv.slice(2);
const system = process.env.CHROMIUM ?? "/usr/bin/chromium";
const browser = await chromium.launch({
  ...(existsSync(system) ? { executablePath: system } : {}),
  args: ["--no-sandbox", "--disable-gpu"],
});
try {
  const page = await browser.newPage({
    viewport: { width: 1180, height: 900 },
    deviceScaleFactor: 1.5,
    colorScheme: "light",
    reducedMotion: "reduce",
  });
  await page.goto(pathToFileURL(`${root}/handouts/en/${chapter}.html`).href);
  await page.locator(`[id="${heading}"]`).scrollIntoViewIfNeeded();
  await page.locator(".plot").first().waitFor();
  const figure = page.locator(`section:has([id="${heading}"]) ~ section .plot`).first();
  await figure.scrollIntoViewIfNeeded();
  await figure.locator(".main-svg").first().waitFor();
  const slider = figure.locator("input[type=range]");
  if (await slider.count()) {
    await slider.focus();
    for (let step = 0; step < 5; step += 1) await page.keyboard.press("ArrowRight");
    await slider.blur();
  }
  // Figures above that are drawn late would move the page.
  await page.waitForTimeout(1500);
  await figure.evaluate((element) => {
    const { bottom } = element.getBoundingClientRect();
    scrollBy(0, bottom - innerHeight + 40);
  });
  await page.waitForTimeout(500);
  await page.screenshot({ path: `${root}/docs/chapter.png` });
} finally {
  await browser.close();
}
