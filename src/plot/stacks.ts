import { type FloatArray, fromFunction, shapeText } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { channel } from "../image/colour.js";
import type { Figure } from "./figure.js";
import { gridFigure } from "./grid.js";
import { describe, stackPanels } from "./pictures.js";
import { word } from "./words.js";

/** Options of {@link filters} and {@link activations}. */
export interface StackOptions {
  readonly title?: string;
  readonly alt?: string;
  /**
   * "shared" (default) gives all the same colours for the same values, so that they can be compared; "own" gives each
   * its full range, so that a weak one can be seen.
   */
  readonly scale?: "shared" | "own";
  /** Headings, one for each; numbered when left out. */
  readonly names?: readonly string[];
  /** Most to draw (default 16); the title says when there are more. */
  readonly limit?: number;
  /** How many stand side by side. */
  readonly columns?: number;
}

/** The largest number of panels that a page draws without a wait. */
const MOST = 64;

function draw(
  maps: readonly FloatArray[],
  total: number,
  kind: "filters" | "activations",
  options: StackOptions,
): Figure {
  const isFilters = kind === "filters";
  const { scale = "shared" } = options;
  if (scale !== "shared" && scale !== "own") {
    throw new ArgumentError(`plot.${kind}: the scale is "shared" or "own"; got "${scale}".`);
  }
  const headings = maps.map(
    (_, index) => options.names?.[index] ?? word(isFilters ? "filter" : "map", { index }),
  );
  const role = isFilters ? "kernel" : "output";
  const { panels, bar } = stackPanels(maps, role, scale === "shared", headings);
  const shown =
    maps.length < total ? ` (${word("shown", { shown: maps.length, all: total })})` : "";
  const spoken = panels.slice(0, 8).map(({ heading, raster }) => `${heading}: ${describe(raster)}`);
  return gridFigure({
    title: `${options.title ?? word(kind)}${shown}`,
    alt: [options.alt, ...spoken].filter(Boolean).join(" "),
    panels,
    columns: options.columns ?? bestColumns(panels.length),
    ...(bar ? { bar } : {}),
  });
}

/** As near to a square as a page allows: up to 4 in one row, then 4 and more a row. */
function bestColumns(count: number): number {
  if (count <= 4) return count;
  if (count <= 6) return 3;
  return count <= 16 ? 4 : Math.min(8, Math.ceil(Math.sqrt(count)));
}

function checkLimit(limit = 16): number {
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
    throw new ArgumentError(`The limit is a whole number from 1 to ${MOST}; got ${limit}.`);
  }
  return limit;
}

/**
 * Shows a bank of filters, one picture a filter: orange above zero, purple below. Small ones have their numbers written in.
 *
 * @param kernels a list of kernels (Kh×Kw each), one kernel, or a layer's weights Kh×Kw×Cin×Cout, of which the
 *   filters that read input channel `options.inputChannel` (0 when left out) are shown
 * @throws {ShapeError} when a kernel has another shape.
 * @throws {ArgumentError} when there is none, or an option is out of range.
 */
export function filters(
  kernels: FloatArray | readonly FloatArray[],
  options: StackOptions & { readonly inputChannel?: number } = {},
): Figure {
  const limit = checkLimit(options.limit);
  const all = "shape" in kernels ? slices(kernels, options.inputChannel ?? 0) : kernels;
  if (all.length === 0) throw new ArgumentError("plot.filters wants at least one kernel.");
  return draw(all.slice(0, limit), all.length, "filters", options);
}

function slices(weights: FloatArray, inputChannel: number): FloatArray[] {
  if (weights.shape.length === 2) return [weights];
  const [kh = 0, kw = 0, cin = 0, cout = 0] = weights.shape;
  if (weights.shape.length !== 4) {
    throw new ShapeError(
      `Filters are Kh×Kw, or Kh×Kw×Cin×Cout for a whole layer; got ${shapeText(weights.shape)}.`,
    );
  }
  if (!Number.isInteger(inputChannel) || inputChannel < 0 || inputChannel >= cin) {
    throw new ArgumentError(`The input channels are 0 to ${cin - 1}; got ${inputChannel}.`);
  }
  return Array.from({ length: cout }, (_, m) =>
    fromFunction([kh, kw], (y, x) => weights.get(y!, x!, inputChannel, m)),
  );
}

/**
 * Shows a stack of feature maps, one picture a channel: green above zero, purple below.
 *
 * @param maps H×W×C (or H×W for a single map)
 * @throws {ShapeError} when it is neither, or empty.
 * @throws {ArgumentError} when an option is out of range.
 */
export function activations(maps: FloatArray, options: StackOptions = {}): Figure {
  const limit = checkLimit(options.limit);
  const rank = maps?.shape?.length;
  if ((rank !== 2 && rank !== 3) || maps.shape.includes(0)) {
    const batch = rank === 4 ? " Take one image of the batch: maps.pick(0, null, null, null)." : "";
    throw new ShapeError(
      `plot.activations wants feature maps of H×W×C; got ${maps?.shape ? shapeText(maps.shape) : String(maps)}.${batch}`,
    );
  }
  if (rank === 2) return draw([maps], 1, "activations", options);
  const total = maps.shape[2]!;
  const shown = Array.from({ length: Math.min(limit, total) }, (_, c) => channel(maps, c));
  return draw(shown, total, "activations", options);
}
