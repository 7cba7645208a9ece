import type { PlotlyObject } from "./figure.js";
import { plotlyText, widthOf, wrap } from "./theme.js";

/** Pixels that a legend has beside the value axis on a phone, and one of its rows. */
const PHONE = 310;
const ROW = 20;
/** Pixels of a name's sample line or swatch, and of one of its letters, in a legend. */
const SAMPLE = 42;
const LETTER = 7.4;

/** A name as a legend writes it: one that is wider than a phone is broken into lines. */
export function legendName(name: string): string {
  return nameLines(name).map(plotlyText).join("<br>");
}

const nameLines = (name: string): string[] => wrap(name, Math.floor((PHONE - SAMPLE) / LETTER));

/** How many rows the names take on a phone: one, or else columns as wide as the longest name needs. */
export function legendRows(names: readonly string[]): number {
  const lines = names.map(nameLines);
  const widths = lines.map((own) => SAMPLE + Math.max(...own.map(widthOf)) * LETTER);
  if (widths.reduce((a, b) => a + b, 0) <= PHONE) return 1;
  const columns = Math.max(1, Math.floor(PHONE / Math.max(...widths)));
  const further = lines.reduce((sum, own) => sum + own.length - 1, 0);
  return Math.ceil(names.length / columns) + further;
}

/**
 * Puts a legend between the title and the chart. It hangs from the title, so that however many rows a narrow page
 * breaks it into, they push the chart down and never climb onto the title; the figure is higher by a phone's rows.
 *
 * @param layout a layout of `baseLayout`
 */
export function legendBelowTitle(layout: PlotlyObject, names: readonly string[]): PlotlyObject {
  const margin = layout.margin as { t: number };
  const height = (layout.height as number) + (legendRows(names) - 1) * ROW;
  return {
    ...layout,
    height,
    margin: { ...margin, t: margin.t + 14 },
    showlegend: true,
    legend: {
      orientation: "h",
      x: 0.5,
      xanchor: "center",
      yref: "container",
      y: Math.round((1 - (margin.t - 20) / height) * 1e4) / 1e4,
      yanchor: "top",
    },
  };
}
