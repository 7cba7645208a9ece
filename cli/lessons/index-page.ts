import type { Chapter } from "./chapters.js";
import { escapeHtml, pageStyle, shell } from "./page.js";
import { wordsIn } from "./words.js";

/** A chapter as the index lists it; one whose handout isn't there is named without a link. */
export interface IndexEntry {
  chapter: Chapter;
  made: boolean;
}

/** `04-padding-and-stride` is number 4. */
function numberOf(chapter: Chapter): string {
  return /^\d+/.exec(chapter.name)?.[0] ?? "";
}

/** The title without the number that stands before it in the notebook (`04 Padding and stride`). */
function bareTitle(chapter: Chapter): string {
  return chapter.title.replace(/^(?:chapter\s+)?\d+\s*[.:·—–-]?\s*/i, "") || chapter.title;
}

/** The page that lists all handouts, a part for each language. */
export function indexPage(entries: readonly IndexEntry[]): string {
  const languages = [...new Set(entries.map(({ chapter }) => chapter.language))];
  const parts = languages.map((language) => {
    const words = wordsIn(language);
    const items = entries
      .filter(({ chapter }) => chapter.language === language)
      .map(({ chapter, made }) => {
        const label = `<span class="number">${numberOf(chapter)}</span><span>${escapeHtml(bareTitle(chapter))}</span>`;
        return made
          ? `<li><a href="${language}/${encodeURIComponent(chapter.name)}.html">${label}</a></li>`
          : `<li class="absent">${label}<em>${words.notMade}</em></li>`;
      });
    return `<section lang="${language}"><h1>${words.course}</h1>
<p>${words.intro}</p>
<ol class="chapters">${items.join("\n")}</ol></section>`;
  });
  const first = wordsIn(languages[0] ?? "en");
  return shell(
    languages[0] ?? "en",
    first.course,
    [pageStyle()],
    `<header class="bar"><span class="space"></span><button type="button" class="theme" aria-label="${first.theme}" title="${first.theme}"><span aria-hidden="true">◐</span></button></header>
<main class="index">${parts.join("\n")}</main>`,
  );
}
