import { type FloatArray, rowMajor, shapeText } from "../../array.js";
import { ArgumentError, ShapeError } from "../../errors.js";
import { requireFigureOptions } from "../figure-options.js";
import { numberText } from "../numbers.js";
import { Interactive } from "../page/interactive.js";
import { pageScript } from "../page/script.js";
import { type Raster, rasterUrl, toRaster } from "../raster.js";
import { colourTable, extent } from "../scale.js";
import { escapeXml } from "../svg.js";
import { HEAT, SIZES } from "../theme.js";
import { word } from "../words.js";
import { type OverlayLook, overlayMap } from "./overlay.js";
import { overlayStill } from "./still.js";
import { upsample } from "./upsample.js";

/** Options of {@link classActivation}. */
export interface ClassActivationOptions {
  readonly title?: string;
  readonly alt?: string;
  /** How strongly the map covers the picture at first, 0 to 1 (default 0.5). */
  readonly strength?: number;
  /** The values of the darkest and the brightest colour; the map's least and largest when left out. */
  readonly range?: readonly [number, number];
}

/** Most pixels along a side that the map is drawn with: more could not be told apart in a smooth map. */
const SIDE = 224;
/** Most values of a map: beyond, it is as large as the picture, and needs no scaling up. */
const MOST_VALUES = 16_384;

/**
 * Lays a class activation map over its picture: bright where the network's evidence for the class lies, dark where
 * there is none. A slider sets the strength, the pointer reads values. The map is scaled up by blending its four
 * nearest values, so nothing finer than its own grid can be seen in it.
 *
 * The colours run from black over purple and orange to yellow in even steps of brightness (matplotlib's "inferno"),
 * so that they are read by colour-blind people and in grey print.
 *
 * @param picture H×W or H×W×3
 * @param map h×w, of any size up to 128×128; it covers the whole picture
 * @throws {ShapeError} when the picture or the map has other axes.
 * @throws {ArgumentError} when the map holds NaN or an infinity, or an option is out of range.
 *
 * @example
 * const map = array([[0, 1], [2, 5]]);
 * plot.classActivation(image.digit(7), map).alt // → "A 2×2 map from 0 to 5 laid over a picture of 28×28 pixels; the strongest place is around row 21, column 21."
 */
export function classActivation(
  picture: FloatArray,
  map: FloatArray,
  options: ClassActivationOptions = {},
): Interactive {
  requireFigureOptions("plot.classActivation", options, {
    title: true,
    alt: true,
    strength: true,
    range: true,
  });
  const raster = toRaster(picture);
  const { rows: height, columns: width } = raster;
  const { strength = 0.5 } = options;
  if (!(strength >= 0 && strength <= 1)) {
    throw new ArgumentError(
      `plot.classActivation: the strength is a number from 0 to 1; got ${strength}.`,
    );
  }
  const values = valuesOf(map);
  const [rows = 0, columns = 0] = map.shape;
  const [low, high] = options.range ?? extent(values);
  const scale = Math.min(1, SIDE / Math.max(height, width));
  const look: OverlayLook = {
    ...{ rows, columns, low, high },
    values: Array.from(values, (value) => Number(value.toPrecision(5))),
    height: Math.max(1, Math.round(height * scale)),
    width: Math.max(1, Math.round(width * scale)),
    picture: [height, width],
    table: Buffer.from(colourTable(HEAT).flat()).toString("base64"),
    words: { place: word("mapPlace"), hint: word("mapHint") },
  };
  const title = options.title ?? word("classActivation");
  const best = values.indexOf(extent(values)[1]);
  const said = word("altMap", {
    map: shapeText([rows, columns]),
    low: numberText(extent(values)[0]),
    high: numberText(extent(values)[1]),
    picture: shapeText([height, width]),
    row: Math.floor(((Math.floor(best / columns) + 0.5) * height) / rows),
    column: Math.floor((((best % columns) + 0.5) * width) / columns),
  });
  const alt = [options.alt, said].filter(Boolean).join(" ");
  return new Interactive({
    title,
    alt,
    body: bodyOf(raster, look, strength, alt),
    script: pageScript(overlayMap, look, upsample, numberText as (value: number) => string),
    width: 480,
    still: () => overlayStill(raster, look, strength, title, alt),
  });
}

function valuesOf(map: FloatArray): Float32Array {
  if (map?.shape?.length !== 2 || map.shape.includes(0)) {
    throw new ShapeError(
      `plot.classActivation wants a map of h×w; got ${map?.shape ? shapeText(map.shape) : String(map)}. Sum a layer's maps by the class's weights first.`,
    );
  }
  const values = rowMajor(map);
  if (values.length > MOST_VALUES) {
    throw new ArgumentError(
      `plot.classActivation: a map has up to 128×128 values; got ${shapeText(map.shape)}. Take the map of the last layer, before it is scaled up.`,
    );
  }
  if (!values.every(Number.isFinite)) {
    throw new ArgumentError("plot.classActivation: the map holds NaN or an infinity.");
  }
  return values;
}

function bodyOf(raster: Raster, look: OverlayLook, strength: number, alt: string): string {
  const start = Math.round(strength * 100);
  const [height, width] = look.picture;
  const sharp = height * width < 10_000 ? ";image-rendering:pixelated" : "";
  const picture = `<img alt="${escapeXml(alt)}" src="${rasterUrl(raster, true)}" style="display:block;width:100%;margin:0${sharp}">`;
  const map = `<canvas data-map width="${look.width}" height="${look.height}" aria-hidden="true" style="position:absolute;inset:0;width:100%;height:100%;opacity:${strength}"></canvas>`;
  const control = `<label style="display:flex;gap:.8em;align-items:center;margin-bottom:.5em"><span>${escapeXml(word("strength"))}</span><input type="range" data-strength min="0" max="100" value="${start}" style="flex:1;min-width:5em"><output data-percent style="min-width:3.5em">${start} %</output></label>`;
  const bar = `<div style="max-width:240px;margin:.6em auto 0"><div style="height:10px;print-color-adjust:exact;background:linear-gradient(to right,${HEAT.join(",")})"></div><div style="display:flex;justify-content:space-between;font-size:${SIZES.small}px"><span>${numberText(look.low)}</span><span>${numberText(look.high)}</span></div></div>`;
  return `${control}<div data-view style="position:relative;cursor:crosshair">${picture}${map}</div>${bar}<p data-said aria-live="polite" style="margin:.2em 0 0;text-align:center">${escapeXml(look.words.hint)}</p>`;
}
