/**
 * Tables and figures in a handout: tables scroll on a phone, in print they alone may go on over the page; written sums
 * are read in light and in dark.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { random } from "../../src/array.js";
import * as network from "../../src/network/index.js";
import { DISPLAY } from "../../src/plot/figure.js";
import * as plot from "../../src/plot/index.js";
import { scratchFolder } from "../commands/programs.js";
import { launch } from "./browser.js";
import { writeHandout } from "./pictures/executed.js";

/** A handout of one value. */
function handoutOf(value: unknown): Promise<string> {
  const data = (value as Record<symbol, () => Record<string, string>>)[DISPLAY]!();
  const output = { output_type: "execute_result", execution_count: 1, metadata: {}, data };
  const cell = {
    ...{ cell_type: "code", id: "only", metadata: {}, source: "value", execution_count: 1 },
    outputs: [output],
  };
  const kernelspec = { name: "convlab", display_name: "convlab", language: "typescript" };
  const notebook = { nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells: [cell] };
  const path = join(scratchFolder(), "value.ipynb");
  writeFileSync(path, JSON.stringify(notebook));
  return writeHandout(path);
}

test("a table wider than a phone scrolls below its caption, which stays", async () => {
  const address = await handoutOf(network.summary("D"));
  const browser = await launch();
  try {
    const page = await browser.newPage({ viewport: { width: 390, height: 900 } });
    await page.goto(address);
    const seen = await page.evaluate(() => {
      const table = document.querySelector("table")!;
      const caption = document.querySelector("caption")!;
      const place = () => {
        const { left, right } = caption.getBoundingClientRect();
        return { left, right };
      };
      const before = place();
      for (let at: Element | null = table; at; at = at.parentElement) at.scrollLeft = 150;
      const first = table.querySelector("td")!.getBoundingClientRect().left;
      const whole = document.documentElement.scrollWidth;
      return { before, after: place(), first, whole };
    });
    expect(seen.whole).toBe(390);
    expect(seen.before.right).toBeLessThanOrEqual(390);
    expect(seen.after).toEqual(seen.before);
    expect(seen.first, "the table itself has moved").toBeLessThan(100);
  } finally {
    await browser.close();
  }
});

test("a figure stays whole in print, with the colours of its scale; a long table goes on", async () => {
  const browser = await launch();
  try {
    const page = await browser.newPage();
    await page.emulateMedia({ media: "print" });
    const breaks = () =>
      page
        .locator(".html")
        .first()
        .evaluate((box) => getComputedStyle(box).breakInside);
    await page.goto(await handoutOf(plot.activations(random([3, 3, 2]))));
    expect(await breaks()).toBe("avoid");
    const bar = page.locator('[data-bar] div[style*="gradient"]').first();
    const printed = await bar.evaluate((box) => getComputedStyle(box).printColorAdjust);
    expect(printed).toBe("exact");
    await page.goto(await handoutOf(network.summary("D")));
    expect(await breaks()).toBe("auto");
  } finally {
    await browser.close();
  }
});

/** How much lighter one colour is than another, 1 to 21 (WCAG 2). */
function contrast(one: string, other: string): number {
  const light = (colour: string): number => {
    const [r = 0, g = 0, b = 0] = [...colour.matchAll(/\d+/g)].map(([level]) => {
      const share = Number(level) / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const [low = 0, high = 0] = [light(one), light(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

test.each(["light", "dark"] as const)(
  "a written sum has 4.5:1 on a %s page",
  async (colorScheme) => {
    const browser = await launch();
    try {
      const page = await browser.newPage({ colorScheme });
      await page.goto(await handoutOf(plot.slide(random([4, 4]), random([2, 2]))));
      const colours = await page
        .locator("[data-sum] span")
        .evaluateAll((spans) => [...new Set(spans.map((span) => getComputedStyle(span).color))]);
      const paper = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      expect(colours).toHaveLength(3);
      for (const colour of colours) expect(contrast(colour, paper)).toBeGreaterThan(4.5);
    } finally {
      await browser.close();
    }
  },
);
