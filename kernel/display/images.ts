/** Recognises pictures: by the first bytes of a file, or an SVG document by its text. Uses no Node API. */
import { base64 } from "./base64.js";
import type { MimeBundle } from "./wellformed.js";

/** First bytes of the formats that every front end draws; a dot stands for any byte. */
const SIGNATURES: readonly [type: string, signature: string][] = [
  ["image/png", "\x89PNG\r\n\x1a\n"],
  ["image/jpeg", "\xff\xd8\xff"],
  ["image/gif", "GIF8"],
  ["image/webp", "RIFF....WEBP"],
];
const LONGEST_SIGNATURE = 12;
/** A larger file is not put into a notebook unasked; in bytes. */
const LARGEST = 32 << 20;
/** Within this many characters a document shows what it is. */
const START = 8192;

/** A whole SVG document: nothing before its root but what XML puts there, nothing behind it. */
const SVG_START =
  /^\ufeff?\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--[\s\S]*?-->\s*)*(?:<!DOCTYPE\s+svg[^>[]*(?:\[[^\]]*\]\s*)?>\s*)?(?:<!--[\s\S]*?-->\s*)*<svg[\s/>]/i;
const SVG_END = /(?:<\/svg>|\/>)\s*(?:<!--[\s\S]{0,1000}?-->\s*)*$/i;

/** The picture that a file's bytes hold, under its type; `undefined` where front ends can't draw them. */
export function imageOfBytes(bytes: Uint8Array): MimeBundle | undefined {
  if (bytes.length > LARGEST) return undefined;
  const start = String.fromCharCode(...bytes.subarray(0, LONGEST_SIGNATURE));
  const found = SIGNATURES.find(([, signature]) =>
    [...signature].every((byte, i) => byte === "." || start[i] === byte),
  );
  if (found !== undefined) return { [found[0]]: base64(bytes) };
  const decoder = new TextDecoder();
  if (!isSvgStart(decoder.decode(bytes.subarray(0, START)))) return undefined;
  return imageOfText(decoder.decode(bytes));
}

/** The picture that text is: a whole SVG document, not text that has one in it. */
export function imageOfText(text: string): MimeBundle | undefined {
  if (text.length > LARGEST || !isSvgStart(text) || !SVG_END.test(text.slice(-START))) {
    return undefined;
  }
  return { "image/svg+xml": standalone(text) };
}

/** An SVG document that front ends draw as a picture: outside a page, its root must name its namespace. */
export function standalone(svg: string): string {
  const root = svg.search(/<svg[\s/>]/i);
  const end = svg.indexOf(">", root);
  if (root < 0 || /\sxmlns\s*=/.test(svg.slice(root, end))) return svg;
  return `${svg.slice(0, root + 4)} xmlns="http://www.w3.org/2000/svg"${svg.slice(root + 4)}`;
}

function isSvgStart(text: string): boolean {
  return SVG_START.test(text.slice(0, START));
}
