/**
 * Objects of well-known libraries that hold a picture, a page, a chart or a table; recognised by their parts, as Deno's
 * kernel recognises them (`cli/js/40_jupyter.js`). Uses no Node API.
 */
import { imageOfBytes, imageOfText, standalone } from "./images.js";
import { recordsHtml } from "./records.js";
import type { MimeBundle } from "./wellformed.js";

type Parts = Record<string, unknown>;

/** How many rows of a data frame are asked for. */
const ROWS = 50;
/** Of an element's HTML as text; in UTF-16 units. */
const LONGEST_TEXT = 1000;

/**
 * What a value shows besides the text that `inspect` writes of it; `undefined` where it is nothing that front ends can draw.
 * @throws what the object's own methods throw
 */
export function richForms(value: unknown): MimeBundle | undefined {
  if (typeof value === "string") return imageOfText(value);
  if (value === null || typeof value !== "object") return undefined;
  if (value instanceof Uint8Array) return imageOfBytes(value);
  if (Array.isArray(value)) return recordsHtml(value);
  const parts = value as Parts;
  if (typeof parts.outerHTML === "string") return elementForms(parts, parts.outerHTML);
  if (typeof parts.toDataURL === "function") return canvasForms(parts.toDataURL());
  if (typeof parts.toSpec === "function") return chartForms(parts.toSpec());
  if (isDataFrame(parts)) return recordsHtml(parts.head(ROWS).toRecords());
  return undefined;
}

/** An element of a page, as a browser, jsdom or linkedom has it. Its text is its HTML: `inspect` shows machinery. */
function elementForms(element: Parts, html: string): MimeBundle | undefined {
  if (element.nodeType !== 1 || typeof element.tagName !== "string") return undefined;
  const text = html.length > LONGEST_TEXT ? `${html.slice(0, LONGEST_TEXT)}…` : html;
  // HTML has a name for the space that does not break, XML none.
  return element.tagName.toLowerCase() === "svg"
    ? { "image/svg+xml": standalone(html.replace(/&nbsp;/g, "&#160;")), "text/plain": text }
    : { "text/html": html, "text/plain": text };
}

/** A canvas gives a data URL: `data:image/png;base64,…`. */
function canvasForms(url: unknown): MimeBundle | undefined {
  const found = typeof url === "string" ? /^data:(image\/[\w.+-]+);base64,/.exec(url) : null;
  return found === null ? undefined : { [found[1]!]: (url as string).slice(found[0].length) };
}

/** A chart of Vega or Vega-Lite names its schema: `https://vega.github.io/schema/vega-lite/v5.json`. */
function chartForms(spec: unknown): MimeBundle | undefined {
  const schema = (spec as Parts | null | undefined)?.$schema;
  const found = typeof schema === "string" ? /\/(vega|vega-lite)\/v(\d+)/.exec(schema) : null;
  if (found === null) return undefined;
  return { [`application/vnd.${found[1]!.replace("-", "")}.v${found[2]}+json`]: spec };
}

interface DataFrame {
  head(rows: number): { toRecords(): unknown[] };
}

/** As Polars has it. */
function isDataFrame(value: object): value is DataFrame {
  const { schema, head, toRecords } = value as Parts;
  return (
    typeof schema === "object" && typeof head === "function" && typeof toRecords === "function"
  );
}
