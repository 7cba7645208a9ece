import { type FloatArray, shapeText } from "../../array.js";
import { ArgumentError, ShapeError } from "../../errors.js";
import { requireFigureOptions } from "../figure-options.js";
import { Interactive } from "../page/interactive.js";
import { pageScript } from "../page/script.js";
import { type Raster, rasterUrl, toRaster } from "../raster.js";
import { escapeXml } from "../svg.js";
import { PADDING, ROLE_COLOURS } from "../theme.js";
import { word } from "../words.js";
import { type FieldLook, followPointer } from "./follow.js";
import { fieldStill } from "./still.js";
import { type AxisField, type LayerField, nearestUnit, windowOf } from "./units.js";

/** A number for both axes, or `[down, across]`. */
export type Both = number | readonly [number, number];

/** What the units of a layer see along one axis, in pixels of the input. */
export interface AxisSeen {
  /** Side of the window. */
  readonly size: number;
  /** Pixels between the windows of neighbouring units. */
  readonly jump: number;
  /** First pixel of the first unit's window: below 0 where it begins in the padding. */
  readonly start: number;
}

/** What the units of a layer see: numbers for each axis or both, or the row of a `network.summary`. */
export type ReceptiveRow = {
  readonly name: string;
  /** The layer's shape, H×W or H×W×C; when left out, units whose middle lies in the picture are taken. */
  readonly shape?: readonly number[];
} & (
  | { readonly size: Both; readonly jump: Both; readonly start: Both }
  | { readonly view: { readonly rows: AxisSeen; readonly columns: AxisSeen } }
);

/** Options of {@link receptiveField}. */
export interface ReceptiveFieldOptions {
  readonly title?: string;
  readonly alt?: string;
  /** Name of the layer that is shown first; the last that sees no more than the picture when left out. */
  readonly layer?: string;
}

/** The part of the picture's longer side that is drawn around it at most. */
const MOST_MARGIN = 0.3;

/**
 * Shows what a unit of each layer sees of the picture: the window of the unit below the pointer is outlined, a slider
 * chooses the layer. By keyboard, the arrow keys move from unit to unit. What a window sees beyond the picture is
 * padding, drawn as a grey margin.
 *
 * @param picture H×W or H×W×3, the network's input
 * @param rows one for each layer, or a `network.summary`, of which layers that see the same as the one before are left
 *   out
 * @throws {ShapeError} when it is not a picture, or not of the size that the summary's network reads.
 * @throws {ArgumentError} when there is no row, or its numbers are no window.
 *
 * @example
 * const rows = [
 *   { name: "conv1", size: 3, jump: 1, start: 0 },
 *   { name: "pool1", size: 4, jump: 2, start: 0 },
 * ];
 * plot.receptiveField(image.digit(7), rows, { layer: "pool1" }).alt // → "A picture of 28×28 pixels with the window of one unit outlined. pool1, unit 6, 6: it sees 4×4 pixels, rows 12 to 15, columns 12 to 15."
 */
export function receptiveField(
  picture: FloatArray,
  rows: readonly ReceptiveRow[] | { readonly rows: readonly ReceptiveRow[] },
  options: ReceptiveFieldOptions = {},
): Interactive {
  requireFigureOptions("plot.receptiveField", options, { title: true, alt: true, layer: true });
  const raster = toRaster(picture);
  const { rows: height, columns: width } = raster;
  const layers = layersOf(rows, height, width);
  const first = options.layer
    ? layers.findIndex(({ name }) => name === options.layer)
    : lastInside(layers, Math.min(height, width));
  if (first < 0) {
    throw new ArgumentError(
      `plot.receptiveField: there is no layer "${options.layer}"; there are ${layers.map(({ name }) => name).join(", ")}.`,
    );
  }
  const look: FieldLook = {
    layers,
    height,
    width,
    margin: marginOf(layers, height, width),
    at: [(height - 1) / 2, (width - 1) / 2],
    words: { sees: word("sees"), inside: word("inside") },
  };
  const title = options.title ?? word("receptiveField");
  const said = `${word("altField", { shape: shapeText([height, width]) })} ${spoken(look, first)}`;
  const alt = [options.alt, said].filter(Boolean).join(" ");
  return new Interactive({
    title,
    alt,
    body: bodyOf(raster, look, first, alt),
    script: pageScript(followPointer, look, nearestUnit, windowOf),
    width: 560,
    still: () => fieldStill(raster, look, first, title, alt),
  });
}

/** The last layer whose window is at most so large; the first when there is none. */
function lastInside(layers: readonly LayerField[], side: number): number {
  const found = layers.map(({ rows, columns }) => Math.max(rows.size, columns.size) <= side);
  return Math.max(0, found.lastIndexOf(true));
}

function layersOf(
  source: readonly ReceptiveRow[] | { readonly rows: readonly ReceptiveRow[] },
  height: number,
  width: number,
): LayerField[] {
  const rows = Array.isArray(source)
    ? source
    : (source as { readonly rows?: unknown } | null)?.rows;
  if (!Array.isArray(rows) || rows.length === 0 || !rows.every(isRow)) {
    throw new ArgumentError(
      'plot.receptiveField wants at least one layer: plot.receptiveField(photo, [{ name: "conv1", size: 3, jump: 1, start: 0 }]).',
    );
  }
  const layers = rows.map((row: ReceptiveRow) => toLayer(row, height, width));
  if (rows === source) return layers;
  const [h, w] = (rows[0] as ReceptiveRow).shape ?? [height, width];
  if (h !== height || w !== width) {
    throw new ShapeError(
      `plot.receptiveField: the network reads ${h}×${w} pixels, and the picture has ${height}×${width}. Scale it first: image.resize(photo, { height: ${h}, width: ${w} }).`,
    );
  }
  const key = ({ rows: down, columns }: LayerField): string => JSON.stringify([down, columns]);
  const news = layers.filter((layer, i) => i > 0 && key(layer) !== key(layers[i - 1]!));
  return news.length > 0 ? news : layers;
}

function isRow(row: unknown): boolean {
  if (typeof row !== "object" || row === null) return false;
  return "view" in row || ("size" in row && "jump" in row && "start" in row);
}

function toLayer(row: ReceptiveRow, height: number, width: number): LayerField {
  const both = (value: Both, at: 0 | 1): number => (typeof value === "number" ? value : value[at]);
  const axis = (at: 0 | 1, pixels: number): AxisField => {
    const { size, jump, start } =
      "view" in row
        ? row.view[at === 0 ? "rows" : "columns"]
        : { size: both(row.size, at), jump: both(row.jump, at), start: both(row.start, at) };
    if (!(size >= 1) || !(jump > 0) || ![size, jump, start].every(Number.isFinite)) {
      throw new ArgumentError(
        `plot.receptiveField: the layer "${row.name}" wants a size of at least 1, a jump above 0 and a start; got size ${size}, jump ${jump}, start ${start}.`,
      );
    }
    const inside = Math.floor((pixels - 0.5 - start - (size - 1) / 2) / jump) + 1;
    // A vector's units see the same; one stands for all.
    const count = row.shape ? (row.shape.length > 1 ? row.shape[at]! : 1) : inside;
    return { size, jump, start, count: Math.max(1, count) };
  };
  return { name: String(row.name), rows: axis(0, height), columns: axis(1, width) };
}

/** How far windows reach beyond the picture, up to a part of it. */
function marginOf(layers: readonly LayerField[], height: number, width: number): number {
  const beyond = layers.flatMap(({ rows, columns }) =>
    [
      [rows, height],
      [columns, width],
    ].flatMap(([axis, pixels]) => {
      const field = axis as AxisField;
      const [before] = windowOf(field, 0);
      const [, after] = windowOf(field, field.count - 1);
      return [-before, after - (pixels as number) + 1];
    }),
  );
  const most = Math.ceil(MOST_MARGIN * Math.max(height, width));
  return Math.min(most, Math.max(0, Math.ceil(Math.max(...beyond))));
}

/** The sentence that the page says of the unit in the middle of the picture. */
function spoken(look: FieldLook, index: number): string {
  const layer = look.layers[index]!;
  const unit = {
    row: nearestUnit(layer.rows, look.at[0]),
    column: nearestUnit(layer.columns, look.at[1]),
  };
  const [top, bottom] = windowOf(layer.rows, unit.row);
  const [left, right] = windowOf(layer.columns, unit.column);
  const size = shapeText([layer.rows.size, layer.columns.size]);
  return word("sees", { name: layer.name, size, ...unit, top, bottom, left, right });
}

function bodyOf(raster: Raster, look: FieldLook, first: number, alt: string): string {
  const { height, width, margin, layers } = look;
  const [h, w] = [height + 2 * margin, width + 2 * margin];
  const share = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(3)}%`;
  const smooth = height * width < 10_000 ? "image-rendering:pixelated;" : "";
  const picture = `<img alt="${escapeXml(alt)}" src="${rasterUrl(raster, true)}" style="${smooth}position:absolute;left:${share(margin, w)};top:${share(margin, h)};width:${share(width, w)};height:${share(height, h)};max-width:none;margin:0">`;
  const frame = (colour: string, thick: number): string =>
    `<rect data-window fill="none" stroke="${colour}" stroke-width="${thick}" vector-effect="non-scaling-stroke"/>`;
  // White below orange, so that the outline is seen on dark and on orange ground.
  const overlay = `<svg viewBox="${-margin - 0.5} ${-margin - 0.5} ${w} ${h}" aria-hidden="true" style="position:absolute;inset:0;width:100%;height:100%">${frame("#fff", 6)}${frame(ROLE_COLOURS.kernel, 3)}<circle data-middle r="${Math.max(h, w) / 140}" fill="${ROLE_COLOURS.kernel}" stroke="#fff" stroke-width="1" vector-effect="non-scaling-stroke"/></svg>`;
  const control = `<label style="display:flex;gap:.8em;align-items:center;margin-bottom:.5em"><span>${escapeXml(word("layer"))}</span><input type="range" data-layer min="0" max="${layers.length - 1}" value="${first}" style="flex:1;min-width:5em"><output data-name style="min-width:6em">${escapeXml(layers[first]!.name)}</output></label>`;
  return `${control}<div data-view tabindex="0" role="application" aria-label="${escapeXml(word("fieldKeys"))}" style="position:relative;aspect-ratio:${w}/${h};background:${PADDING};overflow:hidden;cursor:crosshair;touch-action:pan-y">${picture}${overlay}</div><p data-said aria-live="polite" style="margin:.5em 0 0;min-height:3em">${escapeXml(spoken(look, first))}</p>`;
}
