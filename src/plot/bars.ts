import { ArgumentError } from "../errors.js";
import { barsStill } from "./bars-still.js";
import { Figure, type PlotlyObject } from "./figure.js";
import { requireFigureOptions } from "./figure-options.js";
import { legendBelowTitle, legendName } from "./legend.js";
import { numberText } from "./numbers.js";
import { baseLayout, plotlyText, SERIES_COLOURS, widthOf, wrap } from "./theme.js";
import { word } from "./words.js";

/** Bars by name, or several groups of them: `{ weights: { conv: 5, fc: 10 }, work: { … } }`. */
export type BarValues =
  | Readonly<Record<string, number>>
  | Readonly<Record<string, Readonly<Record<string, number>>>>;

/** Options of {@link bars}. */
export interface BarsOptions {
  readonly title?: string;
  readonly alt?: string;
  /** Name of the axis with the values. */
  readonly y?: string;
  /** Name of the axis with the bars' names; often needless. */
  readonly x?: string;
  /** A value axis on which each step multiplies by ten. */
  readonly log?: boolean;
  /** Bars that lie, with their names on the left; when left out, if a name is long or the bars are many. */
  readonly horizontal?: boolean;
}

const known = { title: true, alt: true, y: true, x: true, log: true, horizontal: true } as const;

/** Bars, ready to draw. */
export interface BarGroup {
  readonly name: string;
  /** One value for each of the names that all groups share; NaN where a group has none. */
  readonly values: readonly number[];
}

/** Names longer than this don't fit below a bar. */
const LONG_NAME = 7;
/** More bars than these have no room for their numbers above them on a phone. */
const MOST_STANDING = 9;

function toGroups(values: BarValues): { names: string[]; groups: BarGroup[] } {
  const entries = Object.entries(values ?? {});
  const simple = entries.every(([, value]) => typeof value === "number");
  const given: [string, Readonly<Record<string, number>>][] = simple
    ? [["", values as Readonly<Record<string, number>>]]
    : (entries as [string, Readonly<Record<string, number>>][]);
  const names = [...new Set(given.flatMap(([, group]) => Object.keys(group ?? {})))];
  const groups = given.map(([name, group]) => ({
    name,
    values: names.map((n) => group?.[n] ?? Number.NaN),
  }));
  if (names.length === 0) {
    throw new ArgumentError(
      "plot.bars wants at least one bar: plot.bars({ conv: 1728, dense: 100010 }).",
    );
  }
  const drawable = (v: unknown): boolean => typeof v === "number" && Math.abs(v) !== Infinity;
  if (
    groups.length > SERIES_COLOURS.length ||
    groups.some((group) => !group.values.every(drawable))
  ) {
    throw new ArgumentError(
      `plot.bars wants finite numbers by name, or up to ${SERIES_COLOURS.length} groups of them: plot.bars({ weights: { conv: 5 }, work: { conv: 7 } }).`,
    );
  }
  return { names, groups };
}

/** A number at the end of a bar: whole ones in full, with commas; from a thousand on all are whole. */
export function barText(value: number): string {
  if (Number.isNaN(value)) return "";
  const size = Math.abs(value);
  if (size >= 1000 && (Number.isInteger(value) || size < 1e6)) {
    return Math.round(value).toLocaleString("en-US").replace("-", "−");
  }
  return numberText(value);
}

/**
 * Shows numbers as bars, each with its value: `plot.bars({ conv1: 1728, fc1: 102760448 }, { y: "weights", log: true })`.
 *
 * @param values numbers by name, or groups of them
 * @throws {ArgumentError} when there is none, something is not a finite number (NaN leaves a gap), or a log axis gets a value not above 0.
 *
 * @example
 * plot.bars({ conv: 1728, dense: 100010 }, { y: "weights" }).alt // → "Bars of weights: conv 1,728; dense 100,010."
 */
export function bars(values: BarValues, options: BarsOptions = {}): Figure {
  requireFigureOptions("plot.bars", options, known);
  const { names, groups } = toGroups(values);
  const { log = false } = options;
  const flat = groups.flatMap((group) => group.values).filter((value) => !Number.isNaN(value));
  if (log && flat.some((value) => value <= 0)) {
    throw new ArgumentError("plot.bars: a log axis has no place for values of 0 or less.");
  }
  const horizontal =
    options.horizontal ??
    (names.length * groups.length > MOST_STANDING ||
      names.some((name) => widthOf(name) > LONG_NAME));
  const valueName = options.y ?? word("value");
  const title = options.title ?? valueName;
  const alt = [options.alt, describe(names, groups, valueName)].filter(Boolean).join(" ");
  const height = horizontal ? 110 + names.length * (14 + 16 * groups.length) : 330;
  const layout = baseLayout(title, alt, height);
  const valueAxis = valueAxisOf(valueName, flat, log, horizontal);
  const nameAxis = {
    type: "category",
    automargin: true,
    showline: true,
    fixedrange: true,
    ...(options.x ? { title: { text: plotlyText(options.x) } } : {}),
    ...(horizontal ? { autorange: "reversed" } : {}),
  };
  Object.assign(layout, {
    xaxis: horizontal ? valueAxis : nameAxis,
    yaxis: horizontal ? nameAxis : valueAxis,
    barmode: "group",
    bargap: 0.25,
    showlegend: false,
  });
  const drawn = { names, groups, log, horizontal };
  return new Figure({
    title,
    alt,
    data: groups.map((group, i) => trace(group, i, names, horizontal)),
    layout: groups.length > 1 ? legendBelowTitle(layout, Object.keys(values)) : layout,
    still: () =>
      barsStill({ ...drawn, title, alt, valueName, ...(options.x ? { nameName: options.x } : {}) }),
  });
}

/** The power of ten where bars on a log axis begin: 1 when all values are above it. */
export function logFloor(values: readonly number[]): number {
  return Math.min(0, Math.floor(Math.log10(Math.min(...values))));
}

function valueAxisOf(
  name: string,
  flat: readonly number[],
  log: boolean,
  horizontal: boolean,
): PlotlyObject {
  const high = Math.max(...flat);
  const low = Math.min(...flat);
  // Room for the longest number beyond the longest bar, on a phone too.
  const longest = Math.max(barText(high).length, low < 0 ? barText(low).length : 0);
  const beyond = horizontal ? 0.12 + 0.037 * longest : 0.12;
  // Room at both ends makes the bars shorter, so that the same pixels are a larger part of them.
  const room = horizontal && low < 0 && high > 0 ? beyond / (1 - Math.min(0.6, beyond)) : beyond;
  const common = {
    title: { text: plotlyText(name) },
    fixedrange: true,
    automargin: true,
    nticks: 5,
  };
  if (log) {
    const from = logFloor(flat);
    const to = Math.log10(high);
    const end = to + (to - from) * room;
    const dtick = Math.max(1, Math.ceil((end - from) / 5));
    return { ...common, type: "log", exponentformat: "power", dtick, range: [from, end] };
  }
  const span = Math.max(high, 0) - Math.min(low, 0) || 1;
  return { ...common, range: [low < 0 ? low - span * room : 0, high > 0 ? high + span * room : 0] };
}

function trace(
  group: BarGroup,
  i: number,
  names: readonly string[],
  horizontal: boolean,
): PlotlyObject {
  const values = group.values.map((value) => (Number.isNaN(value) ? null : value));
  const labels = names.map((name) => wrap(name, 16).map(plotlyText).join("<br>"));
  return {
    type: "bar",
    name: legendName(group.name),
    orientation: horizontal ? "h" : "v",
    ...(horizontal ? { x: values, y: labels } : { x: labels, y: values }),
    marker: {
      color: SERIES_COLOURS[i],
      ...(i > 0
        ? {
            pattern: {
              shape: ["", "/", ".", "x", "\\", "-"][i],
              fillmode: "overlay",
              bgcolor: SERIES_COLOURS[i],
              fgcolor: "#ffffff",
              solidity: 0.25,
            },
          }
        : {}),
    },
    text: group.values.map(barText),
    textposition: "outside",
    cliponaxis: false,
    hovertemplate: `%{${horizontal ? "y" : "x"}}: %{text}<extra>${plotlyText(group.name)}</extra>`,
  };
}

function describe(names: readonly string[], groups: readonly BarGroup[], y: string): string {
  const all = groups.flatMap((group) =>
    names.map(
      (name, i) => `${group.name ? `${group.name}, ` : ""}${name} ${barText(group.values[i]!)}`,
    ),
  );
  return word("altBars", { y, bars: all.slice(0, 24).join("; ") });
}
