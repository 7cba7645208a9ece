import { cameText } from "../came.js";
import { currentLanguage } from "../check/language.js";
import { ArgumentError } from "../errors.js";
import { percent } from "./confusion.js";
import { costsStill } from "./costs-still.js";
import { Figure, type PlotlyObject } from "./figure.js";
import { requireFigureOptions } from "./figure-options.js";
import { baseLayout, plotlyText, SERIES_COLOURS, SIZES, shortened } from "./theme.js";
import { word } from "./words.js";

/** What one layer costs; what is left out counts as nothing. */
export interface CostRow {
  readonly name: string;
  /** Weights and biases. */
  readonly parameters?: number;
  /** Multiply-adds for one picture. */
  readonly macs?: number;
  /** Bytes of the layer's output, or of what it keeps. */
  readonly memoryBytes?: number;
}

/** Options of {@link costs}. */
export interface CostsOptions {
  readonly title?: string;
  readonly alt?: string;
}

/** One column of bars: what is counted, and each layer's share of it. */
export interface CostColumn {
  readonly name: string;
  readonly total: string;
  readonly texts: readonly string[];
  /** 0 to 1. */
  readonly shares: readonly number[];
  readonly colour: string;
}

const KINDS = ["parameters", "macs", "memoryBytes"] as const;
/** Pixels of a layer's bar with the gap below it. */
export const BAR = 20;
/** Letters of a layer's name before its bars; hovering says it in full. */
export const NAME_LETTERS = 20;

/**
 * Shows where the costs of a network are: for each layer a bar for its share of the parameters, of the multiply-adds
 * and of the memory. The totals stand above; hovering says the numbers.
 *
 * @param network rows of `{ name, parameters, macs, memoryBytes }`, or a summary that has such `rows`
 * @throws {ArgumentError} when there is no row, or a number is negative or none.
 *
 * @example
 * const rows = [
 *   { name: "conv", parameters: 1792, macs: 86_704_128 },
 *   { name: "fc", parameters: 4096, macs: 4096 },
 * ];
 * plot.costs(rows).alt // → "What each layer costs. parameters, 5,888 in all: conv 30 %, fc 70 %. multiply-adds, 86.7 million in all: conv 99 %, fc < 1 %."
 */
export function costs(
  network: readonly CostRow[] | { readonly rows: readonly CostRow[] },
  options: CostsOptions = {},
): Figure {
  requireFigureOptions("plot.costs", options, { title: true, alt: true });
  const rows = Array.isArray(network) ? network : (network as { rows?: CostRow[] } | null)?.rows;
  check(rows);
  const columns = KINDS.flatMap((kind, i) => columnOf(rows, kind, SERIES_COLOURS[i]!));
  if (columns.length === 0) {
    throw new ArgumentError("plot.costs: no layer has parameters, macs or memoryBytes above 0.");
  }
  const names = rows.map(({ name }) => name);
  const title = options.title ?? word("costs");
  const alt = [options.alt, describe(names, columns)].filter(Boolean).join(" ");
  const layout = baseLayout(title, alt, 0);
  const { t } = layout.margin as { t: number };
  layout.margin = { l: 12, r: 14, t: t + 40, b: 34 };
  layout.height = t + 74 + names.length * BAR;
  layout.showlegend = false;
  layout.bargap = 0.25;
  const annotations: PlotlyObject[] = [];
  const gap = 0.05;
  const width = (1 - gap * (columns.length - 1)) / columns.length;
  columns.forEach((column, i) => {
    const suffix = i === 0 ? "" : String(i + 1);
    const from = i * (width + gap);
    // Room for the number beyond the longest bar, on a phone too.
    const most = Math.max(...column.shares);
    layout[`xaxis${suffix}`] = {
      domain: [from, from + width].map((x) => Math.round(x * 1e4) / 1e4),
      anchor: `y${suffix}`,
      range: [0, most * 1.55],
      showticklabels: false,
      nticks: 5,
      fixedrange: true,
      title: { text: word("share"), standoff: 4 },
    };
    layout[`yaxis${suffix}`] = {
      anchor: `x${suffix}`,
      range: [names.length - 0.5, -0.5],
      tickvals: names.map((_, at) => at),
      ticktext: names.map((name) => plotlyText(shortened(name, NAME_LETTERS))),
      showticklabels: i === 0,
      automargin: true,
      showgrid: false,
      zeroline: false,
      fixedrange: true,
    };
    annotations.push(heading(column, i, from + width / 2));
  });
  layout.annotations = annotations;
  return new Figure({
    title,
    alt,
    data: columns.map((column, i) => trace(column, i, names)),
    layout,
    config: { displayModeBar: false },
    still: () => costsStill(names, columns, title, alt),
  });
}

function check(rows: readonly CostRow[] | undefined): asserts rows is readonly CostRow[] {
  const isRow = (row: unknown): boolean => typeof row === "object" && row !== null;
  if (!Array.isArray(rows) || rows.length === 0 || !rows.every(isRow)) {
    throw new ArgumentError(
      'plot.costs wants at least one layer: plot.costs([{ name: "conv1", parameters: 1792, macs: 86704128 }]).',
    );
  }
  for (const row of rows as readonly CostRow[]) {
    for (const kind of KINDS) {
      const value = row[kind] ?? 0;
      if (!Number.isFinite(value) || value < 0) {
        throw new ArgumentError(
          `plot.costs: the ${kind} of "${row.name}" are a number of at least 0; got ${cameText(value)}.`,
        );
      }
    }
  }
}

function columnOf(
  rows: readonly CostRow[],
  kind: (typeof KINDS)[number],
  colour: string,
): CostColumn[] {
  const values = rows.map((row) => row[kind] ?? 0);
  const total = values.reduce((a, b) => a + b, 0);
  if (total === 0) return [];
  const text = kind === "memoryBytes" ? bytesText : countText;
  return [
    {
      name: word(kind),
      total: text(total),
      texts: values.map(text),
      shares: values.map((value) => value / total),
      colour,
    },
  ];
}

/** A count: in full while it is short, then in millions and billions; in Korean in 만 (10⁴) and 억 (10⁸). */
export function countText(value: number): string {
  const isKorean = currentLanguage() === "ko";
  const [large, small] = isKorean ? [1e8, 1e4] : [1e9, 1e6];
  const text = (unit: number): string => {
    const scaled = value / unit;
    return scaled >= 100
      ? Math.round(scaled).toLocaleString("en-US")
      : String(Number(scaled.toPrecision(3)));
  };
  if (value >= large) return word("billion", { value: text(large) });
  if (value >= 1e7) return word("million", { value: text(small) });
  return Math.round(value).toLocaleString("en-US");
}

/** Bytes in decimal units: 1 MB is a million bytes. */
export function bytesText(value: number): string {
  for (const [size, unit] of [
    [1e9, "GB"],
    [1e6, "MB"],
    [1e3, "kB"],
  ] as const) {
    if (value >= size) {
      const scaled = value / size;
      return `${scaled >= 100 ? Math.round(scaled) : scaled.toPrecision(3)}\u00a0${unit}`;
    }
  }
  return `${value}\u00a0B`;
}

/** A count with the letters that stand for millions and billions. */
function shortText(total: string): string {
  return total.replace(" million", "\u00a0M").replace(" billion", "\u00a0G");
}

function heading({ name, total }: CostColumn, i: number, x: number): PlotlyObject {
  return {
    // Three columns have little room on a phone.
    text: `${plotlyText(name).replace("-", "-<br>")}<br><b>${plotlyText(shortText(total))}</b>`,
    xref: "paper",
    yref: "paper",
    x,
    xanchor: "center",
    y: 1,
    yanchor: "bottom",
    yshift: 4,
    showarrow: false,
    font: { size: SIZES.small, color: SERIES_COLOURS[i] },
  };
}

function trace(column: CostColumn, i: number, names: readonly string[]): PlotlyObject {
  const suffix = i === 0 ? "" : String(i + 1);
  return {
    type: "bar",
    orientation: "h",
    name: plotlyText(column.name),
    x: column.shares.map((share) => Number(share.toPrecision(5))),
    y: names.map((_, at) => at),
    xaxis: `x${suffix}`,
    yaxis: `y${suffix}`,
    marker: { color: column.colour },
    text: column.shares.map((share) => (share === 0 ? "0" : percent(share))),
    textposition: "outside",
    textfont: { size: SIZES.small },
    cliponaxis: false,
    customdata: names.map((name, at) => [plotlyText(name), column.texts[at]!]),
    hovertemplate: "%{customdata[0]}: %{customdata[1]}, %{text}<extra></extra>",
  };
}

function describe(names: readonly string[], columns: readonly CostColumn[]): string {
  const plain = (text: string): string => text.replace(/[\u00a0\u2009]/g, " ");
  const said = columns.map(({ name, total, shares }) => {
    const largest = shares
      .map((share, i) => ({ share, i }))
      .filter(({ share }) => share > 0)
      .sort((a, b) => b.share - a.share)
      .slice(0, 8)
      .sort((a, b) => a.i - b.i);
    const layers = largest.map(({ share, i }) => `${names[i]} ${plain(percent(share))}`);
    return word("altCost", { name, total: plain(total), layers: layers.join(", ") });
  });
  return `${word("altCosts")} ${said.join(" ")}`;
}
