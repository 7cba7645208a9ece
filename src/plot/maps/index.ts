import { type FloatArray, rowMajor, shapeText } from "../../array.js";
import { ArgumentError, ShapeError } from "../../errors.js";
import { channel } from "../../image/colour.js";
import { blockMeans, type Values } from "../blocks.js";
import { requireFigureOptions } from "../figure-options.js";
import { gridStill } from "../grid.js";
import { numberText } from "../numbers.js";
import { BUTTON, Interactive } from "../page/interactive.js";
import { pageScript } from "../page/script.js";
import { describe, stackPanels } from "../pictures.js";
import { rasterUrl } from "../raster.js";
import { chooseScale, colourTable, type Scale } from "../scale.js";
import { bestColumns, checkLimit, knownOfStacks, shownOf } from "../stacks.js";
import { escapeXml } from "../svg.js";
import { ROLE_COLOURS, SEQUENTIAL, SIGNED, SIZES, type Stops } from "../theme.js";
import { word } from "../words.js";
import { blockSide, packMaps } from "./levels.js";
import { linkMaps, type MapScale } from "./linked.js";
import { sheet } from "./sheet.js";

/** Options of {@link activations}. */
export interface ActivationsOptions {
  readonly title?: string;
  readonly alt?: string;
  /**
   * "same" (default; "shared" means the same) gives all the same colours for the same values, so that they can be
   * compared; "own" gives each its full range, so that a weak one can be seen. A button changes it.
   */
  readonly scale?: "same" | "own" | "shared";
  /** Headings, one for each; numbered when left out. */
  readonly names?: readonly string[];
  /** Most to draw, 1 to 64 (default 16); the title says when there are more. */
  readonly limit?: number;
  /** How many stand side by side in the still picture. */
  readonly columns?: number;
}

/** Pixels of the picture that stands where scripts don't run. */
const FALLBACK = 60_000;

const TABLES: readonly Stops[] = [SEQUENTIAL.output, SIGNED.output];

function scaleText(scale: Scale): MapScale {
  const { low, high } = scale;
  return { table: scale.stops === SIGNED.output ? 1 : 0, low, high };
}

function checkMaps(maps: FloatArray): void {
  const rank = maps?.shape?.length;
  if ((rank !== 2 && rank !== 3) || maps.shape.includes(0)) {
    const batch = rank === 4 ? " Take one image of the batch: maps.pick(0, null, null, null)." : "";
    throw new ShapeError(
      `plot.activations wants feature maps of H×W×C; got ${maps?.shape ? shapeText(maps.shape) : String(maps)}.${batch}`,
    );
  }
}

/**
 * Shows a stack of feature maps as a linked grid: green above zero, purple below. The place under the pointer is
 * marked in every map with its value (by keyboard: Tab to a map, then the arrow keys); a click enlarges a map and puts
 * it back; a button changes between one scale for all and each map's own. Values that are not finite are grey.
 *
 * Very large stacks (over 150,000 values drawn) are averaged over blocks of pixels, and the page says so.
 *
 * @param maps H×W×C (or H×W for a single map)
 * @throws {ShapeError} when it is neither, or empty.
 * @throws {ArgumentError} when an option is out of range.
 *
 * @example
 * const maps = conv2d(image.digit(7), random([3, 3, 1, 4]));
 * plot.activations(maps, { title: "Four maps of a seven", scale: "own" }).title // → "Four maps of a seven"
 */
export function activations(maps: FloatArray, options: ActivationsOptions = {}): Interactive {
  requireFigureOptions("plot.activations", options, knownOfStacks);
  const limit = checkLimit(options.limit);
  checkMaps(maps);
  const { scale = "same" } = options;
  if (scale !== "same" && scale !== "own" && scale !== "shared") {
    throw new ArgumentError(`plot.activations: the scale is "same" or "own"; got "${scale}".`);
  }
  const total = maps.shape[2] ?? 1;
  const shown = Array.from({ length: Math.min(limit, total) }, (_, c) =>
    maps.shape.length === 2 ? maps : channel(maps, c),
  );
  const headings = shown.map((_, index) => options.names?.[index] ?? word("map", { index }));
  const title = `${options.title ?? word("activations")}${shownOf(shown.length, total)}`;
  const isOwn = scale === "own";
  const { panels, bar } = stackPanels(shown, "output", !isOwn, headings);
  const spoken = panels.slice(0, 8).map(({ heading, raster }) => `${heading}: ${describe(raster)}`);
  const alt = [options.alt, ...spoken].filter(Boolean).join(" ");
  const columns = options.columns ?? bestColumns(panels.length);

  const whole = shown.map(valuesOf);
  const side = blockSide(whole[0]!.rows, whole[0]!.columns, whole.length);
  const values = whole.map((map) => blockMeans(map, side));
  const packed = packMaps(values);
  const all = stackPanels(shown, "output", true, headings).bar!;
  const grid = {
    ...packed,
    side,
    tables: TABLES.map((stops) => Buffer.from(colourTable(stops).flat()).toString("base64")),
    same: scaleText(all),
    own: values.map((map) => scaleText(chooseScale(map.values, "output"))),
    words: {
      place: word("linkedPlace") + (side > 1 ? ` ${word("linkedBlocks", { side })}` : ""),
      hint: word("linkedHint"),
      enlarge: word("enlarge"),
      back: word("back"),
    },
  };
  const tiles = headings.map((heading, i) => tile(heading, i, packed.rows, packed.columns));
  const small = values.map((map) =>
    blockMeans(map, blockSide(map.rows, map.columns, values.length, FALLBACK)),
  );
  const scales = values.map((map) => bar ?? chooseScale(map.values, "output"));
  const fallback = rasterUrl(sheet(small, scales, columns), true);
  const body = [
    `<img data-fallback alt="${escapeXml(alt)}" src="${fallback}" style="width:100%;max-width:${packed.columns * columns * 4}px;image-rendering:pixelated">`,
    '<div data-live hidden><div style="display:flex;flex-wrap:wrap;gap:.4em 1em;align-items:center;justify-content:space-between;margin-bottom:.6em">',
    `<span data-said aria-live="polite"></span><button type="button" data-own="${isOwn}" aria-pressed="${isOwn}" style="${BUTTON}">${escapeXml(word("ownScale"))}</button></div>`,
    `<div data-grid style="display:grid;grid-template-columns:repeat(auto-fit,minmax(${tileWidth(panels.length)},1fr));gap:10px;justify-items:center">${tiles.join("")}</div>`,
    barHtml(all, isOwn),
    "</div>",
  ].join("");
  return new Interactive({
    title,
    alt,
    body,
    script: pageScript(linkMaps, grid, numberText as (value: number) => string),
    width: Math.min(960, Math.max(320, bestColumns(panels.length) * 230)),
    still: () => gridStill({ title, alt, panels, columns, ...(bar ? { bar } : {}) }),
  });
}

function valuesOf(map: FloatArray): Values {
  const [rows = 0, columns = 0] = map.shape;
  return { rows, columns, values: rowMajor(map) };
}

/** Least width of a map: a share of the page where there is room, so many pixels on a phone. */
function tileWidth(count: number): string {
  const pixels = count === 1 ? 280 : count === 2 || count === 4 ? 150 : count <= 16 ? 104 : 78;
  return `max(${pixels}px,${Math.floor(88 / bestColumns(count))}%)`;
}

/** A map's place on the page: heading and value, the picture, and the mark that the script moves. */
function tile(heading: string, index: number, rows: number, columns: number): string {
  const mark = `position:absolute;box-sizing:border-box;width:max(${100 / columns}%,7px);height:max(${100 / rows}%,7px);border:2px solid ${ROLE_COLOURS.kernel};box-shadow:0 0 0 1.5px #fff;pointer-events:none`;
  const picture = `<canvas data-canvas width="${columns}" height="${rows}" style="display:block;width:100%;image-rendering:pixelated;border:1px solid rgba(128,128,128,.6);box-sizing:border-box"></canvas>`;
  return (
    `<button type="button" data-map="${index}" aria-pressed="false" style="all:unset;box-sizing:border-box;width:100%;cursor:pointer;outline:revert">` +
    `<span style="display:flex;flex-wrap:wrap;justify-content:space-between;column-gap:.5em;font-size:${SIZES.text}px;min-height:1.5em"><span>${escapeXml(heading)}</span><b data-value style="font-weight:600;font-variant-numeric:tabular-nums"></b></span>` +
    `<span style="position:relative;display:block">${picture}<span data-mark hidden style="${mark}"></span></span></button>`
  );
}

/** The bar that says what the shared colours mean. */
function barHtml(scale: Scale, isHidden: boolean): string {
  const ends =
    scale.low < 0 && scale.high > 0 ? [scale.low, 0, scale.high] : [scale.low, scale.high];
  const text = (value: number): string =>
    `${scale.clipped && value !== 0 ? (value > 0 ? "≥ " : "≤ ") : ""}${numberText(value)}`;
  return `<div data-bar${isHidden ? " hidden" : ""} style="max-width:240px;margin:.8em auto 0"><div style="height:10px;print-color-adjust:exact;background:linear-gradient(to right,${scale.stops.join(",")})"></div><div style="display:flex;justify-content:space-between;font-size:${SIZES.small}px">${ends.map((end) => `<span>${text(end)}</span>`).join("")}</div></div>`;
}
