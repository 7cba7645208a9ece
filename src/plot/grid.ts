import { colourBarStill, plotlyColourBar } from "./colour-bar.js";
import { Figure, type PlotlyObject } from "./figure.js";
import { cellTexts } from "./heat-trace.js";
import {
  headingLetters,
  headingLines,
  isNumbered,
  type Panel,
  panelParts,
  panelStill,
} from "./panel.js";
import type { Scale } from "./scale.js";
import { STILL_WIDTH, svgDocument } from "./svg.js";
import { baseLayout } from "./theme.js";
import { keepTogether } from "./together.js";

/** A figure of panels side by side and below each other. */
export interface GridParts {
  readonly title: string;
  readonly alt: string;
  readonly panels: readonly Panel[];
  /** How many panels a row holds. */
  readonly columns: number;
  /** One bar that says what the colours of all panels mean. */
  readonly bar?: Scale;
}

/** Pixels that a row of pictures takes at least where there is room, for the headings above them. */
const LEAST_WIDTH = 480;

/** Height of a row's pictures in pixels: large alone, small in a crowd, so that neither a phone nor a screen gapes. */
function rowHeight(columns: number, panels: readonly Panel[]): number {
  const crowded = panels.length > columns ? 0.85 : 1;
  const tallest = Math.max(...panels.map(({ raster }) => raster.rows / raster.columns));
  const roomy = crowded * ([0, 380, 270, 210, 160, 140, 120][columns] ?? 100);
  return Math.round(Math.min(roomy, Math.max(60, (tallest * 620) / columns)));
}

/** Lays out panels as one figure. */
export function gridFigure(given: GridParts): Figure {
  const columns = Math.min(given.columns, given.panels.length);
  const parts = { ...given, panels: given.panels.map((panel) => withLegible(panel, columns)) };
  const { title, alt, panels, bar } = parts;
  const rows = Math.ceil(panels.length / columns);
  const pictures = rowHeight(columns, panels);
  const gap = panels.some((panel) => panel.named) ? 0.09 : 0.03;
  const width = (1 - gap * (columns - 1)) / columns;
  const letters = headingLetters(width);
  const headings = 8 + 16 * Math.max(...panels.map((panel) => headingLines(panel, letters).length));
  const named = panels.some((panel) => panel.named) ? 44 : 6;
  const pitch = headings + pictures + named;
  const inner = rows * pitch;
  const margin = {
    l: panels.some((panel) => panel.named) ? 52 : 12,
    r: 12,
    t: 38,
    b: bar ? 52 : 8,
  };
  const layout: PlotlyObject = baseLayout(title, alt, inner + margin.t + margin.b);
  const base = layout.margin as { t: number };
  layout.margin = { ...margin, t: base.t - 16 };
  const data: PlotlyObject[] = [];
  const annotations: PlotlyObject[] = [];
  panels.forEach((panel, i) => {
    const [row, column] = [Math.floor(i / columns), i % columns];
    const left = column * (width + gap);
    const top = 1 - (row * pitch + headings) / inner;
    const domain = {
      x: [round(left), round(left + width)] as const,
      y: [round(Math.max(0, top - pictures / inner)), round(top)] as const,
    };
    const made = panelParts(panel, i + 1, domain);
    data.push(made.trace, ...made.gaps);
    Object.assign(layout, made.axes);
    annotations.push(...made.annotations);
  });
  if (bar) {
    layout.coloraxis = plotlyColourBar(bar);
    const shared = data.filter((trace) => shareScale(trace, bar));
    // A bar needs a trace that it belongs to; packed pictures are in other units.
    if (shared.length === 0)
      data.push({ ...NOTHING, marker: { color: [bar.low], coloraxis: "coloraxis" } });
  }
  layout.annotations = annotations;
  if (columns > 1) {
    const widest = Math.max(...panels.map(({ raster }) => raster.columns / raster.rows));
    const wanted = (columns * pictures * Math.min(widest, 2)) / (1 - gap * (columns - 1));
    keepTogether(layout, Math.max(LEAST_WIDTH, wanted));
  }
  return new Figure({ title, alt, data, layout, still: () => gridStill({ ...parts, columns }) });
}

/** Pixels of the smallest letters that are worth drawing, on a page that is wide enough for the figure. */
const SMALLEST = 6;

/** Leaves the numbers out of cells that are too small for them. */
function withLegible(panel: Panel, columns: number): Panel {
  if (!isNumbered(panel) || panel.raster.kind !== "heat") return panel;
  const longest = Math.max(
    ...cellTexts(panel.raster)
      .flat()
      .map(({ length }) => length),
  );
  const cell = STILL_WIDTH / columns / panel.raster.columns;
  return { ...panel, numbered: (cell * 1.5) / longest >= SMALLEST };
}

/** A trace without a visible point. */
const NOTHING: PlotlyObject = {
  type: "scatter",
  mode: "markers",
  x: [null],
  y: [null],
  hoverinfo: "skip",
  showlegend: false,
};

/** Lets the bar's axis colour a trace, unless its values were packed in other units; says whether it does. */
function shareScale(trace: PlotlyObject, bar: Scale): boolean {
  if (trace.type !== "heatmap" || trace.zmin !== bar.low || trace.zmax !== bar.high) return false;
  for (const key of ["zmin", "zmax", "colorscale", "showscale"]) delete trace[key];
  trace.coloraxis = "coloraxis";
  return true;
}

function round(value: number): number {
  return Math.round(value * 1e4) / 1e4;
}

/** The panels as a still picture. */
export function gridStill({ title, alt, panels, columns, bar }: GridParts): string {
  const gap = 16;
  const width = (STILL_WIDTH - gap * (columns + 1)) / columns;
  const tallest = Math.max(...panels.map(({ raster }) => raster.rows / raster.columns));
  const height = Math.min(columns === 1 ? 380 : 300, width * tallest);
  const lines = Math.max(
    ...panels.map((panel) => headingLines(panel, Math.floor(width / 7)).length),
  );
  const pitch = height + lines * 15 + gap + 6;
  const body = panels.flatMap((panel, i) =>
    panelStill(panel, {
      x: gap + (i % columns) * (width + gap),
      y: lines * 15 + 12 + Math.floor(i / columns) * pitch,
      width,
      height,
    }),
  );
  const bottom = Math.ceil(panels.length / columns) * pitch + 8;
  if (bar) body.push(...colourBarStill(bar, bottom));
  return svgDocument(title, alt, bottom + (bar ? 46 : 0), body);
}
