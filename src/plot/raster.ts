import { type FloatArray, rowMajor } from "../array.js";
import { encodeJpeg } from "../image/jpeg.js";
import { checkPicture } from "../image/picture.js";
import { encodePng } from "../image/png.js";
import { blockMeans } from "./blocks.js";
import { type ColourChoice, chooseScale, colourIndex, colourTable, type Scale } from "./scale.js";

/** A grid of numbers with the scale that colours them. */
export interface Heat {
  readonly kind: "heat";
  readonly rows: number;
  readonly columns: number;
  /** Row by row. */
  readonly values: Float32Array;
  readonly scale: Scale;
}

/** A picture whose colours are its own. */
export interface Colours {
  readonly kind: "colours";
  readonly rows: number;
  readonly columns: number;
  /** Red, green, blue, row by row, 0 to 255. */
  readonly samples: Uint8Array;
}

/** What a panel shows. */
export type Raster = Heat | Colours;

/** How a picture is coloured. */
export interface RasterOptions {
  /** "grey" for brightness, "input" (blue), "kernel" (orange), "output" (green) for values; "auto" chooses. */
  readonly colours?: ColourChoice;
  /** The values of the scale's two ends; from the values when left out. */
  readonly range?: readonly [number, number];
}

/**
 * Makes a picture ready to draw.
 *
 * @param picture H×W or H×W×1 (numbers), or H×W×3 (colours, 0 to 1)
 * @throws {ShapeError} for any other shape.
 */
export function toRaster(picture: FloatArray, options: RasterOptions = {}): Raster {
  const { height, width, channels } = checkPicture(picture);
  const values = rowMajor(picture);
  const size = { rows: height, columns: width };
  if (channels === 1) {
    return {
      kind: "heat",
      ...size,
      values,
      scale: chooseScale(values, options.colours, options.range),
    };
  }
  const [low, high] = options.range ?? [0, 1];
  const scale: Scale = { stops: [], low, high };
  return {
    kind: "colours",
    ...size,
    samples: Uint8Array.from(values, (value) => Math.max(0, colourIndex(value, scale))),
  };
}

/** Red, green and blue of every pixel; NaN is mid-grey. */
function rasterSamples(raster: Raster): Uint8Array {
  if (raster.kind === "colours") return raster.samples;
  const table = colourTable(raster.scale.stops);
  const samples = new Uint8Array(raster.values.length * 3);
  raster.values.forEach((value, i) => {
    samples.set(table[colourIndex(value, raster.scale)] ?? [128, 128, 128], i * 3);
  });
  return samples;
}

/** A raster with blocks of pixels averaged, so that it has about `columns` columns: up to a fifth less, not much more. */
export function shrunk(raster: Raster, columns: number): Raster {
  const side = Math.ceil(raster.columns / Math.max(1, columns) - 0.25);
  if (side < 2) return raster;
  if (raster.kind === "heat") return { ...raster, ...blockMeans(raster, side) };
  const planes = [0, 1, 2].map((c) => {
    const values = Float32Array.from({ length: raster.samples.length / 3 }, (_, i) =>
      Number(raster.samples[3 * i + c]),
    );
    return blockMeans({ rows: raster.rows, columns: raster.columns, values }, side);
  });
  const { rows, columns: across } = planes[0]!;
  const samples = new Uint8Array(rows * across * 3);
  planes.forEach(({ values }, c) => {
    values.forEach((value, i) => {
      samples[3 * i + c] = Math.round(value);
    });
  });
  return { kind: "colours", rows, columns: across, samples };
}

/** From this many pixels on a still picture is a JPEG, five times smaller and good enough to look at. */
const JPEG_FROM = 8_000;

/** The picture as a `data:` address, lossless or, for large ones, as `lossy` allows. */
export function rasterUrl(raster: Raster, lossy: boolean): string {
  const { rows, columns } = raster;
  const samples = rasterSamples(raster);
  if (lossy && rows * columns >= JPEG_FROM) {
    return dataUrl("image/jpeg", encodeJpeg(samples, columns, rows, 85));
  }
  return dataUrl("image/png", encodePng(samples, columns, rows, 3));
}

function dataUrl(mime: string, bytes: Uint8Array): string {
  return `data:${mime};base64,${Buffer.from(bytes).toString("base64")}`;
}
