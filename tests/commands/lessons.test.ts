import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import {
  convlab,
  type Ended,
  root,
  runProgram,
  scratchFolder,
  venvPython,
  writeNotebook,
} from "./programs.js";

const lessons = (folder: string, ...args: string[]): Promise<Ended> =>
  convlab(["lessons", "--python", venvPython, ...args], { cwd: folder });

describe("a course of which one chapter fails", () => {
  const folder = scratchFolder();
  const good = join(folder, "notebooks", "01-good.ipynb");
  const handout = (path: string) => join(folder, "handouts", path);
  let before: string;
  let ended: Ended;

  beforeAll(async () => {
    writeNotebook(good, [
      "md:# 01 Good\n\n## One\n\nThe area is $\\pi r^2$.\n\n## Two",
      "const radius: number = 2;\nradius ** 2",
      "md:<details><summary>Solution</summary>\n\nIt is *four*.\n\n```ts\nconst four: number = 4;\n```\n\n</details>",
    ]);
    writeNotebook(join(folder, "notebooks", "02-throws.ipynb"), [
      "const area = (r: number): number => {\n  if (r < 0) throw new RangeError('radius ' + r);\n  return r * r;\n};",
      "",
      "const fine = area(1);\n\narea(-fine)",
    ]);
    writeNotebook(join(folder, "notebooks", "03-types.ipynb"), ["\n\nconst r: number = 'two';"]);
    writeFileSync(join(folder, "notebooks", "04-torn.ipynb"), '{"cells": [');
    writeNotebook(join(folder, "notebooks", "05-formula.ipynb"), ["md:# 05\n\n$\\frac{1}{$"]);
    writeNotebook(join(folder, "notebooks", "ko", "01-good.ipynb"), ["md:# 01 좋은 장", "1 + 1"]);
    before = readFileSync(good, "utf8");
    for (const path of ["en/02-throws.html", "en/09-gone.html"]) {
      writeNotebook(handout(path), ["stale"]);
    }
    ended = await lessons(folder);
  });

  test("ends with a failure and a table of all chapters", () => {
    expect(ended.code).toBe(1);
    const rows = ended.stdout.trim().split("\n");
    expect(rows[0]).toMatch(/^chapter +cells +seconds +result$/);
    expect(rows.slice(1).map((row) => row.replace(/ +[\d.]+ +(?=ok|failed)/, " "))).toEqual([
      expect.stringMatching(/^01-good +1 ok$/),
      expect.stringMatching(/^02-throws +2 failed in cell 3$/),
      expect.stringMatching(/^03-types +1 failed in cell 1$/),
      expect.stringMatching(/^04-torn +0 failed$/),
      expect.stringMatching(/^05-formula +0 failed$/),
      expect.stringMatching(/^ko\/01-good +1 ok$/),
    ]);
  });

  test("names notebook, cell and line of an error", () => {
    expect(ended.stderr).toMatch(/02-throws\.ipynb, cell 3, line 3: RangeError: radius -1/);
    expect(ended.stderr).toMatch(/03-types\.ipynb, cell 1, line 3: .*not assignable/);
  });

  test("names a file that is not a notebook, and a formula that can't be rendered", () => {
    expect(ended.stderr).toMatch(/04-torn\.ipynb: 04-torn\.ipynb is not a Jupyter notebook/);
    expect(ended.stderr).toMatch(
      /05-formula\.ipynb: the formula "\\frac\{1\}\{" can't be rendered/,
    );
    expect(ended.stderr).not.toMatch(/\n\s+at .*\.js/);
  });

  test("writes the handouts of the others, and leaves no stale one", () => {
    expect(existsSync(handout("en/01-good.html"))).toBe(true);
    expect(existsSync(handout("ko/01-good.html"))).toBe(true);
    for (const gone of ["02-throws", "03-types", "04-torn", "05-formula", "09-gone"]) {
      expect(existsSync(handout(`en/${gone}.html`)), gone).toBe(false);
    }
  });

  test("links only to handouts that are there", () => {
    for (const page of ["index.html", "en/01-good.html", "ko/01-good.html"]) {
      const html = readFileSync(handout(page), "utf8");
      const links = [...html.matchAll(/<a\b[^>]*\bhref="([^"#]+)"/g)].map((match) => match[1]!);
      expect(links.length).toBeGreaterThan(0);
      for (const link of links)
        expect(existsSync(handout(join(page, "..", link))), link).toBe(true);
    }
  });

  test("renders formulas, solutions and types into the handout", () => {
    const html = readFileSync(handout("en/01-good.html"), "utf8");
    expect(html).toContain('<html lang="en">');
    expect(html).toContain("<title>01 Good</title>");
    expect(html).toContain('<annotation encoding="application/x-tex">\\pi r^2</annotation>');
    expect(html).toMatch(
      /<details><summary>Solution<\/summary>[\s\S]*<em>four<\/em>[\s\S]*<\/details>/,
    );
    expect(html).toMatch(/<span class="k[drt]">number<\/span>/);
    expect(html).not.toContain("convlab-plotly");
    expect(readFileSync(handout("ko/01-good.html"), "utf8")).toContain('<html lang="ko">');
  });

  test("leaves the notebook as it was and the executed copy elsewhere", () => {
    expect(readFileSync(good, "utf8")).toBe(before);
    const executed = JSON.parse(readFileSync(handout("executed/en/01-good.ipynb"), "utf8"));
    expect(executed.cells[1].outputs[0].data["text/plain"]).toEqual(["4"]);
  });

  test("makes one chapter alone, whose neighbours stay", async () => {
    const again = await lessons(folder, "ko/1");
    expect(again.code, again.stderr).toBe(0);
    expect(again.stdout).toMatch(/ko\/01-good +1 /);
    expect(again.stdout).not.toMatch(/^01-good/m);
    expect(readFileSync(handout("index.html"), "utf8")).toContain('href="en/01-good.html"');
  });
});

describe("says in a sentence what is missing", () => {
  const folder = scratchFolder();
  beforeAll(() => writeNotebook(join(folder, "notebooks", "01-one.ipynb"), ["1"]));

  const sentence = (ended: Ended, words: RegExp) => {
    expect(ended.code).toBe(1);
    expect(ended.stderr.trim()).toMatch(words);
    expect(ended.stderr).not.toMatch(/^\s+at /m);
  };

  test("the chapter", async () => {
    sentence(await lessons(folder, "77"), /^No chapter begins with "77"; there are 01-one\.$/);
  });

  test("the notebooks", async () => {
    sentence(await lessons(folder, "--notebooks", "nowhere"), /^There is no folder .*nowhere/);
    sentence(await lessons(folder, "--notebooks", root), /^There are no notebooks in /);
  });

  test("Python", async () => {
    sentence(
      await convlab(["lessons", "--python", join(folder, "python")], { cwd: folder }),
      /^There is no Python at /,
    );
  });

  test("the kernel", async () => {
    const ended = await lessons(folder, "--kernel", "fortran77");
    sentence(ended, /Jupyter knows no kernel named "fortran77"/);
  });

  test("Jupyter", async () => {
    const bare = join(folder, "bare");
    await runProgram(venvPython, ["-m", "venv", "--without-pip", bare]);
    const python = join(bare, relative(join(root, ".venv"), venvPython));
    sentence(
      await convlab(["lessons", "--python", python], { cwd: folder }),
      /^Jupyter is missing: .* has no jupyter_client nbclient nbconvert\. Install it with: .* -m pip install/,
    );
  });
});
