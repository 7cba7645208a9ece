import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root, scratchFolder, writeNotebook } from "../commands/programs.js";
import { launch, watchedPage } from "./browser.js";
import { figureCells } from "./figure-cells.js";
import { type Server, startJupyterLab } from "./jupyterlab-server.js";

let browser: Browser;
let server: Server;
let address: URL;

beforeAll(async () => {
  const folder = scratchFolder();
  writeNotebook(join(folder, "01-sample.ipynb"), figureCells);
  // As `npm start` does.
  const start = [join(root, "scripts", "start.mjs")];
  [server, browser] = await Promise.all([
    startJupyterLab(process.execPath, start, folder),
    launch(),
  ]);
  address = server.address;
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test("a cell run in JupyterLab shows its Plotly figure, asking nobody else", async () => {
  const context = await browser.newContext({ viewport: { width: 1400, height: 1000 } });
  const { page, requests } = await watchedPage(context);
  await page.goto(`${address.origin}/lab/tree/01-sample.ipynb${address.search}`);
  const cell = page.locator(".jp-Notebook .jp-CodeCell").first();
  await cell.waitFor({ timeout: 120_000 });
  // The kernel that the notebook names is ours, and idle before we type.
  await page.locator('.jp-Toolbar-kernelName:has-text("convlab")').waitFor({ timeout: 60_000 });
  await page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').waitFor();

  await cell.locator(".cm-content").click();
  await page.keyboard.press("Shift+Enter");
  await cell.locator(".jp-OutputArea-output.js-plotly-plot .main-svg").first().waitFor();
  expect(await cell.locator(".gtitle").textContent()).toBe("A moving window");
  expect(await cell.locator(".slider-group").count()).toBe(1);
  // Its value is a result of the cell, and it was coloured as TypeScript.
  expect(await cell.locator(".jp-OutputPrompt").first().textContent()).toMatch(/\[1\]/);
  expect(await cell.locator(".cm-content span[class]").count()).toBeGreaterThan(20);

  const strangers = requests.filter((url) => new URL(url).host !== address.host);
  expect(strangers).toEqual([]);
});
