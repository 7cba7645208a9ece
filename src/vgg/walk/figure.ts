import { say } from "../../check/language.js";
import { ArgumentError } from "../../errors.js";
import { Figure, type PlotlyObject } from "../../plot/figure.js";
import { requireFigureOptions } from "../../plot/figure-options.js";
import { slideControls } from "../../plot/play-slider.js";
import { baseLayout, CLEAR, plotlyText, SIZES, TEXT } from "../../plot/theme.js";
import type { ConfigName } from "../config.js";
import type { Config } from "../layers.js";
import { Summary, summary } from "../summary.js";
import type { Point } from "./box.js";
import {
  boxExtent,
  CORNER,
  type Extent,
  FACES,
  headings,
  LINES,
  PICTURES,
  type WalkStep,
  walkSteps,
  windowExtent,
} from "./parts.js";
import { walkStill } from "./still.js";

/** Options of {@link walk}. */
export interface WalkOptions {
  readonly title?: string;
  readonly alt?: string;
  /** The layer to begin at, such as "conv3_1" (default: the first after the input). */
  readonly at?: string;
}

const MONOSPACE = 'ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace';
/** Height of a line of text, in pixels. */
const LINE = 20;

/**
 * Walks through a network layer by layer: the output as a box in true proportion (what comes in outlined in blue), the
 * part of the input that one output sees, and the ledger's line with every formula filled in.
 *
 * @param of a column of the paper's table, a network from `vgg.parse`, or its summary.
 * @throws {ArgumentError} when `at` names no layer.
 * @example vgg.walk("D", { at: "conv1_1" })
 */
export function walk(of: ConfigName | Config | Summary, options: WalkOptions = {}): Figure {
  requireFigureOptions("vgg.walk", options, { title: true, alt: true, at: true });
  const ledger = of instanceof Summary ? of : summary(of);
  const steps = walkSteps(ledger);
  const start = startOf(steps, options.at, ledger.name);
  const title =
    options.title ??
    say({ en: "{name}, layer by layer", ko: "{name}, 층마다" }, { name: ledger.name });
  const alt = [options.alt, altText(steps[start]!)].filter(Boolean).join(" ");
  const text = LINE * steps[start]!.lines.length + 12;
  const inner = PICTURES + text;
  const layout = baseLayout(title, alt, inner + 58 + 130);
  layout.margin = { l: 10, r: 10, t: (layout.margin as { t: number }).t + 22, b: 130 };
  layout.showlegend = false;
  const low = text / inner;
  Object.assign(layout, axes(steps, low));
  layout.annotations = headings().map((heading, i) => ({
    text: heading,
    xref: "paper",
    yref: "paper",
    x: i === 0 ? 0.02 : (1 + CORNER.left) / 2,
    y: 1,
    xanchor: i === 0 ? "left" : "center",
    yanchor: "bottom",
    showarrow: false,
    font: { size: SIZES.text },
  }));
  const lengths = steps.map(({ lines }) => textLines(lines).map((line) => line.length));
  const size = Math.max(9, Math.min(15, Math.floor(350 / (Math.max(...lengths.flat()) * 0.61))));
  const frames = steps.map((step, i) => {
    const data = traces(step, size);
    return { name: String(i), data, traces: data.map((_, trace) => trace) };
  });
  Object.assign(layout, controls(steps, start));
  return new Figure({
    title,
    alt,
    data: traces(steps[start]!, size),
    layout,
    frames,
    config: { displayModeBar: false },
    still: () => walkStill(steps, start, title, alt),
  });
}

function startOf(steps: readonly WalkStep[], at: string | undefined, name: string): number {
  if (at === undefined) return Math.min(1, steps.length - 1);
  const found = steps.findIndex((step) => step.name === at);
  if (found >= 0) return found;
  throw new ArgumentError(
    `There is no layer "${at}" in ${name}; the layers are ${steps.map((step) => step.name).join(", ")}.`,
  );
}

/** The names of the lines made equally long, so that the numbers stand below each other. */
export function textLines(lines: WalkStep["lines"]): string[] {
  const wide = Math.max(...lines.map(({ name }) => name.length)) + 2;
  return lines.map(({ name, text }) => (name + " ".repeat(wide - name.length) + text).trimEnd());
}

function traces(step: WalkStep, size: number): PlotlyObject[] {
  const role = step.isInput ? "input" : "output";
  const faces = [step.out.front, step.out.top, step.out.side].map((face, i) => ({
    ...polygon(face, LINES[role], 1),
    fill: "toself",
    fillcolor: FACES[role][i],
  }));
  const into = step.into ? [step.into.front, step.into.top, step.into.side] : [];
  const windowRole = step.windowSide > 1 ? 3 : 5;
  return [
    ...faces,
    { ...outline(into, LINES.input, 1.5), line: { color: LINES.input, width: 1.5, dash: "dot" } },
    {
      type: "scatter",
      mode: "text",
      ...columns(step.out.labels.map(({ at }) => at)),
      text: step.out.labels.map(({ text, side }) => (side === "left" ? `${text}\u00a0` : text)),
      textposition: step.out.labels.map(({ side }) =>
        side === "left" ? "middle left" : "bottom center",
      ),
      textfont: { size: SIZES.text },
      hoverinfo: "skip",
      cliponaxis: false,
    },
    {
      ...polygon(step.picture, LINES.input, 2),
      fill: "toself",
      fillcolor: FACES.input[1],
      ...SECOND,
    },
    { ...polygon(step.window, LINES.kernel, windowRole), ...SECOND },
    {
      type: "scatter",
      mode: "text",
      x: [0],
      y: [0.5],
      text: [spaced(textLines(step.lines))],
      textposition: "middle right",
      textfont: { family: MONOSPACE, size },
      xaxis: "x3",
      yaxis: "y3",
      hoverinfo: "skip",
      cliponaxis: false,
    },
  ];
}

const SECOND = { xaxis: "x2", yaxis: "y2" };

/** No-break spaces keep the columns; Plotly folds ordinary ones. */
function spaced(lines: readonly string[]): string {
  return lines.map((line) => plotlyText(line).replace(/ /g, "\u00a0")).join("<br>");
}

function columns(points: readonly Point[]): { x: (number | null)[]; y: (number | null)[] } {
  return { x: points.map(([x]) => x), y: points.map(([, y]) => y) };
}

function polygon(points: readonly Point[], colour: string, width: number): PlotlyObject {
  return {
    type: "scatter",
    mode: "lines",
    ...columns(points),
    line: { color: colour, width },
    hoverinfo: "skip",
  };
}

/** Several polygons as one trace, with a gap between them. */
function outline(
  faces: readonly (readonly Point[])[],
  colour: string,
  width: number,
): PlotlyObject {
  const all = faces.map(columns);
  return {
    ...polygon([], colour, width),
    x: all.flatMap(({ x }) => [...x, null]),
    y: all.flatMap(({ y }) => [...y, null]),
  };
}

/** A pair of axes within a part of the figure, both in the same scale. */
function plane(
  index: 1 | 2,
  extent: Extent,
  x: readonly [number, number],
  y: readonly [number, number],
): PlotlyObject {
  const suffix = index === 1 ? "" : String(index);
  return {
    [`xaxis${suffix}`]: {
      ...HIDDEN,
      domain: x,
      anchor: `y${suffix}`,
      range: extent.x,
      constraintoward: index === 1 ? "left" : "center",
    },
    [`yaxis${suffix}`]: {
      ...HIDDEN,
      domain: y,
      anchor: `x${suffix}`,
      range: extent.y,
      scaleanchor: `x${suffix}`,
      constraintoward: index === 1 ? "bottom" : "top",
    },
  };
}

const HIDDEN = { visible: false, fixedrange: true };

function axes(steps: readonly WalkStep[], low: number): PlotlyObject {
  const corner = 1 - CORNER.height * (1 - low);
  return {
    ...plane(1, boxExtent(steps), [0, 1], [low, 1]),
    ...plane(2, windowExtent(steps), [CORNER.left, 1], [corner, 1]),
    xaxis3: { ...HIDDEN, domain: [0.02, 1], anchor: "y3", range: [0, 1] },
    yaxis3: { ...HIDDEN, domain: [0, low - 0.02], anchor: "x3", range: [0, 1] },
  };
}

/** The slider of the moving window, its steps named after the layers. */
function controls(steps: readonly WalkStep[], start: number): PlotlyObject {
  const made = slideControls(1, steps.length, start);
  const [slider] = made.sliders as PlotlyObject[];
  const named = (slider!.steps as PlotlyObject[]).map((step, i) => ({
    ...step,
    label: steps[i]!.name,
  }));
  const shown = { ...(slider!.currentvalue as object), prefix: say({ en: "layer: ", ko: "층: " }) };
  return {
    ...made,
    sliders: [
      {
        ...slider,
        steps: named,
        currentvalue: shown,
        // The layers' names would cover each other: the current one stands above the slider.
        font: { size: 1, color: CLEAR },
        tickcolor: TEXT,
      },
    ],
  };
}

function altText({ lines }: WalkStep): string {
  return `${lines.map(({ name, text }) => `${name}: ${text}`).join("; ")}.`;
}
