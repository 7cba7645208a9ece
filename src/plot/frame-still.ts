import { element, label, STILL_WIDTH } from "./svg.js";
import { GRID, SIZES, TEXT, widthOf, wrap } from "./theme.js";
import type { Axis } from "./ticks.js";

/** The rectangle that a still chart is drawn in, in pixels. */
export interface Plane {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A plane that leaves room for the axes' names and marks. */
export function plane(left: number, top: number, height: number): Plane {
  return { left, top, width: STILL_WIDTH - left - 24, height };
}

/** Horizontal grid lines with their values on the left, and the axis's name turned upward. */
export function verticalAxis(
  axis: Axis,
  name: string,
  { left, top, width, height }: Plane,
): string[] {
  const middle = top + height / 2;
  return [
    ...axis.ticks.flatMap((tick) => {
      const y = top + height * (1 - axis.at(tick));
      return [
        element("line", { x1: left, y1: y, x2: left + width, y2: y, stroke: GRID }),
        label(left - 7, y + 4, axis.text(tick), {
          "text-anchor": "end",
          "font-size": SIZES.small,
        }),
      ];
    }),
    label(16, middle, name, { "text-anchor": "middle", transform: `rotate(-90 16 ${middle})` }),
  ];
}

/** Vertical grid lines with their values below, and the axis's name. */
export function horizontalAxis(
  axis: Axis,
  name: string,
  { left, top, width, height }: Plane,
): string[] {
  return [
    ...axis.ticks.flatMap((tick) => {
      const x = left + width * axis.at(tick);
      return [
        element("line", { x1: x, y1: top, x2: x, y2: top + height, stroke: GRID }),
        label(x, top + height + 16, axis.text(tick), {
          "text-anchor": "middle",
          "font-size": SIZES.small,
        }),
      ];
    }),
    label(left + width / 2, top + height + 36, name, { "text-anchor": "middle" }),
  ];
}

/** The left and lower edge. */
export function edges({ left, top, width, height }: Plane): string {
  const path = `M${left} ${top}V${top + height}H${left + width}`;
  return element("path", { d: path, fill: "none", stroke: TEXT });
}

/** Names beside a sample of how each is drawn, in a row (or several) above the chart. */
export function legend(
  names: readonly string[],
  sample: (i: number, x: number, y: number) => string,
): { body: string[]; height: number } {
  const body: string[] = [];
  let x = 60;
  let y = 16;
  names.forEach((name, i) => {
    const lines = wrap(name, Math.floor((STILL_WIDTH - 104) / 7.5));
    const width = 44 + Math.max(...lines.map(widthOf)) * 7.5;
    if (x + width > STILL_WIDTH && i > 0) {
      x = 60;
      y += 18;
    }
    body.push(sample(i, x, y - 4));
    lines.forEach((line, row) => {
      body.push(label(x + 32, y + row * 18, line));
    });
    y += (lines.length - 1) * 18;
    x += width + 10;
  });
  return { body, height: y + 12 };
}
