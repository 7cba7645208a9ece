import { DISPLAY, type MimeBundle } from "../figure.js";
import { escapeXml } from "../svg.js";
import { SIZES } from "../theme.js";

/** What an {@link Interactive} is made from. */
export interface InteractiveParts {
  readonly title: string;
  /** What the figure shows, in a sentence, for who cannot see it. */
  readonly alt: string;
  /** What stands below the title, as HTML. It takes its ink from the page, light or dark. */
  readonly body: string;
  /** The script that makes it move: it gets the element around title and body. */
  readonly script: string;
  /** Most pixels that it is wide. */
  readonly width: number;
  /** Draws the still picture, a whole SVG document. */
  readonly still: () => string;
}

/**
 * A figure that is a piece of a page with a small script of its own, where Plotly has nothing fitting. It shows itself
 * as the last value of a cell or by `show(figure)`, works in a handout without a kernel, and carries a still SVG
 * picture and plain text.
 */
export class Interactive {
  readonly title: string;
  readonly alt: string;
  readonly #parts: InteractiveParts;

  constructor(parts: InteractiveParts) {
    this.title = parts.title;
    this.alt = parts.alt;
    this.#parts = parts;
  }

  /** The figure as HTML with a script; it needs no kernel and asks for nothing from elsewhere. */
  html(): string {
    const { title, alt, body, script, width } = this.#parts;
    const heading = `<p style="margin:0 0 .6em;text-align:center;font-size:${SIZES.title}px">${escapeXml(title)}</p>`;
    return `<div role="group" aria-label="${escapeXml(alt)}" style="max-width:${width}px;margin:0 auto;font-size:${SIZES.text}px;line-height:1.5">${heading}${body}</div>${script}`;
  }

  /** The still picture as an SVG document with `<title>` and `<desc>`. */
  svg(): string {
    return this.#parts.still();
  }

  /** Title and description, for a terminal. */
  toString(): string {
    return `${this.title}\n${this.alt}`;
  }

  [DISPLAY](): MimeBundle {
    return {
      "text/html": this.html(),
      "image/svg+xml": this.svg(),
      "text/plain": this.toString(),
    };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}

/** How a button of a figure looks on any page. */
export const BUTTON =
  "font:inherit;color:inherit;background:rgba(128,128,128,.12);border:1px solid currentColor;border-radius:6px;padding:.15em .7em;cursor:pointer";
