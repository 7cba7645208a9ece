import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { packageRoot } from "../package-root.js";
import { formulaStyle, renderFormulas } from "./formulas.js";
import type { Body, Heading } from "./run-chapter.js";
import { type Words, wordsIn } from "./words.js";

/** Where a page leads: file names relative to its own. */
export interface Links {
  index: string;
  previous?: { href: string; title: string };
  next?: { href: string; title: string };
  translations: { href: string; language: string }[];
}

/** Text as it may stand in HTML, in attributes too. */
export function escapeHtml(text: string): string {
  return text
    .replace(/&/g, "&amp;")
    .replace(/</g, "&lt;")
    .replace(/>/g, "&gt;")
    .replace(/"/g, "&quot;");
}

/** Nothing but what is in the file may load: the browser itself refuses every request. */
const policy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval'",
  "style-src 'unsafe-inline'",
  "img-src data: blob:",
  "media-src data: blob:",
  "font-src data:",
].join("; ");

const asset = (...path: string[]): Buffer => readFileSync(join(packageRoot(), ...path));

/**
 * A page that stands alone: its style, its scripts and a policy that lets it ask for nothing.
 */
export function shell(
  language: string,
  title: string,
  styles: readonly string[],
  content: string,
): string {
  return `<!doctype html>
<html lang="${escapeHtml(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="generator" content="convlab">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>
${styles.join("\n")}
</style>
<script>
${asset("handout", "theme.js").toString()}
</script>
</head>
<body>
${content}
</body>
</html>
`;
}

/** The style that all pages share. */
export function pageStyle(): string {
  return asset("handout", "handout.css").toString();
}

/** Data that a script of the page unpacks (`handout/figures.js`). */
function packed(id: string, gzipped: Buffer): string {
  return `<script type="text/plain" id="${id}">${gzipped.toString("base64")}</script>`;
}

/** Plotly, the figures, and the script that draws them; nothing in a chapter without figures. */
function figureScripts(body: Body): string {
  if (body.figures.length === 0) return "";
  return [
    packed("convlab-figures", gzipSync(JSON.stringify(body.figures), { level: 9 })),
    packed("convlab-plotly", asset("dist", "handout", "plotly.min.js.gz")),
    `<script>\n${asset("dist", "handout", "figures.js").toString()}\n</script>`,
  ].join("\n");
}

/** The table of contents: second and third headings, nested. */
function contents(headings: readonly Heading[], words: Words): string {
  const listed = headings.filter(({ level }) => level === 2 || level === 3);
  if (listed.length < 2) return "";
  const items = listed.map(
    ({ level, id, html }) =>
      `<li class="level-${level}"><a href="#${escapeHtml(id)}">${html.replace(/<\/?a\b[^>]*>/g, "")}</a></li>`,
  );
  return `<nav class="contents" aria-label="${words.contents}">
<details open><summary>${words.contents}</summary><ol>${items.join("\n")}</ol></details>
<script>if (!matchMedia("(min-width: 72rem)").matches) document.currentScript.previousElementSibling.open = false;</script>
</nav>`;
}

function neighbours(links: Links, words: Words): string {
  const link = (kind: "previous" | "next", word: string) => {
    const target = links[kind];
    if (!target) return "";
    const rel = kind === "previous" ? "prev" : "next";
    return `<a class="${kind}" rel="${rel}" href="${escapeHtml(target.href)}"><span>${word}</span>${escapeHtml(target.title)}</a>`;
  };
  return `<footer class="neighbours">${link("previous", words.previous)}${link("next", words.next)}</footer>`;
}

function header(links: Links, words: Words): string {
  const translations = links.translations.map(
    ({ href, language }) =>
      `<a href="${escapeHtml(href)}" hreflang="${language}" lang="${language}">${wordsIn(language).otherLanguage}</a>`,
  );
  return `<header class="bar"><a class="skip" href="#chapter">${words.skip}</a>
<a href="${escapeHtml(links.index)}">${words.allChapters}</a><span class="space"></span>${translations.join("")}
<button type="button" class="theme" aria-label="${words.theme}" title="${words.theme}"><span aria-hidden="true">◐</span></button></header>`;
}

/**
 * A handout: one chapter with everything it needs inside.
 * @throws {CommandError} if a formula can't be rendered
 */
export function handoutPage(body: Body, language: string, links: Links): string {
  const words = wordsIn(language);
  const navigation = contents(body.headings, words);
  const content = renderFormulas(`${header(links, words)}
<div class="page${navigation ? "" : " no-contents"}">
${navigation}
<main id="chapter" tabindex="-1" data-play="${words.play}" data-pause="${words.pause}" data-step="${words.step}">
${body.html}
</main>
</div>
${neighbours(links, words)}`);
  return shell(
    language,
    body.title || words.course,
    [formulaStyle(content), pageStyle()],
    `${content}\n${figureScripts(body)}`,
  );
}
