import { shapeText } from "../../array.js";
import { ArgumentError } from "../../errors.js";
import { Figure, type PlotlyObject } from "../figure.js";
import { panelParts } from "../panel.js";
import { baseLayout, PADDING, plotlyText, ROLE_COLOURS, SIZES } from "../theme.js";
import { keepTogether } from "../together.js";
import { word } from "../words.js";
import { allSums, type Line, lineText, spokenSum } from "./arithmetic.js";
import { slideControls } from "./controls.js";
import type { Matrix, Moves } from "./moves.js";
import {
  bareOutline,
  type Corners,
  outputOutline,
  paddingBands,
  windowOutline,
} from "./outline.js";
import { slideDomains, slideParts, slideSigns } from "./panels.js";
import { slideStill } from "./still.js";

/** Options that the figure of a moving window adds to those of the operation. */
export interface SlideFigureOptions {
  readonly title?: string;
  readonly alt?: string;
  /** Output row and column where the window stands at first. */
  readonly at?: readonly [number, number];
}

/** Up to so many places the numbers of a sum have the colours of input, kernel and output. */
const COLOURED_PLACES = 64;
/** Letters whose digits are equally wide, so that the products stand below each other. */
const MONOSPACE = 'ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace';
/** Where the window starts on a picture of more outputs than these: at the strongest one, not in an empty corner. */
const SMALL = 64;

/** Heights in pixels. */
const PICTURES = 250;
const LINE = 19;
/** Most pixels from the input's left to the output's right: more would only pull them apart. */
const MOST_WIDTH = 720;

function startPlace(moves: Moves, at: readonly [number, number] | undefined): number {
  const { rows, columns, values } = moves.output;
  if (at) {
    const [row, column] = at;
    const inside = [row, column].every(Number.isInteger) && row >= 0 && column >= 0;
    if (!inside || row >= rows || column >= columns) {
      throw new ArgumentError(
        `The output has rows 0 to ${rows - 1} and columns 0 to ${columns - 1}; the window cannot start at [${at.join(", ")}].`,
      );
    }
    return row * columns + column;
  }
  if (values.length <= SMALL) return 0;
  return values.reduce(
    (best, value, i) => (Math.abs(value) > Math.abs(values[best]!) ? i : best),
    0,
  );
}

function coloured(line: Line): string {
  return line
    .map(({ text, role }) =>
      role
        ? `<span style="color:${ROLE_COLOURS[role]}">${plotlyText(text)}</span>`
        : plotlyText(text),
    )
    .join("");
}

function lineTrace(corners: Corners, panel: number, colour: string, width: number): PlotlyObject {
  const suffix = panel === 1 ? "" : String(panel);
  return {
    type: "scatter",
    mode: "lines",
    ...corners,
    xaxis: `x${suffix}`,
    yaxis: `y${suffix}`,
    line: { color: colour, width, shape: "hv" },
    hoverinfo: "skip",
    showlegend: false,
  };
}

/** Draws a moving window: the pictures once, and for every place only the outlines and the sum. */
export function slideFigure(
  moves: Moves,
  options: SlideFigureOptions,
  defaultTitle: string,
): Figure {
  const { output } = moves;
  const places = output.rows * output.columns;
  const start = startPlace(moves, options.at);
  const sums = allSums(moves);
  const title = options.title ?? defaultTitle;
  const alt = [options.alt, altText(moves, start, sums[start]!)].filter(Boolean).join(" ");
  const parts = slideParts(moves);
  const sumHeight = LINE * Math.max(...sums.map((sum) => sum.length)) + 12;
  const inner = PICTURES + sumHeight;
  const domains = slideDomains(
    parts.map(({ matrix }) => matrix),
    sumHeight / inner,
  );
  const layout = baseLayout(title, alt, inner + 58 + 130);
  layout.margin = { l: 12, r: 12, t: (layout.margin as { t: number }).t + 4, b: 130 };
  layout.showlegend = false;
  const data: PlotlyObject[] = [];
  const annotations: PlotlyObject[] = [];
  parts.forEach(({ panel }, i) => {
    const made = panelParts(panel, i + 1, domains[i]!);
    data.push(made.trace);
    for (const [name, axis] of Object.entries(made.axes)) {
      layout[name] = { ...(axis as object), fixedrange: true };
    }
    annotations.push(...made.annotations);
  });
  annotations.push(
    ...operators(
      domains.map(({ x }) => x),
      slideSigns(moves),
      sumHeight / inner,
    ),
  );
  const edge = bareOutline(moves);
  if (edge) data.push({ ...lineTrace(edge, 1, ROLE_COLOURS.input, 2) });
  const sumAxes = parts.length + 1;
  const letters = sums.map((sum) =>
    places <= COLOURED_PLACES ? sum.map(coloured) : sum.map((line) => plotlyText(lineText(line))),
  );
  const longest = Math.max(...sums.flat().map((line) => lineText(line).length));
  Object.assign(layout, hiddenAxes(sumAxes, sumHeight / inner));
  const moving = (place: number): PlotlyObject[] => [
    { ...windowOutline(moves, Math.floor(place / output.columns), place % output.columns) },
    { ...outputOutline(Math.floor(place / output.columns), place % output.columns) },
    { text: [letters[place]!.join("<br>")] },
  ];
  const first = moving(start);
  const movingFrom = data.length;
  data.push(
    lineTrace(first[0] as unknown as Corners, 1, ROLE_COLOURS.kernel, 4),
    lineTrace(first[1] as unknown as Corners, parts.length, ROLE_COLOURS.kernel, 4),
    {
      type: "scatter",
      mode: "text",
      x: [0.5],
      y: [0.5],
      ...first[2],
      xaxis: `x${sumAxes}`,
      yaxis: `y${sumAxes}`,
      textfont: {
        family: MONOSPACE,
        size: Math.max(9, Math.min(15, Math.floor(350 / (longest * 0.61)))),
      },
      hoverinfo: "skip",
      cliponaxis: false,
    },
  );
  const traces = [movingFrom, movingFrom + 1, movingFrom + 2];
  const frames = Array.from({ length: places }, (_, place) => ({
    name: String(place),
    data: moving(place),
    traces,
  }));
  layout.annotations = annotations;
  layout.shapes = paddingBands(moves).map((band) => ({
    type: "rect",
    ...band,
    fillcolor: PADDING,
    line: { width: 0 },
  }));
  Object.assign(layout, slideControls(output.rows, output.columns, start));
  keepTogether(layout, MOST_WIDTH);
  return new Figure({
    title,
    alt,
    data,
    layout,
    frames,
    config: { displayModeBar: false },
    still: () => slideStill(moves, title, alt, start, sums[start]!),
  });
}

/** The signs between the parts, so that the row reads as an equation. */
function operators(
  spans: readonly (readonly [number, number])[],
  signs: readonly string[],
  low: number,
): PlotlyObject[] {
  return signs.map((text, i) => ({
    text,
    xref: "paper",
    yref: "paper",
    x: (spans[i]![1] + spans[i + 1]![0]) / 2,
    y: (1 + low) / 2,
    xanchor: "center",
    yanchor: "middle",
    showarrow: false,
    // The star is a small one in most letters.
    font: { size: SIZES.title + (text === "⋆" ? 14 : 4) },
  }));
}

function hiddenAxes(index: number, top: number): PlotlyObject {
  const hidden = { visible: false, range: [0, 1], fixedrange: true };
  return {
    [`xaxis${index}`]: { ...hidden, domain: [0, 1], anchor: `y${index}` },
    [`yaxis${index}`]: { ...hidden, domain: [0, Math.max(0.02, top - 0.03)], anchor: `x${index}` },
  };
}

function altText(moves: Moves, place: number, sum: readonly Line[]): string {
  const { output, bare, rule, walks } = moves;
  const shape = ({ rows, columns }: Matrix): string => shapeText([rows, columns]);
  return word("altSlide", {
    kernel: rule.kind === "sum" ? shape(rule.kernel) : shapeText([walks.rows.k, walks.columns.k]),
    input: shapeText(bare),
    output: shape(output),
    row: Math.floor(place / output.columns),
    column: place % output.columns,
    sum: spokenSum(sum),
  });
}
