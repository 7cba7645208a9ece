import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { CommandError } from "../../cli/command-error.js";
import { type Chapter, findChapters, selectChapters } from "../../cli/lessons/chapters.js";
import { indexPage } from "../../cli/lessons/index-page.js";
import { scratchFolder, writeNotebook } from "../commands/programs.js";

const folder = scratchFolder();
let chapters: Chapter[];
const names = (found: readonly Chapter[]) => found.map((c) => `${c.language}/${c.name}`);

beforeAll(() => {
  writeNotebook(join(folder, "10-vgg.ipynb"), [
    "md:Words first.\n\n# 10 · Reading *VGG*\n\n# Not this",
  ]);
  writeNotebook(join(folder, "02-maths.ipynb"), ["// # not Markdown", "md:## 2 Only a section"]);
  writeNotebook(join(folder, "ko", "02-maths.ipynb"), ["md:# 02 · 합성곱"]);
  writeNotebook(join(folder, "figures", "99-no-language.ipynb"), []);
  writeFileSync(join(folder, "04-torn.ipynb"), "{");
  writeFileSync(join(folder, ".05-hidden.ipynb"), "{}");
  chapters = findChapters(folder);
});

test("chapters are found by language, in order, with their titles", () => {
  expect(chapters.map(({ language, name, title }) => [language, name, title])).toEqual([
    ["en", "02-maths", "02-maths"],
    ["en", "04-torn", "04-torn"],
    ["en", "10-vgg", "10 · Reading VGG"],
    ["ko", "02-maths", "02 · 합성곱"],
  ]);
});

test.each([
  [[], ["en/02-maths", "en/04-torn", "en/10-vgg", "ko/02-maths"]],
  [["2"], ["en/02-maths", "ko/02-maths"]],
  [["02"], ["en/02-maths", "ko/02-maths"]],
  [["ko/2"], ["ko/02-maths"]],
  [
    ["10-vgg.ipynb", "en/02-maths"],
    ["en/02-maths", "en/10-vgg"],
  ],
  [["1"], []],
])("asked for %j", (wanted, expected) => {
  if (expected.length > 0) expect(names(selectChapters(chapters, wanted))).toEqual(expected);
  else expect(() => selectChapters(chapters, wanted)).toThrow(CommandError);
});

test("the index lists every chapter, and links to those that are made", () => {
  const html = indexPage(
    chapters.map((chapter) => ({ chapter, made: chapter.name !== "04-torn" })),
  );
  expect(html.match(/href="(?!data:)[^"]+"/g)).toEqual([
    'href="en/02-maths.html"',
    'href="en/10-vgg.html"',
    'href="ko/02-maths.html"',
  ]);
  expect(html).toContain('<span class="number">10</span><span>Reading VGG</span>');
  expect(html).toMatch(/class="absent".*torn.*not made yet/);
  expect(html).toMatch(/<section lang="ko"/);
});
