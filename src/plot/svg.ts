import { FONT, SIZES, TEXT, wrap } from "./theme.js";

/** Width of still pictures in pixels; they scale with the page. */
export const STILL_WIDTH = 640;

/** Text as XML takes it. */
export function escapeXml(text: string): string {
  return (
    text
      .replace(/&/g, "&amp;")
      .replace(/</g, "&lt;")
      .replace(/>/g, "&gt;")
      .replace(/"/g, "&quot;")
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML 1.0 forbids them even escaped
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, "")
  );
}

/** An SVG element; attributes that are undefined are left out, numbers rounded to a hundredth of a pixel. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | number | undefined>>,
  ...children: readonly string[]
): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([key, value]) => {
      const text =
        typeof value === "number" ? String(Math.round(value * 100) / 100) : String(value);
      return ` ${key}="${escapeXml(text)}"`;
    })
    .join("");
  if (children.length === 0) return `<${name}${written}/>`;
  return `<${name}${written}>${children.join("")}</${name}>`;
}

/** A line of text. */
export function label(
  x: number,
  y: number,
  text: string,
  attributes: Readonly<Record<string, string | number | undefined>> = {},
): string {
  return element("text", { x, y, ...attributes }, escapeXml(text));
}

/** A title and a body, placed below each other in one document that says what it shows. */
export function svgDocument(
  title: string,
  alt: string,
  bodyHeight: number,
  body: readonly string[],
): string {
  const lines = wrap(title, 64);
  const top = 14 + lines.length * 20;
  const height = Math.ceil(top + bodyHeight);
  const heading = lines.map((line, i) =>
    label(STILL_WIDTH / 2, 20 + i * 20, line, {
      "font-size": SIZES.title,
      "text-anchor": "middle",
    }),
  );
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${STILL_WIDTH} ${height}`,
      width: STILL_WIDTH,
      height,
      role: "img",
      style: "max-width:100%;height:auto",
      "font-family": FONT,
      "font-size": SIZES.text,
      fill: TEXT,
    },
    element("title", {}, escapeXml(title)),
    element("desc", {}, escapeXml(alt)),
    ...heading,
    element("g", { transform: `translate(0 ${top})` }, ...body),
  );
}
