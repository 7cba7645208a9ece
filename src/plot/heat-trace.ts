import type { PlotlyObject } from "./figure.js";
import { numberText } from "./numbers.js";
import type { Colours, Heat } from "./raster.js";
import { rasterUrl } from "./raster.js";
import { extent, plotlyScale } from "./scale.js";
import { word } from "./words.js";

/** From so many on a value takes one byte instead of four, and the hover says by what it was rounded. */
const BYTES_FROM = 16_000;

/** Heights for Plotly: what `z` holds, what one of its units is worth, and how hovering says a value. */
interface Heights {
  readonly z: unknown;
  readonly unit: number;
  readonly hover: string;
}

/** Plotly's packed arrays (plotly.js `bdata`): base64 of little-endian numbers. */
function packed(
  values: Float32Array | Int8Array | Uint8Array,
  rows: number,
  columns: number,
): object {
  const dtype = values instanceof Float32Array ? "f4" : values instanceof Int8Array ? "i1" : "u1";
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return { dtype, bdata: bytes.toString("base64"), shape: `${rows}, ${columns}` };
}

function heights({ values, rows, columns, scale }: Heat): Heights {
  const exact = "%{z:.4~g}";
  if (!values.every(Number.isFinite)) {
    // Infinities have the colours of the scale's ends; hovering says them by name.
    const within = values.map((value) => Math.max(scale.low, Math.min(scale.high, value)));
    return { z: plainRows(within, columns), unit: 1, hover: "%{text}" };
  }
  if (values.length < BYTES_FROM) {
    const plain = plainRows(values, columns);
    // Many zeros (a digit) are shorter as text, any other values shorter packed.
    const isShort = JSON.stringify(plain).length <= Math.max(400, 5.4 * values.length);
    return { z: isShort ? plain : packed(values.slice(), rows, columns), unit: 1, hover: exact };
  }
  const [low, high] = extent(values);
  const isPhoto = low >= 0 && high <= 1 && isInLevels(values, high);
  const unit = isPhoto ? 1 / 255 : niceUnit(Math.max(-low / 128, high / (low < 0 ? 127 : 255)));
  const rounded = values.map((value) => Math.round(value / unit));
  const levels = low < 0 ? Int8Array.from(rounded) : Uint8Array.from(rounded);
  const hover = isPhoto ? "%{z}/255" : `≈ %{z} × ${numberText(unit)}`;
  return { z: packed(levels, rows, columns), unit, hover };
}

/** The values as rows of numbers; what is not a number becomes a gap. */
function plainRows(values: Float32Array, columns: number): (number | null)[][] {
  return Array.from({ length: values.length / columns }, (_, y) =>
    Array.from(values.subarray(y * columns, (y + 1) * columns), (value) =>
      Number.isFinite(value) ? Number(value.toPrecision(6)) : null,
    ),
  );
}

/** Whether all values are 255ths, as those of a picture file are, but for the rounding of 32-bit floats. */
function isInLevels(values: Float32Array, high: number): boolean {
  if (high > 0 && high * 255 < 0.99) return false;
  return values.every((value) => Math.abs(value * 255 - Math.round(value * 255)) < 5e-5);
}

/** The least of 1, 2 or 5 times a power of ten that is not below the value. */
function niceUnit(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value || 1e-6));
  return [1, 2, 5, 10]
    .map((factor) => Number((factor * power).toPrecision(1)))
    .find((u) => u >= value)!;
}

/** Where a raster is drawn: its axes' names. */
export interface TracePlace {
  readonly xaxis: string;
  readonly yaxis: string;
  /** Writes the value into each cell. */
  readonly numbers?: boolean;
  /** Name of what is shown, said when hovering. */
  readonly name?: string;
}

function place({ xaxis, yaxis }: TracePlace): PlotlyObject {
  return { xaxis, yaxis, x0: 0, dx: 1, y0: 0, dy: 1 };
}

const WHERE = (): string => `${word("row")} %{y}, ${word("column")} %{x}<br>`;

/** Gaps show the page between the cells of a small matrix, so that they can be counted. */
function cellGap({ rows, columns }: Heat): PlotlyObject {
  return rows * columns <= 200 ? { xgap: 1, ygap: 1 } : {};
}

/** A heat map of numbers. */
export function heatTrace(heat: Heat, at: TracePlace): PlotlyObject {
  const { z, unit, hover } = heights(heat);
  const isSaid = hover === "%{text}";
  const numbers: PlotlyObject = {
    ...(at.numbers ? { texttemplate: "%{text}" } : {}),
    // Plotly writes the text of gaps too; theirs has a trace of its own, whose colour is known.
    ...(at.numbers || isSaid ? { text: without(cellTexts(heat), "NaN") } : {}),
    ...(isSaid ? { hoverongaps: false } : {}),
  };
  return {
    type: "heatmap",
    ...place(at),
    z,
    zmin: heat.scale.low / unit,
    zmax: heat.scale.high / unit,
    colorscale: plotlyScale(heat.scale.stops),
    showscale: false,
    ...cellGap(heat),
    ...numbers,
    hovertemplate: `${WHERE()}${word("value")} ${hover}<extra>${at.name ?? ""}</extra>`,
  };
}

/** NaN is mid-grey in every picture. */
const NO_NUMBER = "#808080";

/** The cells that are no number, which a heat map leaves open; nothing where all are numbers. */
export function noNumberTrace(heat: Heat, at: TracePlace): PlotlyObject[] {
  const { values, columns } = heat;
  if (!values.some(Number.isNaN)) return [];
  const lost = Float32Array.from(values, (value) => (Number.isNaN(value) ? 0 : Number.NaN));
  return [
    {
      type: "heatmap",
      ...place(at),
      z: plainRows(lost, columns),
      colorscale: [
        [0, NO_NUMBER],
        [1, NO_NUMBER],
      ],
      showscale: false,
      hoverongaps: false,
      ...cellGap(heat),
      ...(at.numbers
        ? { texttemplate: "%{text}", textfont: { color: "#000000" }, text: namesOfGaps(heat) }
        : {}),
      hovertemplate: `${WHERE()}${word("value")} NaN<extra>${at.name ?? ""}</extra>`,
    },
  ];
}

const without = (texts: string[][], left: string): string[][] =>
  texts.map((row) => row.map((text) => (text === left ? "" : text)));

const namesOfGaps = (heat: Heat): string[][] =>
  cellTexts(heat).map((row) => row.map((text) => (text === "NaN" ? text : "")));

/** The value of each cell as it is written there. */
export function cellTexts({ values, rows, columns }: Heat): string[][] {
  return Array.from({ length: rows }, (_, y) =>
    Array.from(values.subarray(y * columns, (y + 1) * columns), (value) => numberText(value)),
  );
}

/** A picture in its own colours; hovering says red, green and blue. */
export function coloursTrace(colours: Colours, at: TracePlace): PlotlyObject {
  const parts = [word("red"), word("green"), word("blue")];
  const says = parts.map((name, i) => `${name} %{z[${i}]}/255`).join("<br>");
  return {
    type: "image",
    ...place(at),
    source: rasterUrl(colours, false),
    ...(colours.rows * colours.columns > SMOOTH_FROM ? { zsmooth: "fast" } : {}),
    hovertemplate: `${WHERE()}${says}<extra>${at.name ?? ""}</extra>`,
  };
}

/** From so many pixels on a picture is scaled smoothly: it has more of them than the screen gives it. */
const SMOOTH_FROM = 20_000;
