import type { PlotlyObject } from "./figure.js";
import { numberText } from "./numbers.js";
import { plotlyScale, type Scale } from "./scale.js";
import { element, label, STILL_WIDTH } from "./svg.js";
import { SIZES } from "./theme.js";

/** Plotly's colour axis with a bar that lies below the pictures. */
export function plotlyColourBar(scale: Scale): PlotlyObject {
  return {
    cmin: scale.low,
    cmax: scale.high,
    colorscale: plotlyScale(scale.stops),
    showscale: true,
    colorbar: {
      orientation: "h",
      x: 0.5,
      xanchor: "center",
      y: 0,
      yanchor: "top",
      ypad: 14,
      len: 220,
      lenmode: "pixels",
      thickness: 10,
      outlinewidth: 0,
      tickvals: ticks(scale),
      ticktext: ticks(scale).map((value) => endText(value, scale)),
      tickfont: { size: SIZES.small },
    },
  };
}

/** Both ends, and zero where it lies between them. */
function ticks({ low, high }: Scale): number[] {
  return low < 0 && high > 0 ? [low, 0, high] : [low, high];
}

/** A value at the bar; an end that hides larger values says so. */
function endText(value: number, { low, high, clipped }: Scale): string {
  const text = numberText(value);
  if (!clipped || value === 0) return text;
  return value === high ? `≥ ${text}` : value === low ? `≤ ${text}` : text;
}

/** The same bar as SVG, its upper edge at `y`. */
export function colourBarStill(scale: Scale, y: number): string[] {
  const width = 220;
  const x = (STILL_WIDTH - width) / 2;
  // The name depends on the colours, so that two figures in one page don't borrow each other's.
  const id = `bar${scale.stops.join("").replace(/#/g, "")}`;
  const stops = plotlyScale(scale.stops).map(([offset, colour]) =>
    element("stop", { offset, "stop-color": colour }),
  );
  const at = (value: number): number =>
    x + (width * (value - scale.low)) / (scale.high - scale.low);
  return [
    element("defs", {}, element("linearGradient", { id }, ...stops)),
    element("rect", { x, y, width, height: 10, fill: `url(#${id})` }),
    ...ticks(scale).map((value) =>
      label(at(value), y + 26, endText(value, scale), {
        "text-anchor": "middle",
        "font-size": SIZES.small,
      }),
    ),
  ];
}
