import { expect, test } from "vitest";
import { formulaStyle, renderFormulas } from "../../cli/lessons/formulas.js";
import { handoutPage } from "../../cli/lessons/page.js";
import type { Body } from "../../cli/lessons/run-chapter.js";

const body: Body = {
  title: 'A "title" & <more>',
  headings: [
    { level: 1, id: "a", html: "A", text: "A" },
    { level: 2, id: "one", html: 'The <span class="tex">k</span>', text: "The k" },
    { level: 3, id: "two", html: '<a href="x">Two</a>', text: "Two" },
  ],
  figures: [],
  html: '<p>Given <span class="tex">a &lt; b \\&amp; c</span></p>',
};
const links = {
  index: "../index.html",
  next: { href: "b.html", title: "B & C" },
  translations: [{ href: "../ko/a.html", language: "ko" }],
};

test("a page escapes its title, nests its contents and leads on", () => {
  const html = handoutPage(body, "en", links);
  expect(html).toContain("<title>A &quot;title&quot; &amp; &lt;more&gt;</title>");
  expect(html).toMatch(/<li class="level-2"><a href="#one">The <span class="katex">/);
  expect(html).toContain('<li class="level-3"><a href="#two">Two</a></li>');
  expect(html).toMatch(/<a class="next" rel="next" href="b\.html">.*B &amp; C<\/a>/);
  expect(html).toContain('hreflang="ko" lang="ko">한국어</a>');
});

test("a page names no address but its neighbours", () => {
  const html = handoutPage({ ...body, figures: [{ data: [], layout: {} }] }, "ko", links);
  const loaded = html.matchAll(/(?:src|href|url)\s*[=(]\s*["']?((?:https?:)?\/\/[^"')\s]+)/g);
  expect([...loaded].map((match) => match[1])).toEqual([]);
  expect(html).toContain("default-src 'none'");
  expect(html.match(/id="convlab-plotly"/g)).toHaveLength(1);
});

test("formulas keep what TeX said, and one that is wrong is named", () => {
  const html = renderFormulas('<span class="tex tex-display">x &lt; \\frac{1}{2}</span>');
  expect(html).toContain('class="katex-display"');
  expect(html).toContain(
    '<annotation encoding="application/x-tex">x &lt; \\frac{1}{2}</annotation>',
  );
  expect(() => renderFormulas('<span class="tex">\\nonsense</span>')).toThrow(
    /the formula "\\nonsense" can't be rendered: .*Undefined control sequence/,
  );
});

test("the style of formulas carries the fonts that they use, and no more", () => {
  expect(formulaStyle("<p>none</p>")).toBe("");
  const plain = formulaStyle(renderFormulas('<span class="tex">x^2</span>'));
  const script = formulaStyle(renderFormulas('<span class="tex">\\mathscr{L}</span>'));
  expect(plain).toContain("KaTeX_Math");
  expect(plain).not.toMatch(/@font-face\{[^}]*KaTeX_Script/);
  expect(script).toMatch(/@font-face\{[^}]*KaTeX_Script/);
  expect(plain).not.toContain("url(fonts/");
});
