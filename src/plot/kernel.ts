import { type FloatArray, rowMajor, shapeText } from "../array.js";
import { ShapeError } from "../errors.js";
import { Figure } from "./figure.js";
import { requireFigureOptions } from "./figure-options.js";
import { landscape } from "./landscape.js";
import { numberText } from "./numbers.js";
import { type Panel, panelParts, panelStill } from "./panel.js";
import { chooseScale, extent } from "./scale.js";
import { sceneOf, surfaceTrace } from "./surface.js";
import { STILL_WIDTH, svgDocument } from "./svg.js";
import { baseLayout } from "./theme.js";
import { word } from "./words.js";

/** Options of {@link kernel}. */
export interface KernelOptions {
  readonly title?: string;
  readonly alt?: string;
}

/** Up to so many entries along a side have room for their numbers. */
const NUMBERED = 11;
/** Pixels of the heat map and of the landscape, in height. */
const GRID_HEIGHT = 300;
const HILLS_HEIGHT = 270;

/**
 * Shows a kernel twice: as a heat map with its numbers (orange above zero, purple below), and as a landscape that can
 * be turned.
 *
 * @param weights Kh×Kw with at least 2×2 entries, or Kh×Kw×1×1
 * @throws {ShapeError} when it is not.
 *
 * @example
 * plot.kernel(filters.gaussian(1, 5)).alt // → "A kernel of 5×5 numbers from 0.00297 to 0.162, which sum to 1: as a grid of colours and as heights."
 */
export function kernel(weights: FloatArray, options: KernelOptions = {}): Figure {
  requireFigureOptions("plot.kernel", options, { title: true, alt: true });
  const grid = planeOf(weights);
  const [rows = 0, columns = 0] = grid.shape;
  const values = rowMajor(grid);
  const scale = chooseScale(values, "kernel");
  const [low, high] = extent(values).map((value) => numberText(value));
  const total = values.reduce((a, b) => a + b, 0);
  // 32-bit floats leave a little where a sum is zero.
  const sum = numberText(Math.abs(total) < 1e-6 * rows * columns ? 0 : total);
  const title = options.title ?? word("kernelTitle");
  const said = word("altKernel", { shape: shapeText(grid.shape), low: low!, high: high!, sum });
  const alt = [options.alt, said].filter(Boolean).join(" ");
  const panel: Panel = {
    raster: { kind: "heat", rows, columns, values, scale },
    role: "kernel",
    numbered: Math.max(rows, columns) <= NUMBERED,
    toward: "middle",
  };
  const layout = baseLayout(title, alt, GRID_HEIGHT + HILLS_HEIGHT + 62);
  const { t } = layout.margin as { t: number };
  layout.margin = { l: 12, r: 12, t: t - 4, b: 8 };
  const middle = Math.round((HILLS_HEIGHT / (GRID_HEIGHT + HILLS_HEIGHT)) * 1e4) / 1e4;
  const { trace, gaps, axes } = panelParts(panel, 1, { x: [0, 1], y: [middle, 1] });
  Object.assign(layout, axes);
  const side = Math.max(rows, columns);
  const scene = sceneOf([columns / side, rows / side], [columns, rows]);
  // Looks below the middle, so that the name in front is in the picture.
  const camera = { eye: { x: 0.45, y: -1.9, z: 1.15 }, center: { x: 0.06, y: 0, z: -0.2 } };
  layout.scene = { ...scene, camera, domain: { x: [0, 1], y: [0, middle - 0.02] } };
  return new Figure({
    title,
    alt,
    data: [trace, ...gaps, surfaceTrace(grid, scale)],
    layout,
    still: () => {
      const half = (STILL_WIDTH - 48) / 2;
      const box = { x: 12, y: 12, width: half, height: (half * rows) / Math.max(rows, columns) };
      const place = { left: half + 36, width: half - 12, top: 30, rise: 70 };
      const hills = landscape(grid, scale, place);
      const height = Math.max(box.height + 24, hills.bottom + 16);
      return svgDocument(title, alt, height, [...panelStill(panel, box), hills.body]);
    },
  });
}

function planeOf(weights: FloatArray): FloatArray {
  const shape = weights?.shape ?? [];
  const [rows = 0, columns = 0, ...channels] = shape;
  const isPlane = shape.length === 2 || (shape.length === 4 && channels.every((n) => n === 1));
  if (!isPlane || rows < 2 || columns < 2) {
    throw new ShapeError(
      `plot.kernel wants one kernel of Kh×Kw, at least 2×2; got ${weights?.shape ? shapeText(shape) : String(weights)}. Take one of a layer's: weights.pick(null, null, 0, 0); or show them all: plot.filters(weights).`,
    );
  }
  return shape.length === 2 ? weights : (weights.pick(null, null, 0, 0) as FloatArray);
}
