/** The kernel in JupyterLab, as somebody who writes a notebook meets it; installed as the command installs it. */
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { convlab, scratchFolder, venvPython, writeNotebook } from "../commands/programs.js";
import { launch, watchedPage } from "./browser.js";
import { type Server, startJupyterLab } from "./jupyterlab-server.js";

const cells = [
  `interface Point { x: number; y: number }
/** How far the point is from the origin. */
function distance(p: Point): number {
  return Math.hypot(p.x, p.y);
}
const here: Point = { x: 3, y: 4 };
distance(here)`,
  'import * as tslab from "tslab";\ntslab.display.html("<b>rich</b>");\nconsole.log("out"); console.error("err");',
  'setTimeout(() => console.log("late"), 1000); "three"',
  "distance({ x: 6, y: 8 })",
];

let browser: Browser;
let server: Server;
let page: Page;
let requests: string[];

beforeAll(async () => {
  const folder = join(scratchFolder(), "a folder 합성곱");
  writeNotebook(join(folder, "try.ipynb"), cells);
  const installed = await convlab(["kernel", "install", "--prefix", folder]);
  expect(installed.code, installed.stderr).toBe(0);
  [server, browser] = await Promise.all([
    startJupyterLab(venvPython, ["-m", "jupyterlab"], folder, {
      JUPYTER_PATH: join(folder, "share", "jupyter"),
      JUPYTERLAB_WORKSPACES_DIR: join(folder, "workspaces"),
    }),
    launch(),
  ]);
  const context = await browser.newContext({ viewport: { width: 1300, height: 1500 } });
  context.setDefaultTimeout(60_000);
  ({ page, requests } = await watchedPage(context));
  const { origin, search } = server.address;
  await page.goto(`${origin}/lab/tree/try.ipynb${search}`, { timeout: 120_000 });
  await page.locator('.jp-Toolbar-kernelName:has-text("TypeScript (convlab)")').waitFor();
  await idle();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

const cell = (index: number): Locator => page.locator(".jp-Notebook .jp-CodeCell").nth(index);
const outputs = (index: number): Locator => cell(index).locator(".jp-OutputArea-output");
const button = (command: string): Locator =>
  page.locator(`.jp-NotebookPanel-toolbar [data-command="notebook:${command}"]`);

async function idle(): Promise<void> {
  await page.locator('.jp-Notebook-ExecutionIndicator[data-status="idle"]').waitFor();
}

/** Types into the last cell, which is empty again afterwards. */
async function type(text: string): Promise<Locator> {
  const last = page.locator(".jp-Notebook .jp-CodeCell").last();
  await last.locator(".cm-content").click();
  await page.keyboard.press("Control+A");
  await page.keyboard.type(text);
  return last;
}

/** Runs a new last cell; returns where it stands. */
async function run(text: string): Promise<number> {
  const index = (await page.locator(".jp-Notebook .jp-CodeCell").count()) - 1;
  await type(text);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Shift+Enter");
  return index;
}

test("cells are coloured as TypeScript, types too", async () => {
  const line = cell(0).locator(".cm-line").nth(2); // function distance(p: Point): number {
  const keyword = await line.locator("span", { hasText: /^function$/ }).getAttribute("class");
  const inInterface = cell(0)
    .locator(".cm-line")
    .first()
    .locator("span", { hasText: /^interface$/ });
  // In JavaScript, `interface` is no keyword and the type's colon no operator.
  expect(await inInterface.getAttribute("class")).toBe(keyword);
  expect(await line.locator("span", { hasText: /^:$/ }).count()).toBe(2);
});

test("all cells run: values, rich output, both streams, and late text below the cell that it is from", async () => {
  await page.getByRole("menuitem", { name: "Run", exact: true }).click();
  await page.getByRole("menuitem", { name: "Run All Cells", exact: true }).click();
  await cell(3).locator(".jp-OutputArea-output", { hasText: "10" }).waitFor();
  await expect.poll(() => outputs(0).allTextContents()).toEqual(["5"]);
  const kinds = await outputs(1).evaluateAll((all) => all.map((one) => one.dataset.mimeType));
  expect(kinds).toEqual([
    "text/html",
    "application/vnd.jupyter.stdout",
    "application/vnd.jupyter.stderr",
  ]);
  expect(await outputs(1).locator("b").textContent()).toBe("rich");
  await outputs(2).filter({ hasText: "late" }).waitFor();
  expect(await outputs(2).first().textContent()).toContain("three");
});

test("an error is coloured, and shows the line", async () => {
  await page.keyboard.press("b"); // A new, empty cell below.
  const index = await run("const wrong: string = distance(here);");
  const error = outputs(index);
  await error.filter({ hasText: "TypeCheckError" }).waitFor();
  expect(await error.textContent()).toMatch(/Type 'number' is not assignable[\s\S]*\^{5}/);
  expect(await error.locator("[class*=ansi-red]").count()).toBeGreaterThan(1);
});

test("Tab offers names with their kinds, Shift-Tab shows signature and comment", async () => {
  await type("here.");
  await page.keyboard.press("Tab");
  const popup = page.locator(".jp-Completer-item");
  await expect
    .poll(() => popup.allTextContents(), { timeout: 30_000 })
    .toEqual([expect.stringMatching(/x\s*property/), expect.stringMatching(/y\s*property/)]);
  await page.keyboard.press("Escape");

  await type("distance");
  await page.keyboard.press("Shift+Tab");
  const tooltip = page.locator(".jp-Tooltip");
  await tooltip.filter({ hasText: "How far the point is from the origin." }).waitFor();
  expect(await tooltip.textContent()).toContain("function distance(p: Point): number");
  await page.keyboard.press("Escape");
});

test("input asks in a box", async () => {
  const index = await run('const who = await input("your name? "); who.toUpperCase()');
  const box = cell(index).locator(".jp-Stdin-input");
  await box.fill("Ada");
  await box.press("Enter");
  await outputs(index)
    .filter({ hasText: /^'ADA'$/ })
    .waitFor();
});

test("names are offered while a loop runs, and the stop button ends it; variables stay", async () => {
  const index = await run('console.log("running"); while (true) {}');
  await outputs(index).filter({ hasText: "running" }).waitFor();
  await type("Math.hyp");
  await page.keyboard.press("Tab");
  // The only match is taken at once.
  await expect
    .poll(
      async () => {
        const offered = await page.locator(".jp-Completer-item").allTextContents();
        return (
          offered.join() +
          (await cell(index + 1)
            .locator(".cm-content")
            .textContent())
        );
      },
      { timeout: 30_000 },
    )
    .toContain("hypot");
  await page.keyboard.press("Escape");
  await button("interrupt-kernel").click();
  await outputs(index).filter({ hasText: "Interrupted" }).waitFor();
  const after = await run("who.length");
  await outputs(after).filter({ hasText: /^3$/ }).waitFor();
});

test("a restart begins anew", async () => {
  await button("restart-kernel").click();
  await page.locator(".jp-Dialog .jp-mod-accept").click();
  await page.locator(".jp-Dialog").waitFor({ state: "detached" });
  await idle();
  const index = await run("typeof globalThis + here");
  await outputs(index).filter({ hasText: "Cannot find name 'here'" }).waitFor();
  expect(await cell(index).locator(".jp-InputPrompt").textContent()).toBe("[1]:");
});

test("the page asked nobody else", () => {
  expect(requests.filter((url) => new URL(url).host !== server.address.host)).toEqual([]);
});
