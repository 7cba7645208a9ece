import { CONFIG } from "./theme.js";

/** A Plotly trace, layout or frame: plain data, as Plotly's own JSON. */
export type PlotlyObject = Record<string, unknown>;

/** One output in several forms; the reader's program shows the richest that it knows. */
export type MimeBundle = Record<string, unknown>;

/** The name under which a notebook kernel asks a value how it wants to be shown (Deno's Jupyter convention). */
export const DISPLAY: unique symbol = Symbol.for("Jupyter.display");

/** What a {@link Figure} is made from. */
export interface FigureParts {
  readonly title: string;
  /** What the figure shows, in a sentence, for who cannot see it. */
  readonly alt: string;
  readonly data: readonly PlotlyObject[];
  readonly layout: PlotlyObject;
  readonly frames?: readonly PlotlyObject[];
  readonly config?: PlotlyObject;
  /** Draws the still picture, a whole SVG document. */
  readonly still: () => string;
}

/**
 * A figure that shows itself: as the last value of a cell, or by `show(figure)` anywhere. It carries an interactive
 * Plotly figure, a still SVG picture with alternative text for where Plotly is not known, and plain text.
 */
export class Figure {
  readonly title: string;
  readonly alt: string;
  readonly data: readonly PlotlyObject[];
  readonly layout: PlotlyObject;
  readonly frames: readonly PlotlyObject[];
  readonly config: PlotlyObject;
  readonly #still: () => string;

  constructor(parts: FigureParts) {
    this.title = parts.title;
    this.alt = parts.alt;
    this.data = parts.data;
    this.layout = parts.layout;
    this.frames = parts.frames ?? [];
    this.config = { ...CONFIG, ...parts.config };
    this.#still = parts.still;
  }

  /** The still picture as an SVG document with `<title>` and `<desc>`. */
  svg(): string {
    return this.#still();
  }

  /** Title and description, for a terminal. */
  toString(): string {
    return `${this.title}\n${this.alt}`;
  }

  /** The figure as a MIME bundle: Plotly data as objects (never strings), SVG, plain text. */
  [DISPLAY](): MimeBundle {
    const plotly: PlotlyObject = { data: this.data, layout: this.layout, config: this.config };
    if (this.frames.length > 0) plotly.frames = this.frames;
    return {
      "application/vnd.plotly.v1+json": plotly,
      "image/svg+xml": this.svg(),
      "text/plain": this.toString(),
    };
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }
}
