import { type FloatArray, rowMajor, shapeText } from "../array.js";
import { ShapeError } from "../errors.js";
import { resize } from "../image/resize.js";
import { Figure, type PlotlyObject } from "./figure.js";
import { requireFigureOptions } from "./figure-options.js";
import { landscape } from "./landscape.js";
import { numberText } from "./numbers.js";
import { type ColourChoice, chooseScale, extent, plotlyScale, type Scale } from "./scale.js";
import { STILL_WIDTH, svgDocument } from "./svg.js";
import { baseLayout, SIZES } from "./theme.js";
import { word } from "./words.js";

/** Options of {@link surface}. */
export interface SurfaceOptions {
  readonly title?: string;
  readonly alt?: string;
  readonly colours?: ColourChoice;
}

/** Most points along a side: more can't be told apart, and turn slowly. */
const SIDE = 96;
const STILL_SIDE = 36;

/**
 * Shows a picture as a landscape that can be turned: the brighter a pixel, the higher. An edge is a steep slope.
 *
 * @param picture H×W; larger than 96 on a side it is averaged down
 * @throws {ShapeError} when it is not H×W with at least 2×2 values.
 *
 * @example
 * plot.surface(image.digit(7), { title: "A seven as hills" }).title // → "A seven as hills"
 */
export function surface(picture: FloatArray, options: SurfaceOptions = {}): Figure {
  requireFigureOptions("plot.surface", options, { title: true, alt: true, colours: true });
  const [rows = 0, columns = 0] = picture?.shape ?? [];
  if (picture?.shape?.length !== 2 || rows < 2 || columns < 2) {
    throw new ShapeError(
      `plot.surface wants H×W with at least 2×2 values; got ${picture?.shape ? shapeText(picture.shape) : String(picture)}. Take one channel: image.toGrey(photo).`,
    );
  }
  const heights = shrink(picture, SIDE);
  const scale = chooseScale(rowMajor(heights), options.colours);
  const [low, high] = extent(rowMajor(picture));
  const title = options.title ?? word("surface");
  const values = { shape: shapeText(picture.shape), low: numberText(low), high: numberText(high) };
  const alt = [options.alt, word("altSurface", values)].filter(Boolean).join(" ");
  const layout = baseLayout(title, alt, 460);
  const [h = 0, w = 0] = heights.shape;
  const side = Math.max(h, w);
  layout.margin = { l: 0, r: 0, t: (layout.margin as { t: number }).t, b: 0 };
  layout.scene = sceneOf([w / side, h / side], [columns, rows]);
  const trace = {
    ...surfaceTrace(heights, scale),
    x: Array.from({ length: w }, (_, x) => Math.round((x + 0.5) * (columns / w) - 0.5)),
    y: Array.from({ length: h }, (_, y) => Math.round((y + 0.5) * (rows / h) - 0.5)),
  };
  return new Figure({
    title,
    alt,
    data: [trace],
    layout,
    still: () => still(picture, scale, title, alt),
  });
}

/** Whole places along a side, as many as its length, a share of the longer side's, has room for. */
function placesAlong(places: number, share: number): number[] {
  const most = share > 0.6 ? 4 : share > 0.2 ? 2 : 1;
  const least = (places - 1) / most;
  const power = 10 ** Math.floor(Math.log10(Math.max(1, least)));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((size) => size >= least)!;
  const all = Array.from({ length: Math.ceil(places / step) }, (_, i) => i * step);
  return most === 1 ? all.slice(0, 1) : all;
}

/**
 * The space of a landscape, seen from the south and above.
 *
 * @param ground how wide and how deep it is, as shares of the longer side
 * @param places columns and rows, of which some are named
 */
export function sceneOf(
  [x, y]: readonly [number, number],
  [columns, rows]: readonly [number, number],
): PlotlyObject {
  const axis = (name: string): object => ({
    title: { text: name, font: { size: SIZES.text - 1 } },
    tickfont: { size: SIZES.small },
    showspikes: false,
  });
  return {
    xaxis: { ...axis(word("column")), tickvals: placesAlong(columns, x) },
    yaxis: { ...axis(word("row")), autorange: "reversed", tickvals: placesAlong(rows, y) },
    zaxis: { ...axis(word("value")), nticks: 4 },
    aspectmode: "manual",
    aspectratio: { x, y, z: 0.4 },
    camera: { eye: { x: 0.45, y: -1.8, z: 1.3 }, center: { x: 0.03, y: 0, z: 0 } },
    dragmode: "turntable",
  };
}

/** Heights with their colours, for Plotly; what is not a number is a hole. */
export function surfaceTrace(heights: FloatArray, scale: Scale): PlotlyObject {
  const [rows = 0, columns = 0] = heights.shape;
  const values = rowMajor(heights);
  return {
    type: "surface",
    z: Array.from({ length: rows }, (_, y) =>
      Array.from(values.subarray(y * columns, (y + 1) * columns), (value) =>
        Number.isFinite(value) ? Number(value.toPrecision(3)) : null,
      ),
    ),
    cmin: scale.low,
    cmax: scale.high,
    colorscale: plotlyScale(scale.stops),
    showscale: false,
    lighting: { ambient: 0.85, diffuse: 0.55, specular: 0.05 },
    hovertemplate: `${word("row")} %{y}, ${word("column")} %{x}<br>${word("value")} %{z}<extra></extra>`,
  };
}

function shrink(picture: FloatArray, side: number): FloatArray {
  const [rows = 0, columns = 0] = picture.shape;
  const factor = Math.max(rows, columns) / side;
  if (factor <= 1) return picture;
  const size = (n: number): number => Math.max(2, Math.round(n / factor));
  return resize(picture, { height: size(rows), width: size(columns), method: "area" });
}

/** The landscape as a still picture. */
function still(picture: FloatArray, scale: Scale, title: string, alt: string): string {
  const place = { left: 30, width: STILL_WIDTH - 60, top: 8, rise: 90 };
  const { body, bottom } = landscape(shrink(picture, STILL_SIDE), scale, place);
  return svgDocument(title, alt, bottom + 12, [body]);
}
