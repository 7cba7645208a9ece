import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { digit } from "../../src/image/index.js";
import * as plot from "../../src/plot/index.js";

const folder = mkdtempSync(join(tmpdir(), "convlab-figures-"));
const seven = plot.image(digit(7), { title: "A </script> seven" });

describe("plot.save", () => {
  test("keeps the still picture, and puts a new one in its place", () => {
    const path = join(folder, "seven.SVG");
    writeFileSync(path, "an older one");
    expect(plot.save(pathToFileURL(path), seven)).toBe(path);
    expect(readFileSync(path, "utf8")).toBe(seven.svg());
  });

  test("keeps a page: a document with title, letters and the figure's data, which ends no script", () => {
    const page = readFileSync(plot.save(join(folder, "seven.html"), seven), "utf8");
    expect(page).toMatch(/^<!doctype html>\n<html lang="en">/);
    expect(page).toContain('<meta charset="utf-8">');
    expect(page).toContain("<title>A &lt;/script&gt; seven</title>");
    expect(page.match(/<\/script>/g)).toHaveLength(3);
    const [, json] = /id="data">(.*?)<\/script>/s.exec(page)!;
    expect(JSON.parse(json!)).toMatchObject({ data: seven.data, layout: seven.layout });
    const slide = plot.explorer();
    expect(readFileSync(plot.save(join(folder, "a.html"), slide), "utf8")).toContain(slide.html());
  });

  test.each<[string, () => unknown, RegExp]>([
    ["no path", () => plot.save(seven as never, seven), /wants the path first.*got/],
    ["no figure", () => plot.save("a.svg", "a" as never), /what a function of plot gives.*got "a"/],
    ["another end", () => plot.save("a.png", seven), /\.html or \.svg.*got "a\.png"/],
    ["an address", () => plot.save(new URL("http://a.b/c.svg"), seven), /got http:/],
    ["no folder", () => plot.save(join(folder, "none", "a.svg"), seven), /no folder to hold/],
  ])("refuses %s", (_, call, message) => {
    expect(call).toThrow(message);
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  });
});
