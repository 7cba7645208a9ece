/**
 * Every kind of figure, seen where readers meet it (a handout, its still picture, JupyterLab), light and dark, wide and
 * narrow, beside a stored picture of how it should look. `UPDATE_PICTURES=1` stores what is seen; look at it then.
 * `PICTURES=lines,bars` takes only those, and `PICTURES_FOLDER=…` keeps them in full size.
 * A figure that differs leaves what was seen in `.setup/pictures`.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { root, runProgram, scratchFolder, venvPython } from "../commands/programs.js";
import { samples } from "../plot/samples.js";
import { launch } from "./browser.js";
import { type Server, startJupyterLab } from "./jupyterlab-server.js";
import { names, writeExecuted, writeHandout } from "./pictures/executed.js";
import { makeSheet, type Place, readSheet, viewOf, writeSheet } from "./pictures/sheet.js";
import {
  type Difference,
  difference,
  differencePicture,
  type Picture,
  scaled,
  toPng,
} from "./pictures/thumbnail.js";
import { handoutViews, jupyterLabViews, schemes, stillViews } from "./pictures/views.js";

const stored = join(dirname(fileURLToPath(import.meta.url)), "pictures", "stored");
const placesFile = join(stored, "places.txt");
const updates = process.env.UPDATE_PICTURES === "1";
const left = join(root, ".setup", "pictures");
/** Widths of the stored pictures of wide and of narrow pages. */
const SMALL = { wide: 208, narrow: 140 };
/** Other systems have other letters, sliders and scroll bars. */
const leniency = process.platform === "linux" ? 1 : 2;

const seen = new Map(names.map((name) => [name, new Map<string, Picture>()]));
const take = (name: string, view: string, picture: Picture): void => {
  const width = view.endsWith("390") ? SMALL.narrow : SMALL.wide;
  const height = Math.max(1, Math.round((picture.height * width) / picture.width));
  seen.get(name)!.set(view, scaled(picture, width, height));
  const folder = process.env.PICTURES_FOLDER;
  if (folder) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `${name} ${view}.png`), toPng(picture, 256));
  }
};

let browser: Browser;
let server: Server;
let hasWebgl: boolean;

beforeAll(async () => {
  rmSync(left, { recursive: true, force: true });
  browser = await launch();
  const page = await browser.newPage();
  hasWebgl = await page.evaluate("!!document.createElement('canvas').getContext('webgl')");
  await page.close();
});

afterAll(async () => {
  await browser?.close();
  await server?.stop();
});

test("in a handout all are drawn, within the page, without an error or a request", async () => {
  const notebook = join(scratchFolder(), "samples.ipynb");
  writeExecuted(notebook);
  const address = await writeHandout(notebook);
  expect(await handoutViews(browser, address, take)).toEqual([]);
});

test("as still pictures all are drawn", () => stillViews(browser, take));

test("in JupyterLab all are drawn, without a request elsewhere", async () => {
  const folder = scratchFolder();
  const env = {
    JUPYTER_CONFIG_DIR: join(folder, "config"),
    JUPYTER_DATA_DIR: join(folder, "data"),
    JUPYTERLAB_SETTINGS_DIR: join(folder, "settings"),
    JUPYTERLAB_WORKSPACES_DIR: join(folder, "workspaces"),
  };
  const setting = (extension: string, file: string, value: object): void => {
    const settings = join(folder, "settings", "@jupyterlab", extension);
    mkdirSync(settings, { recursive: true });
    writeFileSync(join(settings, `${file}.jupyterlab-settings`), JSON.stringify(value));
  };
  mkdirSync(join(folder, "work"), { recursive: true });
  // All cells are on the page, not only those in view.
  setting("notebook-extension", "tracker", { windowingMode: "none" });
  server = await startJupyterLab(venvPython, ["-m", "jupyterlab"], join(folder, "work"), env);
  const { origin, search } = server.address;
  for (const scheme of schemes) {
    // One each: a page that was open has saved pictures of its own into its notebook.
    const notebook = join(folder, "work", `${scheme}.ipynb`);
    writeExecuted(notebook);
    // Outputs that nobody signed have no scripts.
    const trust = ["-m", "jupyter", "trust", notebook];
    const trusted = await runProgram(venvPython, trust, { env: { ...process.env, ...env } });
    expect(trusted.code, trusted.stderr).toBe(0);
    const theme = scheme === "dark" ? "JupyterLab Dark" : "JupyterLab Light";
    setting("apputils-extension", "themes", { theme });
    const address = `${origin}/doc/tree/${scheme}.ipynb${search}`;
    expect(await jupyterLabViews(browser, address, scheme, take)).toEqual([]);
  }
}, 600_000);

/** Where the views of each figure lie on its sheet. */
function readPlaces(): Record<string, Record<string, Place>> {
  if (!existsSync(placesFile)) return {};
  return JSON.parse(readFileSync(placesFile, "utf8")) as Record<string, Record<string, Place>>;
}

const isAlike = ({ mean, share, stretch }: Difference): boolean =>
  mean <= 7 * leniency && share <= 0.04 * leniency && Math.abs(Math.log(stretch)) < 0.15 * leniency;

describe.runIf(updates)("stored anew", () => {
  test("all pictures", () => {
    const fewest = Math.min(...[...seen.values()].map(({ size }) => size));
    expect(fewest, "views of a figure are missing").toBe(12);
    mkdirSync(stored, { recursive: true });
    const all = new Map(Object.entries(readPlaces()));
    for (const [name, views] of seen) {
      const { sheet, places } = makeSheet(views, 4);
      writeFileSync(join(stored, `${name}.png`), writeSheet(sheet));
      all.set(name, places);
    }
    // What is no longer a sample has no picture.
    for (const name of all.keys()) {
      if (name in samples) continue;
      all.delete(name);
      rmSync(join(stored, `${name}.png`), { force: true });
    }
    const lines = [...all].map(([name, places]) => `"${name}": ${JSON.stringify(places)}`);
    writeFileSync(placesFile, `{\n${lines.join(",\n")}\n}\n`);
  });
});

describe.skipIf(updates)("as stored", () => {
  test.each(names)("%s", (name) => {
    const places = readPlaces()[name] ?? {};
    const views = seen.get(name)!;
    expect(Object.keys(places), `${name}: store it with UPDATE_PICTURES=1`).toEqual([
      ...views.keys(),
    ]);
    const sheet = readSheet(readFileSync(join(stored, `${name}.png`)));
    const wrong: string[] = [];
    const where = new Map<string, Picture>();
    for (const [view, fresh] of views) {
      const old = viewOf(sheet, places[view]!);
      const found = difference(old, fresh);
      where.set(view, differencePicture(old, fresh));
      const needsWebgl = ["surface", "kernel"].includes(name) && !view.startsWith("still");
      if (isAlike(found) || (needsWebgl && !hasWebgl)) continue;
      const { mean, share, stretch } = found;
      wrong.push(
        `${view}: mean ${mean.toFixed(1)}, ${(100 * share).toFixed(1)} % of the pixels, height × ${stretch.toFixed(2)}`,
      );
    }
    if (wrong.length > 0) {
      mkdirSync(left, { recursive: true });
      writeFileSync(join(left, `${name}.png`), writeSheet(makeSheet(views, 4).sheet));
      writeFileSync(join(left, `${name}.difference.png`), writeSheet(makeSheet(where, 4).sheet));
    }
    expect(wrong, `${name} looks different; see ${left}`).toEqual([]);
  });

  test("no figure would pass for another, nor light for dark", () => {
    const places = readPlaces();
    const views = names.map((name) => {
      const sheet = readSheet(readFileSync(join(stored, `${name}.png`)));
      return { name, of: (view: string) => viewOf(sheet, places[name]![view]!) };
    });
    for (const view of ["handout, light, 1280", "still, dark, 390"]) {
      for (const one of views) {
        for (const other of views) {
          if (one.name === other.name) continue;
          const found = difference(one.of(view), other.of(view));
          expect(isAlike(found), `${one.name} and ${other.name}`).toBe(false);
        }
        const dark = difference(one.of("handout, light, 1280"), one.of("handout, dark, 1280"));
        expect(isAlike(dark), one.name).toBe(false);
      }
    }
  });
});
