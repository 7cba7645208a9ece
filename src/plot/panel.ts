import type { PlotlyObject } from "./figure.js";
import { cellTexts, coloursTrace, heatTrace, noNumberTrace } from "./heat-trace.js";
import { type Raster, rasterUrl, shrunk } from "./raster.js";
import { colourIndex, colourTable, hex, inkOn } from "./scale.js";
import { element, label } from "./svg.js";
import { plotlyText, ROLE_COLOURS, type Role, SIZES, TEXT, wrap } from "./theme.js";
import { word } from "./words.js";

/** A picture with its heading: the building block of every figure that shows pictures or matrices. */
export interface Panel {
  readonly raster: Raster;
  readonly heading?: string;
  /** A second, smaller line, such as the range of the values. */
  readonly note?: string;
  /** Frames the panel and colours its heading. */
  readonly role?: Role;
  /** Whether the cells' values are written in; by their number when left out. */
  readonly numbered?: boolean;
  /** Where the picture lies in a domain that is too tall for it (default "top"). */
  readonly toward?: "top" | "middle";
  /** Writes "row" and "column" at the axes. */
  readonly named?: boolean;
}

/** The part of a figure that a panel has, as fractions of the plotting area; y grows upward. */
export interface Domain {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
}

/** Most cells that have their value written in. */
const NUMBERED_SIDE = 10;

/** Whether the panel's cells are few enough to write their values in. */
export function isNumbered({ raster, numbered }: Panel): boolean {
  if (numbered !== undefined) return numbered;
  return raster.kind === "heat" && Math.max(raster.rows, raster.columns) <= NUMBERED_SIDE;
}

/** How many letters of a heading fit above a panel on a phone. */
export function headingLetters(width: number): number {
  return Math.max(9, Math.floor(width * 48));
}

/** Plotly's trace, axes and heading for a panel; `index` counts the figure's panels from 1. */
export function panelParts(
  panel: Panel,
  index: number,
  domain: Domain,
): {
  trace: PlotlyObject;
  /** What shows through the trace's gaps. */
  gaps: PlotlyObject[];
  axes: PlotlyObject;
  annotations: PlotlyObject[];
} {
  const { raster, role } = panel;
  const suffix = index === 1 ? "" : String(index);
  const [xaxis, yaxis] = [`x${suffix}`, `y${suffix}`];
  const at = {
    xaxis,
    yaxis,
    numbers: isNumbered(panel),
    name: panel.heading ? plotlyText(panel.heading) : "",
  };
  const trace = raster.kind === "heat" ? heatTrace(raster, at) : coloursTrace(raster, at);
  const gaps = raster.kind === "heat" ? noNumberTrace(raster, at) : [];
  const shared: PlotlyObject = {
    showgrid: false,
    zeroline: false,
    constrain: "domain",
    tickfont: { size: SIZES.small },
    ...(panel.named ? {} : { showticklabels: false, ticks: "" }),
    tickformat: "d",
    ...(role
      ? { showline: true, mirror: true, linecolor: ROLE_COLOURS[role], linewidth: 3 }
      : { showline: true, mirror: true, linewidth: 1 }),
  };
  const axes: PlotlyObject = {
    [`xaxis${suffix}`]: {
      ...shared,
      ...ticksOf(raster.columns, raster.rows),
      domain: domain.x,
      anchor: yaxis,
      range: [-0.5, raster.columns - 0.5],
      ...(panel.named ? { title: { text: word("column"), standoff: 4 } } : {}),
    },
    [`yaxis${suffix}`]: {
      ...shared,
      ...ticksOf(raster.rows, raster.columns),
      domain: domain.y,
      anchor: xaxis,
      scaleanchor: xaxis,
      constraintoward: panel.toward ?? "top",
      range: [raster.rows - 0.5, -0.5],
      ...(panel.named ? { title: { text: word("row"), standoff: 4 } } : {}),
    },
  };
  return { trace, gaps, axes, annotations: headingAnnotations(panel, xaxis, yaxis, domain) };
}

/** Which rows or columns are named: as many as a side has room for that is so much shorter than the other. */
function ticksOf(side: number, other: number): PlotlyObject {
  if (side < other / 10) return { tickvals: [0] };
  if (Math.max(side, other) <= NUMBERED_SIDE) return { nticks: 6, dtick: 1 };
  return { nticks: side < other / 3 ? 2 : 6 };
}

function headingAnnotations(
  panel: Panel,
  xaxis: string,
  yaxis: string,
  domain: Domain,
): PlotlyObject[] {
  const lines = headingLines(panel, headingLetters(domain.x[1] - domain.x[0]));
  if (lines.length === 0) return [];
  return [
    {
      text: lines.map((line, i) => styled(line, i, panel)).join("<br>"),
      xref: `${xaxis} domain`,
      yref: `${yaxis} domain`,
      x: 0.5,
      y: 1,
      yanchor: "bottom",
      // Clear of the frame's line.
      yshift: 2,
      showarrow: false,
      font: { size: SIZES.text, ...(panel.role ? { color: ROLE_COLOURS[panel.role] } : {}) },
    },
  ];
}

function styled(line: string, index: number, panel: Panel): string {
  const text = plotlyText(line);
  const isNote = panel.note !== undefined && index > 0 && panel.note.includes(line);
  if (isNote) return `<span style="font-size:${SIZES.small}px">${text}</span>`;
  return panel.role ? `<b>${text}</b>` : text;
}

/** Heading and note, broken into lines. */
export function headingLines(panel: Panel, letters: number): string[] {
  return [
    ...(panel.heading ? wrap(panel.heading, letters) : []),
    ...(panel.note ? wrap(panel.note, letters) : []),
  ];
}

/** A panel drawn as SVG within a box of pixels, in the middle of its width. */
export function panelStill(
  panel: Panel,
  box: { x: number; y: number; width: number; height: number },
): string[] {
  const { raster, role } = panel;
  const cell = Math.min(box.width / raster.columns, box.height / raster.rows);
  const width = cell * raster.columns;
  const height = cell * raster.rows;
  const x = box.x + (box.width - width) / 2;
  const lines = headingLines(panel, Math.floor(box.width / 7));
  const heading = lines.map((line, i) =>
    label(x + width / 2, box.y - 7 - (lines.length - 1 - i) * 15, line, {
      "text-anchor": "middle",
      fill: role ? ROLE_COLOURS[role] : undefined,
      "font-weight": role ? "bold" : undefined,
    }),
  );
  return [
    ...heading,
    ...(isNumbered(panel)
      ? cells(panel, x, box.y, cell)
      : [picture(raster, x, box.y, width, height)]),
    element("rect", {
      x,
      y: box.y,
      width,
      height,
      fill: "none",
      stroke: role ? ROLE_COLOURS[role] : TEXT,
      "stroke-width": role ? 3 : 1,
    }),
  ];
}

function picture(raster: Raster, x: number, y: number, width: number, height: number): string {
  const enlarged = width > raster.columns;
  return element("image", {
    x,
    y,
    width,
    height,
    preserveAspectRatio: "none",
    // Not many more pixels than it is wide: a crowd of large maps stays small.
    href: rasterUrl(shrunk(raster, 1.2 * width), true),
    style: enlarged ? "image-rendering:pixelated" : undefined,
  });
}

function cells({ raster }: Panel, left: number, top: number, cell: number): string[] {
  if (raster.kind !== "heat") return [];
  const table = colourTable(raster.scale.stops);
  const texts = cellTexts(raster);
  const longest = Math.max(...texts.flat().map((text) => text.length));
  const size = Math.min(15, (cell * 1.5) / longest, cell * 0.6);
  return texts.flatMap((row, i) =>
    row.flatMap((text, j) => {
      const colour = table[colourIndex(raster.values[i * raster.columns + j]!, raster.scale)] ?? [
        128, 128, 128,
      ];
      const [x, y] = [left + j * cell, top + i * cell];
      return [
        element("rect", { x, y, width: cell - 1, height: cell - 1, fill: hex(colour as never) }),
        label(x + cell / 2, y + cell / 2 + size * 0.36, text, {
          "text-anchor": "middle",
          "font-size": size,
          fill: inkOn(colour as never),
        }),
      ];
    }),
  );
}
