/** `npm run docs`: the API reference as a reader opens it, from the file, with no network. */
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "vitest";
import { root, runProgram } from "../commands/programs.js";
import { launch, watchedPage } from "./browser.js";

const html = join(root, "docs", "reference", "html");

test("is written, finds functions, shows formula and example, and asks no one for anything", async () => {
  rmSync(html, { recursive: true, force: true });
  const { code, stdout, stderr } = await runProgram(process.execPath, [
    join(root, "scripts", "docs.mjs"),
  ]);
  expect({ code, stderr: code === 0 ? "" : stderr + stdout }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toContain(join("html", "index.html"));
  expect(existsSync(join(html, "functions", "conv2d.html"))).toBe(true);
  expect(existsSync(join(html, "functions", "fast.conv2d.html"))).toBe(true);

  const browser = await launch();
  try {
    const { page, requests, errors } = await watchedPage(await browser.newContext());
    await page.goto(pathToFileURL(join(html, "index.html")).href);
    expect(await page.textContent("body")).toContain(
      "Convolutional networks in readable TypeScript",
    );
    await page.goto(pathToFileURL(join(html, "functions", "conv2d.html")).href);
    const text = await page.locator(".col-content").textContent();
    expect(text).toContain("Σ");
    expect(text).toContain("Example");
    expect(requests.filter((address) => !address.startsWith("file:"))).toEqual([]);
    // Chromium lets no page read a file beside it; TypeDoc then draws its icons by a script.
    expect(errors.filter((error) => !/^Unsafe attempt to load URL file:/.test(error))).toEqual([]);
  } finally {
    await browser.close();
  }
});
