import type { PlotlyObject } from "./figure.js";
import { CLEAR } from "./theme.js";

/** Pixels that a handout has on a phone. */
export const PHONE = 358;
/** Pixels of a button without words. */
const BUTTON = 30;

/**
 * Keeps a row of pictures together in the middle of a wide page, at most so many pixels wide.
 *
 * Plotly knows no largest width, but `minreducedwidth`: the width that is left when things beside the chart ask for
 * more margin than there is. So two empty buttons far out on both sides, never seen, ask for all of it. On a page that
 * is narrower nothing changes.
 *
 * Plotly shares the space out as the buttons ask for it, `2w/5 + size/5 ± asked` for a page `w` wide; what one asks for
 * beyond the other is chosen so that a phone keeps the margins that the layout has.
 */
export function keepTogether(layout: PlotlyObject, pixels: number): void {
  const { l, r } = layout.margin as { l: number; r: number };
  const more = Math.round(((BUTTON + 2 * PHONE) * (l - r)) / (5 * (l + r)));
  const outside = (x: number, xanchor: string, asked: number): PlotlyObject => ({
    type: "buttons",
    x,
    xanchor,
    y: 0.5,
    yanchor: "middle",
    pad: { l: asked, r: 0, t: 0, b: 0 },
    showactive: false,
    bgcolor: CLEAR,
    borderwidth: 0,
    buttons: [{ label: "", method: "skip" }],
  });
  layout.minreducedwidth = Math.round(pixels);
  layout.updatemenus = [
    ...((layout.updatemenus as PlotlyObject[] | undefined) ?? []),
    outside(-2, "right", more),
    outside(3, "left", 0 - more),
  ];
}
