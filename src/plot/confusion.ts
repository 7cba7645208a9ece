import type { FloatArray } from "../array.js";
import { type Counts, square, tally, withShares } from "./confusion-counts.js";
import { confusionStill } from "./confusion-still.js";
import { Figure, type PlotlyObject } from "./figure.js";
import { requireFigureOptions } from "./figure-options.js";
import { plotlyScale } from "./scale.js";
import { baseLayout, plotlyText, SEQUENTIAL, SIZES, shortened, widthOf } from "./theme.js";
import { keepTogether, PHONE } from "./together.js";
import { word } from "./words.js";

/** Options of {@link confusion}. */
export interface ConfusionOptions {
  readonly title?: string;
  readonly alt?: string;
  /** Names of the classes, in the order of their numbers; the numbers when left out. */
  readonly classes?: readonly string[];
}

/** Up to so many classes there is room for the numbers in the cells, if a row of the longest has few enough letters. */
export const NUMBERED_CLASSES = 20;
const LETTERS_IN_ROW = 50;
/** Up to so many there is room for the shares below them. */
export const SHARED_CLASSES = 5;
/** Letters of a class's name beside its row; hovering says it in full. */
export const NAME_LETTERS = 16;
const CROWDED_LETTERS = 14;
/** Pixels right of the cells. */
const RIGHT = 52;

/**
 * Shows how often each class was taken for each other: rows are the truth, columns the answers, colours the share of
 * the row, and the number in a cell counts the examples. Beside each row stands the share that was right.
 *
 * @param matrix C×C counts, `[truth][answer]`; or the labels of N examples, followed by the N predictions
 *   (class numbers from 0)
 * @throws {ShapeError} when the matrix is not square, or labels and predictions differ in number.
 * @throws {ArgumentError} when a count is negative, a label is no class number, or the names are too few.
 *
 * @example
 * plot.confusion([0, 0, 1, 1, 1], [0, 1, 1, 1, 0], { classes: ["cat", "dog"] }).alt // → "5 examples of 2 classes, rows the truth, columns the answers; 60 % on the diagonal are right. Most often confused: cat taken for dog."
 */
export function confusion(
  matrix: FloatArray | readonly (readonly number[])[],
  options?: ConfusionOptions,
): Figure;
export function confusion(
  labels: ArrayLike<number>,
  predictions: ArrayLike<number>,
  options?: ConfusionOptions,
): Figure;
export function confusion(
  first: FloatArray | readonly (readonly number[])[] | ArrayLike<number>,
  second: ArrayLike<number> | ConfusionOptions = {},
  third: ConfusionOptions = {},
): Figure {
  const isList = isNumberList(second);
  const options = isList ? third : second;
  requireFigureOptions("plot.confusion", options, { title: true, alt: true, classes: true });
  const counts = isList
    ? tally(first as ArrayLike<number>, second, options.classes?.length)
    : square(first as FloatArray | readonly (readonly number[])[]);
  return confusionFigure(withShares(counts, options.classes), options);
}

function isNumberList(value: ArrayLike<number> | ConfusionOptions): value is ArrayLike<number> {
  return typeof value === "object" && value !== null && "length" in value;
}

/** A share in whole percent; a small one that is not nothing says so. */
export function percent(share: number): string {
  if (share > 0 && share < 0.005) return "<\u20091\u00a0%";
  return `${share < 1 ? Math.min(99, Math.round(share * 100)) : 100}\u00a0%`;
}

function describe({ classes, counts }: Counts): string {
  const total = counts.flat().reduce((a, b) => a + b, 0);
  const right = counts.reduce((sum, row, i) => sum + row[i]!, 0);
  let worst = { count: 0, truth: 0, answer: 0 };
  counts.forEach((row, truth) => {
    row.forEach((count, answer) => {
      if (truth !== answer && count > worst.count) worst = { count, truth, answer };
    });
  });
  const share = percent(total > 0 ? right / total : 0).replace("\u00a0", " ");
  const said = word("altConfusion", { total, classes: classes.length, share });
  if (worst.count === 0) return said;
  const names = { truth: classes[worst.truth]!, answer: classes[worst.answer]! };
  return `${said} ${word("altConfused", names)}`;
}

/** What stands in each cell: the count, and below it the share where there is room. */
export function cellLines({ counts, shares, classes }: Counts): string[][][] {
  const texts = counts.map((row) =>
    row.map((count) => (Number.isInteger(count) ? count.toLocaleString("en-US") : String(count))),
  );
  const longest = Math.max(...texts.flat().map((text) => text.length));
  const room = classes.length <= NUMBERED_CLASSES && classes.length * longest <= LETTERS_IN_ROW;
  if (!room) return texts.map((row) => row.map(() => []));
  const withShares = classes.length <= SHARED_CLASSES;
  return texts.map((row, y) =>
    row.map((text, x) => (withShares ? [text, percent(shares[y]![x]!)] : [text])),
  );
}

function confusionFigure(table: Counts, options: ConfusionOptions): Figure {
  const { classes, counts, shares } = table;
  const size = classes.length;
  const title = options.title ?? word("confusion");
  const alt = [options.alt, describe(table)].filter(Boolean).join(" ");
  const side = Math.max(220, Math.min(460, size * (size <= SHARED_CLASSES ? 76 : 38)));
  const font = size <= 10 ? SIZES.text : SIZES.small;
  const short = classes.map((name) => shortened(name, size <= 10 ? NAME_LETTERS : CROWDED_LETTERS));
  const longest = Math.ceil(Math.max(...short.map(widthOf)) * 0.58 * font);
  const left = 34 + longest;
  // On a phone a cell is as high as on a screen, but narrower.
  const narrow = (PHONE - left - RIGHT) / size;
  const isTurned = longest > narrow;
  const below = isTurned ? longest + 4 : 18;
  // As many names as stand clear of each other.
  const step = Math.max(1, Math.ceil((font + 2) / (side / size)), Math.ceil(9 / narrow));
  const layout = baseLayout(title, alt, side + 70 + below);
  const { t } = layout.margin as { t: number };
  layout.margin = { l: left, r: RIGHT, t: t - 6, b: 40 + below };
  keepTogether(layout, side);
  const ticked = short.map((_, i) => i).filter((i) => i % step === 0);
  const axis: PlotlyObject = {
    tickvals: ticked,
    ticktext: ticked.map((i) => plotlyText(short[i]!)),
    ticks: "",
    showgrid: false,
    zeroline: false,
    fixedrange: true,
  };
  Object.assign(layout, {
    xaxis: {
      ...axis,
      range: [-0.5, size - 0.5],
      title: { text: word("answer"), standoff: 8 },
      tickangle: isTurned ? -90 : 0,
      tickfont: { size: isTurned ? Math.max(9, Math.min(font, narrow)) : font },
    },
    yaxis: {
      ...axis,
      range: [size - 0.5, -0.5],
      title: { text: word("truth"), standoff: 8 },
      tickfont: { size: font },
    },
    annotations: rightShares(table),
  });
  const cells = cellLines(table);
  const letters = Math.max(1, ...cells.flat(2).map((line) => line.length));
  const names = classes.map(plotlyText);
  const trace: PlotlyObject = {
    type: "heatmap",
    z: shares.map((row) => row.map((share) => Number(share.toPrecision(4)))),
    zmin: 0,
    zmax: 1,
    colorscale: plotlyScale(SEQUENTIAL.input),
    showscale: false,
    xgap: size > 40 ? 0 : 1,
    ygap: size > 40 ? 0 : 1,
    text: cells.map((row) => row.map((lines) => lines.join("<br>"))),
    texttemplate: "%{text}",
    textfont: { size: Math.max(9, Math.min(font, Math.floor(narrow / letters / 0.6))) },
    customdata: shares.map((row, y) =>
      row.map((share, x) => [names[y]!, names[x]!, counts[y]![x]!, percent(share)]),
    ),
    hovertemplate: `${word("truth")} %{customdata[0]}<br>${word("answer")} %{customdata[1]}<br>%{customdata[2]} · %{customdata[3]}<extra></extra>`,
  };
  return new Figure({
    title,
    alt,
    data: [trace],
    layout,
    config: { displayModeBar: false },
    still: () => confusionStill(table, title, alt),
  });
}

/** Beside each row, the share of its examples that were right. */
function rightShares({ shares, classes }: Counts): PlotlyObject[] {
  const place = { xref: "x domain", x: 1, xanchor: "left", xshift: 6, showarrow: false };
  const heading = { ...place, yref: "y domain", y: 1, yanchor: "bottom", text: word("right") };
  const font = { font: { size: SIZES.small } };
  if (classes.length > NUMBERED_CLASSES) return [];
  return [
    { ...heading, ...font },
    ...shares.map((row, y) => ({
      ...place,
      yref: "y",
      y,
      yanchor: "middle",
      text: percent(row[y]!),
      ...font,
    })),
  ];
}
