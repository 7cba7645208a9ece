import { type FloatArray, fromFunction, shapeText } from "../array.js";
import { isFloatArray, requireArray } from "../array-required.js";
import { cameText } from "../came.js";
import { ArgumentError, ShapeError } from "../errors.js";
import type { Figure } from "./figure.js";
import { requireFigureOptions } from "./figure-options.js";
import { gridFigure } from "./grid.js";
import type { Panel } from "./panel.js";
import { describe, rangeNote, stackPanels } from "./pictures.js";
import type { Colours } from "./raster.js";
import { chooseScale, extent, type Scale } from "./scale.js";
import { word } from "./words.js";

/** Options of {@link filters}. */
export interface StackOptions {
  readonly title?: string;
  readonly alt?: string;
  /**
   * "same" (default; "shared" means the same) gives all the same colours for the same values, so that they can be
   * compared; "own" gives each its full range, so that a weak one can be seen.
   */
  readonly scale?: "same" | "own" | "shared";
  /** Headings, one for each; numbered when left out. */
  readonly names?: readonly string[];
  /** Most to draw, 1 to 64 (default 16); the title says when there are more. */
  readonly limit?: number;
  /** How many stand side by side. */
  readonly columns?: number;
}

/** The names of {@link StackOptions}. */
export const knownOfStacks = {
  title: true,
  alt: true,
  scale: true,
  names: true,
  limit: true,
  columns: true,
} as const;

/** Options of {@link filters}. */
export interface FiltersOptions extends StackOptions {
  /** Shows each filter's slice for this input channel, instead of filters over red, green and blue as colours. */
  readonly inputChannel?: number;
}

/** The largest number of panels that a page draws without a wait. */
const MOST = 64;

/** As near to a square as a page allows: up to 4 in one row, then 4 and more a row. */
export function bestColumns(count: number): number {
  if (count <= 4) return count;
  if (count <= 6) return 3;
  return count <= 16 ? 4 : Math.min(8, Math.ceil(Math.sqrt(count)));
}

/** How many are drawn: 16, or what was asked for. */
export function checkLimit(limit = 16): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
    throw new ArgumentError(`The limit is a whole number from 1 to ${MOST}; got ${limit}.`);
  }
  return limit;
}

/** What a title adds when not all are drawn. */
export function shownOf(shown: number, all: number): string {
  return shown < all ? ` (${word("shown", { shown, all })})` : "";
}

/**
 * Shows a bank of filters, one picture a filter: orange above zero, purple below. Small ones have their numbers
 * written in. The filters of a first layer, over red, green and blue, are pictures in their own colours: grey is zero,
 * brighter red is a larger weight on red.
 *
 * @param kernels a list of kernels (Kh×Kw each), one kernel, or a layer's weights Kh×Kw×Cin×Cout. With three input
 *   channels they are drawn in colour; else, or with `inputChannel`, each filter's slice for that channel (0 when left
 *   out)
 * @throws {ShapeError} when a kernel has another shape.
 * @throws {ArgumentError} when there is none, or an option is out of range.
 *
 * @example
 * plot.filters(random([7, 7, 3, 8]), { title: "Eight filters over colours" }).data.length // → 8
 */
export function filters(
  kernels: FloatArray | readonly FloatArray[],
  options: FiltersOptions = {},
): Figure {
  requireFigureOptions("plot.filters", options, { ...knownOfStacks, inputChannel: true });
  const limit = checkLimit(options.limit);
  const { scale = "same" } = options;
  if (scale !== "same" && scale !== "own" && scale !== "shared") {
    throw new ArgumentError(`plot.filters: the scale is "same" or "own"; got "${scale}".`);
  }
  if (!isFloatArray(kernels) && !Array.isArray(kernels)) {
    throw new ShapeError(
      `plot.filters wants a layer's weights, or a list of kernels; got ${cameText(kernels)}.`,
    );
  }
  const isColour =
    "shape" in kernels &&
    kernels.shape.length === 4 &&
    kernels.shape[2] === 3 &&
    options.inputChannel === undefined;
  if (isColour && kernels.shape.includes(0)) throw new ShapeError(noFilters(kernels.shape));
  const all = isColour
    ? Array.from({ length: kernels.shape[3]! }, (_, m) => m)
    : "shape" in kernels
      ? slices(kernels, options.inputChannel ?? 0)
      : kernels;
  if (all.length === 0) throw new ArgumentError("plot.filters wants at least one kernel.");
  for (const one of isColour ? [] : (all as FloatArray[]))
    requireArray(one, "plot.filters", "kernel");
  const headings = all
    .slice(0, limit)
    .map((_, index) => options.names?.[index] ?? word("filter", { index }));
  const { panels, bar } = isColour
    ? { panels: colourPanels(kernels, headings, scale !== "own"), bar: undefined }
    : stackPanels(all.slice(0, limit) as FloatArray[], "kernel", scale !== "own", headings);
  const spoken = panels.slice(0, 8).map(({ heading, raster }) => `${heading}: ${describe(raster)}`);
  return gridFigure({
    title: `${options.title ?? word("filters")}${shownOf(panels.length, all.length)}`,
    alt: [options.alt, isColour ? word("altFilters") : "", ...spoken].filter(Boolean).join(" "),
    panels,
    // A phone has room for the headings of six.
    columns: options.columns ?? Math.min(6, bestColumns(panels.length)),
    ...(bar ? { bar } : {}),
  });
}

function noFilters(shape: readonly number[]): string {
  return `Filters are Kh×Kw, or Kh×Kw×Cin×Cout for a whole layer; got ${shapeText(shape)}.`;
}

function slices(weights: FloatArray, inputChannel: number): FloatArray[] {
  if (weights.shape.length === 2) return [weights];
  const [kh = 0, kw = 0, cin = 0, cout = 0] = weights.shape;
  if (weights.shape.length !== 4) throw new ShapeError(noFilters(weights.shape));
  if (!Number.isInteger(inputChannel) || inputChannel < 0 || inputChannel >= cin) {
    throw new ArgumentError(`The input channels are 0 to ${cin - 1}; got ${inputChannel}.`);
  }
  return Array.from({ length: cout }, (_, m) =>
    fromFunction([kh, kw], (y, x) => weights.get(y!, x!, inputChannel, m)),
  );
}

/** Filters over red, green and blue: zero is the grey in the middle, the largest weight full colour. */
function colourPanels(
  weights: FloatArray,
  headings: readonly string[],
  isShared: boolean,
): Panel[] {
  const [rows = 0, columns = 0] = weights.shape;
  const filters = headings.map(
    (_, m) => fromFunction([rows, columns, 3], (y, x, c) => weights.get(y!, x!, c!, m)).data,
  );
  const reach = (values: Float32Array): number => Math.max(...extent(values).map(Math.abs)) || 1;
  const largest = Math.max(...filters.map(reach));
  return filters.map((values, m): Panel => {
    const end = isShared ? largest : reach(values);
    const raster: Colours = {
      kind: "colours",
      rows,
      columns,
      samples: Uint8Array.from(values, (value) => Math.round(127.5 + (127.5 * value) / end)),
    };
    const range: Scale = chooseScale([-end, end], "kernel");
    const note = isShared
      ? {}
      : { note: rangeNote({ kind: "heat", rows, columns, values, scale: range }) };
    return { raster, heading: headings[m]!, ...note };
  });
}
