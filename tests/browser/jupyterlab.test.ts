import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root, scratchFolder, writeNotebook } from "../commands/programs.js";
import { launch, watchedPage } from "./browser.js";
import { figureCells } from "./figure-cells.js";

let browser: Browser;
let server: ChildProcess;
let address: URL;

/** Starts JupyterLab as `npm start` does and returns the address that it prints. */
async function startJupyterLab(folder: string): Promise<URL> {
  server = spawn(
    process.execPath,
    [
      join(root, "scripts", "start.mjs"),
      ...["--no-browser", "--port=0", "--ip=127.0.0.1", `--notebook-dir=${folder}`],
      // Root in a container, as on the project's machine.
      ...(process.getuid?.() === 0 ? ["--allow-root"] : []),
    ],
    { stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, JUPYTER_CONFIG_DIR: folder } },
  );
  let said = "";
  return new Promise((resolve, reject) => {
    const hear = (text: Buffer) => {
      said += text;
      const found = /http:\/\/127\.0\.0\.1:\d+\/lab\?token=\w+/.exec(said);
      if (found) resolve(new URL(found[0]));
    };
    server.stdout?.on("data", hear);
    server.stderr?.on("data", hear);
    server.on("exit", () => reject(new Error(`JupyterLab ended: ${said}`)));
  });
}

beforeAll(async () => {
  const folder = scratchFolder();
  writeNotebook(join(folder, "01-sample.ipynb"), figureCells);
  [address, browser] = await Promise.all([startJupyterLab(folder), launch()]);
});

afterAll(async () => {
  await browser?.close();
  if (server?.exitCode === null) {
    server.kill("SIGTERM");
    await once(server, "exit");
  }
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
