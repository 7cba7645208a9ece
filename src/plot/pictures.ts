import { type FloatArray, rowMajor, shapeText } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";
import type { Figure } from "./figure.js";
import { requireFigureOptions } from "./figure-options.js";
import { gridFigure } from "./grid.js";
import { numberText } from "./numbers.js";
import type { Panel } from "./panel.js";
import { type Raster, type RasterOptions, toRaster } from "./raster.js";
import { type ColourChoice, chooseScale, extent, type Scale } from "./scale.js";
import { GREY, type Role } from "./theme.js";
import { word } from "./words.js";

/** Options of {@link image}. */
export interface ImageOptions extends RasterOptions {
  readonly title?: string;
  /** What the picture shows, for who cannot see it; sizes and values are said by themselves. */
  readonly alt?: string;
}

const known = { title: true, alt: true, colours: true, range: true } as const;

/** Whether a raster is plain brightness, whose black and white need no explanation. */
function isBrightness(raster: Raster): boolean {
  return (
    raster.kind === "colours" ||
    (raster.scale.stops === GREY && raster.scale.low === 0 && raster.scale.high === 1)
  );
}

/** What a picture holds, in a sentence. */
export function describe(raster: Raster): string {
  const shape = `${raster.rows}×${raster.columns}`;
  if (raster.kind === "colours") return word("altColour", { shape });
  const [low, high] = extent(raster.values);
  const values = { shape, low: numberText(low), high: numberText(high) };
  const lost = raster.values.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0);
  const note = lost > 0 ? ` ${word("altNotFinite", { count: lost })}` : "";
  if (raster.scale.stops === GREY) return word("altGrey", values) + note;
  const at = raster.values.indexOf(high);
  const row = Math.floor(Math.max(0, at) / raster.columns);
  const column = Math.max(0, at) % raster.columns;
  return word("altValues", { ...values, row, column }) + note;
}

/** Which role's frame a picture has: the one that its colours were asked for. */
function roleOf(colours: ColourChoice | undefined): Role | undefined {
  return colours === "auto" || colours === "grey" ? undefined : colours;
}

/**
 * Shows a picture or a matrix, with the value of a pixel when the pointer is on it. A small matrix has its numbers
 * written in; values below 0 or above 1 are coloured (purple below zero, green above).
 *
 * @param picture H×W, H×W×1 or H×W×3
 * @throws {ShapeError} for any other shape.
 *
 * @example
 * plot.image(array([[0, 1], [2, 3]]), { title: "Four numbers" }).alt // → "A grid of 2×2 values from 0 to 3; the largest is at row 1, column 1."
 */
export function image(picture: FloatArray, options: ImageOptions = {}): Figure {
  requireFigureOptions("plot.image", options, known);
  const raster = toRaster(picture, options);
  const title = options.title ?? word("picture");
  const alt = [options.alt, describe(raster)].filter(Boolean).join(" ");
  const bar = raster.kind === "heat" && !isBrightness(raster) ? raster.scale : undefined;
  const panel: Panel = { raster, named: true, ...withRole(options.colours) };
  return gridFigure({ title, alt, panels: [panel], columns: 1, ...(bar ? { bar } : {}) });
}

function withRole(colours: ColourChoice | undefined): { role?: Role } {
  const role = roleOf(colours);
  return role ? { role } : {};
}

/** A picture of {@link images} with its own heading and colours. */
export interface Titled extends RasterOptions {
  readonly image: FloatArray;
  readonly title?: string;
}

/** Options of {@link images}. */
export interface ImagesOptions extends ImageOptions {
  /** How many stand side by side (default: all, at most 4). */
  readonly columns?: number;
}

/** A picture with what is said of it; anything else is taken for a picture, which then says what it lacks. */
function titled(entry: FloatArray | Titled): Titled {
  if (typeof entry !== "object" || entry === null || !("image" in entry)) return { image: entry };
  requireFigureOptions("plot.images, a picture", entry, {
    image: true,
    title: true,
    colours: true,
    range: true,
  });
  return entry;
}

/**
 * Shows pictures side by side, each with its heading.
 *
 * @param pictures arrays, or `{ image, title }` for one with a heading
 * @throws {ArgumentError} when the list is empty.
 * @throws {ShapeError} when one of them is not a picture.
 *
 * @example
 * const seven = image.digit(7);
 * plot.images([seven, { image: applyFilter(seven, filters.sobelX()), title: "edges" }]).data.length // → 2
 */
export function images(
  pictures: readonly (FloatArray | Titled)[],
  options: ImagesOptions = {},
): Figure {
  if (!Array.isArray(pictures) || pictures.length === 0) {
    throw new ArgumentError(
      'plot.images wants a list of at least one picture: plot.images([photo, { image: edges, title: "edges" }]).',
    );
  }
  requireFigureOptions("plot.images", options, { ...known, columns: true });
  const panels = pictures.map((entry: FloatArray | Titled): Panel => {
    const own = titled(entry);
    const merged: RasterOptions = { ...options, ...own };
    const raster = toRaster(own.image, merged);
    return {
      raster,
      ...(own.title ? { heading: own.title } : {}),
      ...(isBrightness(raster) ? {} : { note: rangeNote(raster) }),
      ...withRole(merged.colours),
    };
  });
  const spoken = panels.map(({ heading, raster }) =>
    [heading, describe(raster)].filter(Boolean).join(": "),
  );
  return gridFigure({
    title: options.title ?? word("pictures"),
    alt: [options.alt, ...spoken].filter(Boolean).join(" "),
    panels,
    columns: options.columns ?? Math.min(4, panels.length),
  });
}

/** The ends of a scale, such as "−4 … 4". */
export function rangeNote(raster: Raster): string {
  if (raster.kind === "colours") return "";
  return `${numberText(raster.scale.low)}\u00a0…\u00a0${numberText(raster.scale.high)}`;
}

/** The maps of a stack as grids of numbers on one scale, or each on its own. */
export function stackPanels(
  maps: readonly FloatArray[],
  role: Role,
  shared: boolean,
  headings: readonly string[],
): { panels: Panel[]; bar?: Scale } {
  const all = shared ? chooseScale(concatenated(maps), role) : undefined;
  const panels = maps.map((map, i): Panel => {
    const values = rowMajor(map);
    const [rows = 0, columns = 0] = map.shape;
    if (map.shape.length !== 2 || values.length === 0) {
      throw new ShapeError(`A map or kernel to draw is H×W; got ${shapeText(map.shape)}.`);
    }
    const raster: Raster = {
      kind: "heat",
      rows,
      columns,
      values,
      scale: all ?? chooseScale(values, role),
    };
    return { raster, heading: headings[i]!, ...(shared ? {} : { note: rangeNote(raster) }) };
  });
  return all ? { panels, bar: all } : { panels };
}

/** The values of all maps in one list. */
function concatenated(maps: readonly FloatArray[]): Float32Array {
  const parts = maps.map(rowMajor);
  const all = new Float32Array(parts.reduce((total, part) => total + part.length, 0));
  let next = 0;
  for (const part of parts) {
    all.set(part, next);
    next += part.length;
  }
  return all;
}
