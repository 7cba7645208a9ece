import type { PlotlyObject } from "./figure.js";
import { CLEAR } from "./theme.js";

/**
 * Keeps a row of pictures together in the middle of a wide page, at most so many pixels wide.
 *
 * Plotly knows no largest width, but `minreducedwidth`: the width that is left when things beside the chart ask for
 * more margin than there is. So two empty buttons far out on both sides, never seen, ask for all of it. On a page that
 * is narrower nothing changes.
 *
 * @param layout its margins at left and right are equal
 */
export function keepTogether(layout: PlotlyObject, pixels: number): void {
  const outside = (x: number, xanchor: string): PlotlyObject => ({
    type: "buttons",
    x,
    xanchor,
    y: 0.5,
    yanchor: "middle",
    pad: { l: 0, r: 0, t: 0, b: 0 },
    showactive: false,
    bgcolor: CLEAR,
    borderwidth: 0,
    buttons: [{ label: "", method: "skip" }],
  });
  layout.minreducedwidth = Math.round(pixels);
  layout.updatemenus = [
    ...((layout.updatemenus as PlotlyObject[] | undefined) ?? []),
    outside(-2, "right"),
    outside(3, "left"),
  ];
}
