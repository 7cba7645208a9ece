import { cameText } from "../came.js";
import { ArgumentError } from "../errors.js";
import { Figure, type PlotlyObject } from "./figure.js";
import { requireFigureOptions } from "./figure-options.js";
import { legendBelowTitle, legendName } from "./legend.js";
import { linesStill } from "./lines-still.js";
import { numberText } from "./numbers.js";
import { extent } from "./scale.js";
import { baseLayout, DASHES, plotlyText, SERIES_COLOURS } from "./theme.js";
import { word } from "./words.js";

/** A line: its heights, one after another, or points with places of their own. */
export type LineValues =
  | ArrayLike<number>
  | { readonly x: ArrayLike<number>; readonly y: ArrayLike<number> };

/** Options of {@link lines}. */
export interface LinesOptions {
  readonly title?: string;
  readonly alt?: string;
  /** Name of the horizontal axis. */
  readonly x?: string;
  /** Name of the vertical axis. */
  readonly y?: string;
  /** Places of all lines' values; 0, 1, 2, … when left out. */
  readonly xs?: ArrayLike<number>;
  /** A vertical axis on which each step multiplies by ten. */
  readonly log?: boolean;
  /** Ends of the vertical axis. */
  readonly range?: readonly [number, number];
}

const known = {
  title: true,
  alt: true,
  x: true,
  y: true,
  xs: true,
  log: true,
  range: true,
} as const;

/** A line, ready to draw. */
export interface Line {
  readonly name: string;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Lines with few points have them marked. */
export const MARKED = 15;
const SYMBOLS = ["circle", "square", "diamond", "triangle-up", "x", "star"];
const HEIGHT = 320;

function isSeries(values: unknown): boolean {
  const isList = (value: unknown): boolean =>
    typeof value === "object" && value !== null && "length" in value;
  const { x, y } = (values ?? {}) as Readonly<Record<string, unknown>>;
  return isList(values) || (isList(x) && isList(y));
}

function toLine(name: string, values: LineValues, xs: ArrayLike<number> | undefined): Line {
  if (!isSeries(values)) {
    throw new ArgumentError(
      `plot.lines: the line "${name}" is a list of numbers, or { x, y } with a list of each; got ${cameText(values)}.`,
    );
  }
  const paired = "y" in values;
  const y = Array.from(paired ? values.y : values);
  const x = paired ? Array.from(values.x) : xs ? Array.from(xs) : y.map((_, i) => i);
  if (y.length === 0) throw new ArgumentError(`plot.lines: the line "${name}" has no values.`);
  if (x.length !== y.length) {
    throw new ArgumentError(
      `plot.lines: the line "${name}" has ${y.length} values for ${x.length} places. Give as many of each.`,
    );
  }
  if ([...x, ...y].some((value) => typeof value !== "number")) {
    throw new ArgumentError(`plot.lines: the line "${name}" holds something that is not a number.`);
  }
  return { name, x, y };
}

/** Series by name as lines.
 *
 * @throws {ArgumentError} when there are none or more than there are colours, or one is not drawable.
 */
export function toLines(
  series: Readonly<Record<string, LineValues>>,
  xs: ArrayLike<number> | undefined,
): Line[] {
  const all = Object.entries(series ?? {}).map(([name, values]) => toLine(name, values, xs));
  if (all.length === 0 || all.length > SERIES_COLOURS.length) {
    throw new ArgumentError(
      `plot.lines draws 1 to ${SERIES_COLOURS.length} lines, as plot.lines({ name: [1, 2, 3] }); got ${all.length}.`,
    );
  }
  return all;
}

/**
 * Shows one or more lines: `plot.lines({ training: losses, test: other }, { title: "Loss", x: "step", y: "loss" })`.
 * Each line has its own colour and its own dashes.
 *
 * @param series each line's name and values
 * @throws {ArgumentError} when there is none, a line is empty, or a log axis gets values that are not above 0.
 *
 * @example
 * plot.lines({ training: [3, 2, 1.5], test: [3, 2.5, 2.4] }, { x: "step", y: "loss" }).title // → "loss"
 */
export function lines(
  series: Readonly<Record<string, LineValues>>,
  options: LinesOptions = {},
): Figure {
  requireFigureOptions("plot.lines", options, known);
  const all = toLines(series, options.xs);
  const { log = false } = options;
  if (log && all.some(({ y }) => y.some((value) => value <= 0))) {
    throw new ArgumentError("plot.lines: a log axis has no place for values of 0 or less.");
  }
  const names = { x: options.x ?? word("step"), y: options.y ?? word("value") };
  const title = options.title ?? names.y;
  const alt = [options.alt, describeLines(all, names)].filter(Boolean).join(" ");
  const layout = baseLayout(title, alt, HEIGHT);
  const axis = {
    showline: true,
    automargin: true,
  };
  const { range } = options;
  Object.assign(layout, {
    xaxis: { ...axis, ...wholeSteps(all), title: { text: plotlyText(names.x) } },
    yaxis: {
      ...axis,
      title: { text: plotlyText(names.y) },
      ...(log ? { type: "log", dtick: 1, exponentformat: "power" } : {}),
      ...(range ? { range: log ? range.map(Math.log10) : range } : {}),
    },
    showlegend: false,
    hovermode: "x unified",
  });
  return new Figure({
    title,
    alt,
    data: all.map(lineTrace),
    layout: all.length > 1 ? legendBelowTitle(layout, Object.keys(series)) : layout,
    still: () => linesStill(all, { title, alt, ...names, log, ...(range ? { range } : {}) }),
  });
}

/** Few whole places, such as layers, are marked one by one; half a layer means nothing. */
export function wholeSteps(all: readonly Line[]): PlotlyObject {
  const places = all.flatMap(({ x }) => x);
  const [low, high] = extent(places);
  return places.every(Number.isInteger) && high - low <= 12 ? { dtick: 1 } : {};
}

/** A line in the colour and dashes of its number. */
export function lineTrace(line: Line, i: number): PlotlyObject {
  const colour = SERIES_COLOURS[i]!;
  return {
    type: "scatter",
    mode: line.y.length <= MARKED ? "lines+markers" : "lines",
    name: legendName(line.name),
    x: line.x.map(short),
    y: line.y.map(short),
    line: { color: colour, width: 2.5, dash: DASHES[i]![0] },
    marker: { color: colour, size: 8, symbol: SYMBOLS[i] },
    hovertemplate: "%{y:.4~g}",
  };
}

/** A number with the digits that a plot can show. */
function short(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(6)) : null;
}

/** What lines show, in sentences. */
export function describeLines(all: readonly Line[], names: { x: string; y: string }): string {
  const series = all.map(({ name, y }) => {
    const lost = y.filter((value) => !Number.isFinite(value)).length;
    const [low, high] = lost < y.length ? extent(y) : [Number.NaN, Number.NaN];
    const values = { name, first: numberText(y[0]!), last: numberText(y[y.length - 1]!) };
    const said = word("altLine", { ...values, low: numberText(low), high: numberText(high) });
    return lost > 0 ? `${said} ${word("altNotFinite", { count: lost })}` : said;
  });
  return word("altLines", { ...names, series: series.join(" ") });
}
