/** Tables in a handout on a phone: they scroll by themselves, and the sentence above them is read whole. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as network from "../../src/network/index.js";
import { DISPLAY } from "../../src/plot/figure.js";
import { scratchFolder } from "../commands/programs.js";
import { launch } from "./browser.js";
import { writeHandout } from "./pictures/executed.js";

test("a table wider than a phone scrolls below its caption, which stays", async () => {
  const table = network.summary("D") as unknown as Record<symbol, () => Record<string, string>>;
  const data = table[DISPLAY]!();
  const output = { output_type: "execute_result", execution_count: 1, metadata: {}, data };
  const cell = {
    ...{ cell_type: "code", id: "table", metadata: {}, source: "summary", execution_count: 1 },
    outputs: [output],
  };
  const kernelspec = { name: "convlab", display_name: "convlab", language: "typescript" };
  const notebook = { nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells: [cell] };
  const path = join(scratchFolder(), "table.ipynb");
  writeFileSync(path, JSON.stringify(notebook));
  const address = await writeHandout(path);
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
