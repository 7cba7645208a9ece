import { type FloatArray, rowMajor, shapeText } from "../array.js";
import { ShapeError } from "../errors.js";
import { resize } from "../image/geometry.js";
import { Figure } from "./figure.js";
import { numberText } from "./numbers.js";
import {
  type ColourChoice,
  chooseScale,
  colourIndex,
  colourTable,
  extent,
  hex,
  plotlyScale,
  type Scale,
} from "./scale.js";
import { element, STILL_WIDTH, svgDocument } from "./svg.js";
import { baseLayout, TEXT } from "./theme.js";
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
 */
export function surface(picture: FloatArray, options: SurfaceOptions = {}): Figure {
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
  const axis = (name: string): object => ({
    title: { text: name },
    showspikes: false,
    nticks: 4,
  });
  layout.margin = { l: 0, r: 0, t: (layout.margin as { t: number }).t, b: 0 };
  layout.scene = {
    xaxis: axis(word("column")),
    yaxis: { ...axis(word("row")), autorange: "reversed" },
    zaxis: axis(word("value")),
    aspectmode: "manual",
    aspectratio: { x: w / side, y: h / side, z: 0.4 },
    camera: { eye: { x: 0.4, y: -1.6, z: 1.15 } },
    dragmode: "turntable",
  };
  const data = rowMajor(heights);
  const trace = {
    type: "surface",
    z: Array.from({ length: h }, (_, y) =>
      Array.from(data.subarray(y * w, (y + 1) * w), (value) => Number(value.toPrecision(3))),
    ),
    x: Array.from({ length: w }, (_, x) => Math.round((x + 0.5) * (columns / w) - 0.5)),
    y: Array.from({ length: h }, (_, y) => Math.round((y + 0.5) * (rows / h) - 0.5)),
    cmin: scale.low,
    cmax: scale.high,
    colorscale: plotlyScale(scale.stops),
    showscale: false,
    lighting: { ambient: 0.85, diffuse: 0.55, specular: 0.05 },
    hovertemplate: `${word("row")} %{y}, ${word("column")} %{x}<br>${word("value")} %{z}<extra></extra>`,
  };
  return new Figure({
    title,
    alt,
    data: [trace],
    layout,
    still: () => still(picture, scale, title, alt),
  });
}

function shrink(picture: FloatArray, side: number): FloatArray {
  const [rows = 0, columns = 0] = picture.shape;
  const factor = Math.max(rows, columns) / side;
  if (factor <= 1) return picture;
  const size = (n: number): number => Math.max(2, Math.round(n / factor));
  return resize(picture, { height: size(rows), width: size(columns), method: "area" });
}

/** The landscape from the south, each patch drawn before those in front of it. */
function still(picture: FloatArray, scale: Scale, title: string, alt: string): string {
  const heights = shrink(picture, STILL_SIDE);
  const [rows = 0, columns = 0] = heights.shape;
  const data = rowMajor(heights);
  const [low, high] = extent(data);
  const table = colourTable(scale.stops);
  const cell = (STILL_WIDTH - 140) / columns;
  const depth = 0.55 * cell;
  const rise = 90 / (high - low || 1);
  const at = (y: number, x: number): string => {
    const lean = ((rows - y) * cell * 0.9) / 4;
    const up = (data[y * columns + x]! - low) * rise;
    return `${(40 + x * cell + lean).toFixed(1)},${(110 + y * depth - up).toFixed(1)}`;
  };
  const patches: string[] = [];
  for (let y = 0; y + 1 < rows; y++) {
    for (let x = 0; x + 1 < columns; x++) {
      const corners = [at(y, x), at(y, x + 1), at(y + 1, x + 1), at(y + 1, x)];
      const colour = table[colourIndex(data[y * columns + x]!, scale)];
      if (!colour) continue;
      patches.push(element("polygon", { points: corners.join(" "), fill: hex(colour) }));
    }
  }
  const group = element(
    "g",
    { stroke: TEXT, "stroke-width": 0.4, "stroke-linejoin": "round" },
    ...patches,
  );
  return svgDocument(title, alt, 130 + rows * depth, [group]);
}
