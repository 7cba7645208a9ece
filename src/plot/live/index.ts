import { ArgumentError } from "../../errors.js";
import { DISPLAY, type Figure, type MimeBundle } from "../figure.js";
import { requireFigureOptions } from "../figure-options.js";
import { type LineValues, lines } from "../lines.js";
import { atCellEnd, inNotebook, Place } from "../show.js";
import { escapeXml } from "../svg.js";
import { SERIES_COLOURS } from "../theme.js";
import { word } from "../words.js";
import { stacked } from "./stacked.js";
import { type Growing, thinned } from "./thin.js";

/** Options of {@link live}. */
export interface LiveOptions {
  readonly title?: string;
  readonly alt?: string;
  /** Name of the horizontal axis ("step" when left out). */
  readonly x?: string;
  /** Least time between two drawings, in milliseconds (default 300). */
  readonly every?: number;
}

/** Milliseconds without a new point after which the last drawing is the interactive one. */
const QUIET = 800;

/**
 * Lines that grow while a network learns. Made by {@link live}.
 *
 * While points come, the still picture is shown: JupyterLab redraws it at once, but does not redraw a Plotly figure
 * that changes. When no more come, the cell ends, or at {@link Live.end}, the interactive figure takes its place.
 */
export class Live {
  readonly #options: LiveOptions;
  readonly #lines = new Map<string, { x: number[]; y: number[] }>();
  readonly #place = new Place();
  #step = 0;
  /** When the figure was drawn last, in milliseconds. */
  #drawn = Number.NEGATIVE_INFINITY;
  #quiet: NodeJS.Timeout | undefined;

  constructor(options: LiveOptions) {
    requireFigureOptions("plot.live", options, { title: true, alt: true, x: true, every: true });
    const { every = 300 } = options;
    if (!(every >= 0)) {
      throw new ArgumentError(
        `plot.live: every is a time in milliseconds, at least 0; got ${every}.`,
      );
    }
    this.#options = options;
  }

  /**
   * Adds a point to each line that is named, and draws when it is time. In a notebook the figure stands at one place
   * and changes there; elsewhere nothing is drawn before {@link end}.
   *
   * @param values such as `{ loss: 0.3, accuracy: 0.9 }`; a name not yet seen begins a line
   * @param step where on the horizontal axis; the number of the call (from 0) when left out
   * @throws {ArgumentError} when a value is not a number or there are more than 6 lines.
   */
  add(values: Readonly<Record<string, number>>, step: number = this.#step): void {
    const entries = Object.entries(values ?? {});
    const wrong = entries.find(([, value]) => typeof value !== "number");
    if (wrong || entries.length === 0 || !Number.isFinite(step)) {
      throw new ArgumentError(
        `plot.live: add wants numbers by name, live.add({ loss: 0.3, accuracy: 0.9 }); got ${wrong ? `${wrong[0]}: ${String(wrong[1])}` : entries.length === 0 ? "none" : `the step ${step}`}.`,
      );
    }
    const names = new Set([...this.#lines.keys(), ...entries.map(([name]) => name)]);
    if (names.size > SERIES_COLOURS.length) {
      throw new ArgumentError(
        `plot.live draws up to ${SERIES_COLOURS.length} lines; ${names.size} names came.`,
      );
    }
    for (const [name, value] of entries) {
      const line = this.#lines.get(name) ?? { x: [], y: [] };
      line.x.push(step);
      line.y.push(value);
      this.#lines.set(name, line);
    }
    this.#step = Math.max(this.#step, step) + 1;
    if (inNotebook()) this.#drawInTime();
  }

  #drawInTime(): void {
    const { every = 300 } = this.#options;
    if (performance.now() - this.#drawn >= every) {
      const figure = this.figure();
      this.#place.show({ "text/html": stillHtml(figure), "text/plain": figure.toString() });
      // From the end of the drawing: a slow one does not fill the time.
      this.#drawn = performance.now();
    }
    if (this.#quiet) this.#quiet.refresh();
    else {
      this.#quiet = setTimeout(() => this.end(), Math.max(QUIET, every));
      // A program does not stay alive for a drawing; a notebook does.
      this.#quiet.unref();
      // A notebook that is run through, for a handout, goes on before the quiet comes.
      atCellEnd(() => {
        if (this.#quiet) this.end();
      });
    }
  }

  /**
   * Draws the last state: in a notebook the interactive figure at its place, elsewhere as text. A notebook does so by
   * itself when the cell ends, or when no more points come. Further points go on as before.
   */
  end(): void {
    clearTimeout(this.#quiet);
    this.#quiet = undefined;
    if (this.#lines.size > 0) this.#place.show(this.figure()[DISPLAY]());
  }

  /**
   * The lines so far as an ordinary figure. Shares (names with "accuracy" or "정확도" in them) have a chart of their own
   * below the others, from 0 to 1. Of more than 600 points, neighbours are drawn as their mean.
   *
   * @throws {ArgumentError} when nothing was added yet.
   */
  figure(): Figure {
    const { title = word("live"), alt, x } = this.#options;
    const options = { title, ...(alt ? { alt } : {}), ...(x ? { x } : {}) };
    const all = [...this.#lines].map(([name, line]) => [name, thinned(line)] as const);
    const shares = all.filter(([name]) => isShare(name));
    const others = all.filter(([name]) => !isShare(name));
    const series = (chosen: readonly (readonly [string, Growing])[]): Record<string, LineValues> =>
      Object.fromEntries(chosen);
    if (shares.length === 0) return lines(series(others), { ...options, y: nameOf(others) });
    if (others.length === 0) {
      return lines(series(shares), { ...options, y: nameOf(shares), range: [0, 1] });
    }
    return stacked(
      [
        { y: nameOf(others), series: series(others) },
        { y: nameOf(shares), series: series(shares), range: [0, 1] },
      ],
      options,
    );
  }

  /** The figure's bundle, for a cell that ends with it. */
  [DISPLAY](): MimeBundle {
    return this.figure()[DISPLAY]();
  }

  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.#lines.size === 0 ? word("live") : this.figure().toString();
  }
}

/** The still picture as HTML, which a page redraws without a script. */
function stillHtml(figure: Figure): string {
  const source = Buffer.from(figure.svg()).toString("base64");
  return `<img alt="${escapeXml(figure.alt)}" src="data:image/svg+xml;base64,${source}" style="display:block;margin:0 auto;max-width:100%">`;
}

function isShare(name: string): boolean {
  return /accuracy|정확도/i.test(name);
}

/** An axis is named by its line; where there are several, their legend names them. */
function nameOf(chosen: readonly (readonly [string, unknown])[]): string {
  if (chosen.length === 1) return chosen[0]![0];
  return chosen.every(([name]) => isShare(name)) ? word("accuracy") : word("loss");
}

/**
 * Shows numbers while they come: losses and accuracies of a network that learns. The figure appears with the first
 * point and changes in place; what stays in the notebook is an ordinary figure of lines.
 *
 * @throws {ArgumentError} when `every` is no time.
 *
 * @example
 * const curve = plot.live({ title: "A small network learns" });
 * for (let step = 1; step <= 50; step++) curve.add({ loss: 2.3 / step, accuracy: 1 - 0.9 / step });
 * curve.end();
 * curve.figure().title // → "A small network learns"
 */
export function live(options: LiveOptions = {}): Live {
  return new Live(options);
}
