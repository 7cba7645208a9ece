import { type Raster, rasterUrl } from "../raster.js";
import { element, label, STILL_WIDTH, svgDocument } from "../svg.js";
import { PADDING, ROLE_COLOURS } from "../theme.js";
import type { FieldLook } from "./follow.js";
import { nearestUnit, windowOf } from "./units.js";

const SIDE = 400;

/** The picture with a window of every layer, smallest first, and the chosen one outlined strongly. */
export function fieldStill(
  raster: Raster,
  { layers, height, width, margin, at }: FieldLook,
  chosen: number,
  title: string,
  alt: string,
): string {
  const [h, w] = [height + 2 * margin, width + 2 * margin];
  const scale = SIDE / Math.max(h, w);
  const [left, top] = [(STILL_WIDTH - w * scale) / 2, 8];
  const x = (pixel: number): number => (pixel + 0.5 + margin) * scale;
  const box = { x: 0, y: 0, width: w * scale, height: h * scale };
  const windowAt = (index: number): Record<string, number> => {
    const { rows, columns } = layers[index]!;
    const [y0, y1] = windowOf(rows, nearestUnit(rows, at[0]));
    const [x0, x1] = windowOf(columns, nearestUnit(columns, at[1]));
    const near = { x: x(x0 - 0.5), y: x(y0 - 0.5) };
    return { ...near, width: (x1 - x0 + 1) * scale, height: (y1 - y0 + 1) * scale };
  };
  const thin = { fill: "none", stroke: ROLE_COLOURS.kernel, "stroke-width": 1.5 };
  const body = [
    element("rect", { ...box, fill: PADDING }),
    element("image", {
      ...{ x: margin * scale, y: margin * scale, width: width * scale, height: height * scale },
      preserveAspectRatio: "none",
      href: rasterUrl(raster, true),
      style: scale > 1 && height * width < 10_000 ? "image-rendering:pixelated" : undefined,
    }),
    ...layers.map((_, i) =>
      i === chosen ? "" : element("rect", { ...windowAt(i), ...thin, "stroke-opacity": 0.75 }),
    ),
    element("rect", { ...windowAt(chosen), ...thin, stroke: "#fff", "stroke-width": 6 }),
    element("rect", { ...windowAt(chosen), ...thin, "stroke-width": 3 }),
  ];
  const { name, rows, columns } = layers[chosen]!;
  const below = top + h * scale + 24;
  return svgDocument(title, alt, below + 12, [
    // Windows larger than the margin end at its edge.
    element("svg", { x: left, y: top, width: w * scale, height: h * scale }, ...body),
    label(STILL_WIDTH / 2, below, `${name}: ${rows.size}×${columns.size}`, {
      "text-anchor": "middle",
    }),
  ]);
}
