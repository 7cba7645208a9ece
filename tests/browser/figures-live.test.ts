/** Losses and accuracies while a network learns, in JupyterLab, with the kernel. */
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root, scratchFolder, writeNotebook } from "../commands/programs.js";
import { launch, watchedPage } from "./browser.js";
import { type Server, startJupyterLab } from "./jupyterlab-server.js";

const cell = `import { plot } from "convlab";
const curve = plot.live({ title: "Learning", every: 100 });
for (let step = 0; step < 20; step++) {
  curve.add({ loss: 2 / (1 + step), accuracy: step / 20 });
  await new Promise((go) => setTimeout(go, 150));
}
curve.end();`;

let browser: Browser;
let server: Server;

beforeAll(async () => {
  const folder = scratchFolder();
  writeNotebook(join(folder, "live.ipynb"), [cell]);
  const start = [join(root, "scripts", "start.mjs")];
  [server, browser] = await Promise.all([
    startJupyterLab(process.execPath, start, folder),
    launch(),
  ]);
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test("one output grows while the cell runs, and is an ordinary figure at the end", async () => {
  const context = await browser.newContext({ viewport: { width: 1200, height: 900 } });
  context.setDefaultTimeout(90_000);
  const { page } = await watchedPage(context);
  const { origin, search } = server.address;
  await page.goto(`${origin}/lab/tree/live.ipynb${search}`);
  await page.locator('.jp-Toolbar-kernelName:has-text("convlab")').waitFor();
  await page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').waitFor();
  const code = page.locator(".jp-Notebook .jp-CodeCell").first();
  await code.locator(".cm-content").click();
  await page.keyboard.press("Shift+Enter");

  const picture = code.locator(".jp-OutputArea-output img");
  await picture.waitFor();
  const first = await picture.getAttribute("src");
  await expect.poll(() => picture.getAttribute("src"), { timeout: 30_000 }).not.toBe(first);
  expect(await picture.getAttribute("alt")).toContain("Lines of loss over step");

  await code.locator(".jp-OutputArea-output .main-svg").first().waitFor();
  expect(await code.locator(".jp-OutputArea-output").count()).toBe(1);
  const points = await code.locator(".jp-RenderedPlotly").evaluate((element) => {
    const { data } = element as unknown as { data: { name: string; y: ArrayLike<number> }[] };
    return data.map(({ name, y }) => [name, y.length]);
  });
  expect(points).toEqual([
    ["loss", 20],
    ["accuracy", 20],
  ]);
});
