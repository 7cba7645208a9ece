import type { PlotlyObject } from "./figure.js";
import { CLEAR, GRID, SIZES, TEXT } from "./theme.js";
import { word } from "./words.js";

/** Milliseconds a place when playing: slow enough to follow a toy, and a whole digit in under a minute. */
function pace(places: number): number {
  return Math.max(60, Math.min(700, Math.round(24_000 / places)));
}

/** Plotly's slider over all output places, and the buttons that play and pause. */
export function slideControls(rows: number, columns: number, start: number): PlotlyObject {
  const places = rows * columns;
  // A redraw, the default, keeps the heat maps: without one Plotly takes away every trace that a frame does not name.
  const now = { mode: "immediate", frame: { duration: 0 }, transition: { duration: 0 } };
  const play = {
    mode: "immediate",
    fromcurrent: true,
    frame: { duration: pace(places), redraw: true },
    transition: { duration: 0 },
  };
  const steps = Array.from({ length: places }, (_, place) => ({
    label: `${Math.floor(place / columns)}, ${place % columns}`,
    method: "animate",
    args: [[String(place)], now],
  }));
  return {
    sliders: [
      {
        active: start,
        steps,
        x: 0.02,
        len: 0.96,
        y: 0,
        yanchor: "top",
        pad: { t: 6, b: 0 },
        currentvalue: {
          prefix: word("place"),
          font: { size: SIZES.text },
          xanchor: "center",
        },
        font: { size: SIZES.small },
        bgcolor: GRID,
        activebgcolor: TEXT,
        bordercolor: TEXT,
        tickcolor: TEXT,
        minorticklen: 0,
        ticklen: places > 40 ? 0 : 4,
        transition: { duration: 0 },
      },
    ],
    updatemenus: [
      {
        type: "buttons",
        direction: "left",
        showactive: false,
        x: 0.5,
        xanchor: "center",
        y: 0,
        yanchor: "top",
        pad: { t: 88 },
        bgcolor: CLEAR,
        bordercolor: TEXT,
        font: { size: SIZES.text },
        buttons: [
          { label: word("play"), method: "animate", args: [null, play] },
          { label: word("pause"), method: "animate", args: [[null], now] },
        ],
      },
    ],
  };
}
