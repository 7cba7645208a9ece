import { GREY, type Role, SEQUENTIAL, SIGNED, type Stops } from "./theme.js";

/** Red, green and blue, 0 to 255. */
export type Rgb = readonly [number, number, number];

/** How values become colours: `low` is the first of the stops, `high` the last. */
export interface Scale {
  readonly stops: Stops;
  readonly low: number;
  readonly high: number;
  /** Some values lie beyond the ends, where they have the end's colour. */
  readonly clipped?: boolean;
}

function parse(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

/** A table of 256 colours, blended between the stops. */
export function colourTable(stops: Stops): readonly Rgb[] {
  const colours = stops.map(parse);
  return Array.from({ length: 256 }, (_, i): Rgb => {
    const at = (i / 255) * (colours.length - 1);
    const first = Math.min(colours.length - 2, Math.floor(at));
    const [from, to] = [colours[first]!, colours[first + 1]!];
    const mix = (c: 0 | 1 | 2): number => Math.round(from[c] + (to[c] - from[c]) * (at - first));
    return [mix(0), mix(1), mix(2)];
  });
}

/** Which of 256 colours a value has; −1 for NaN, which has none. */
export function colourIndex(value: number, { low, high }: Scale): number {
  if (Number.isNaN(value)) return -1;
  if (high <= low) return value > low ? 255 : 0;
  return Math.round(255 * Math.min(1, Math.max(0, (value - low) / (high - low))));
}

/** A colour as SVG and CSS write it. */
export function hex([red, green, blue]: Rgb): string {
  return `#${[red, green, blue].map((c) => c.toString(16).padStart(2, "0")).join("")}`;
}

/** Black or white, whichever is read better on the colour (WCAG 2 relative luminance). */
export function inkOn(colour: Rgb): "#000" | "#fff" {
  const [r = 0, g = 0, b = 0] = colour.map((c) => {
    const s = c / 255;
    return s <= 0.03928 ? s / 12.92 : ((s + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b > 0.179 ? "#000" : "#fff";
}

/** The stops as Plotly wants them. */
export function plotlyScale(stops: Stops): [number, string][] {
  return stops.map((colour, i) => [Number((i / (stops.length - 1)).toFixed(4)), colour]);
}

/** The least and the largest number, without NaN and infinities; 0 and 0 when there is none. */
export function extent(values: ArrayLike<number>): [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low > high ? [0, 0] : [low, high];
}

/** How a picture's values are coloured; "auto" looks at them. */
export type ColourChoice = "auto" | "grey" | Role;

/** From this many values on, a few extreme ones don't pale all the others. */
const CROWD = 4000;
/** The share of a crowd whose values lie within the scale. */
const WITHIN = 0.995;

/** The largest magnitude that the scale reaches: of a crowd with few extremes, the one that nearly all lie below. */
function reach(values: ArrayLike<number>, largest: number): number {
  const sizes = Float32Array.from(values, (value) =>
    Number.isFinite(value) ? Math.abs(value) : 0,
  );
  if (sizes.length < CROWD) return largest;
  const usual = sizes.sort()[Math.floor(sizes.length * WITHIN)]!;
  return usual > 0 && usual < largest / 1.5 ? Number(usual.toPrecision(2)) : largest;
}

/**
 * Chooses the scale: brightness for values within 0..1, a signed scale centred on zero when there are negative ones,
 * else one that starts at zero. When a large picture has a few extreme values, the scale ends before them.
 *
 * @param range the values of the first and the last colour; when left out, from the values
 */
export function chooseScale(
  values: ArrayLike<number>,
  choice: ColourChoice = "auto",
  range?: readonly [number, number],
): Scale {
  const [low, high] = range ?? extent(values);
  if (choice === "grey" || (choice === "auto" && low >= 0 && (range || high <= 1))) {
    if (range) return { stops: GREY, low, high };
    return { stops: GREY, low: Math.min(0, low), high: Math.max(1, high) };
  }
  const role = choice === "auto" ? "output" : choice;
  const largest = Math.max(Math.abs(low), Math.abs(high)) || 1;
  const end = range ? largest : reach(values, largest);
  const clipped = end < largest ? { clipped: true } : {};
  if (low < 0) return { stops: SIGNED[role], low: -end, high: end, ...clipped };
  return { stops: SEQUENTIAL[role], low: range ? low : 0, high: range ? high : end, ...clipped };
}
