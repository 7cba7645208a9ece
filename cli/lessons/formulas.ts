import { readFileSync } from "node:fs";
import { join } from "node:path";
import katex from "katex";
import { CommandError } from "../command-error.js";
import { packageRoot } from "../package-root.js";

/** Formulas in the page, as `handout/exporter.py` marks them. */
const marked = /<span class="tex( tex-display)?">([^<]*)<\/span>/g;

const entities: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&amp;": "&" };

/**
 * Renders the formulas of a page, as HTML for the eye and MathML for readers' tools.
 * @throws {CommandError} with the formula, if KaTeX doesn't understand one
 */
export function renderFormulas(html: string): string {
  return html.replace(marked, (_match, display: string | undefined, escaped: string) => {
    const tex = escaped.replace(/&(?:lt|gt|amp);/g, (entity) => entities[entity] ?? entity);
    try {
      return katex.renderToString(tex, {
        displayMode: display !== undefined,
        output: "htmlAndMathml",
        strict: "ignore",
        throwOnError: true,
        trust: false,
      });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new CommandError(`the formula "${tex}" can't be rendered: ${reason}`);
    }
  });
}

/** Which of KaTeX's font families are drawn with which of its classes; the others are always needed. */
const rareFonts: readonly (readonly [family: string, sign: RegExp])[] = [
  ["KaTeX_AMS", /amsrm|mathbb/],
  ["KaTeX_Caligraphic", /mathcal/],
  ["KaTeX_Fraktur", /mathfrak|mathboldfrak/],
  ["KaTeX_SansSerif", /mathsf|mathboldsf|mathitsf/],
  ["KaTeX_Script", /mathscr/],
  ["KaTeX_Typewriter", /mathtt/],
];

/** The style of the formulas in `html`, with the fonts they need inside; nothing where there are none. */
export function formulaStyle(html: string): string {
  if (!html.includes('class="katex')) return "";
  const folder = join(packageRoot(), "dist", "handout", "katex");
  const unused = rareFonts.filter(([, sign]) => !sign.test(html)).map(([family]) => family);
  return readFileSync(join(folder, "katex.min.css"), "utf8").replace(
    /@font-face\{[^}]*\}/g,
    (face) => {
      const family = /font-family:"?(\w+)"?/.exec(face)?.[1] ?? "";
      const file = /url\(fonts\/([\w-]+\.woff2)\)/.exec(face)?.[1];
      if (!file || unused.includes(family)) return "";
      const font = readFileSync(join(folder, file)).toString("base64");
      return face.replace(/src:[^;}]*/, `src:url(data:font/woff2;base64,${font}) format("woff2")`);
    },
  );
}
