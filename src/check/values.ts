/** Values that come as guesses and answers: compared with a tolerance, written out short. */
import { shapeText, toNested } from "../array.js";
import { isFloatArray } from "../array-required.js";

/** An ndarray or a typed array as nested lists; anything else unchanged. */
export function plain(value: unknown): unknown {
  if (isFloatArray(value)) return toNested(value);
  if (ArrayBuffer.isView(value) && "length" in value) return Array.from(value as Float32Array);
  return Array.isArray(value) ? value.map(plain) : value;
}

/** Nothing was filled in: undefined, null, an empty text, or lists of nothing but such. */
export function isEmpty(value: unknown): boolean {
  if (value === undefined || value === null || value === "") return true;
  return Array.isArray(value) && value.every(isEmpty);
}

/**
 * Whether two values are equal, numbers within `tolerance` (relative above 1, absolute below; the default forgives
 * 32-bit rounding). Lists, typed arrays and ndarrays of the same shape are compared by value.
 */
export function alike(a: unknown, b: unknown, tolerance = 1e-5): boolean {
  const x = plain(a);
  const y = plain(b);
  if (typeof x === "number" && typeof y === "number") {
    return Object.is(x, y) || Math.abs(x - y) <= tolerance * Math.max(1, Math.abs(y));
  }
  if (Array.isArray(x) && Array.isArray(y)) {
    return x.length === y.length && x.every((item, i) => alike(item, y[i], tolerance));
  }
  return x === y;
}

/** The shape of nested lists, or undefined when they are ragged. A single number has shape []. */
export function shapeOf(value: unknown): number[] | undefined {
  if (!Array.isArray(value)) return [];
  const shapes = value.map(shapeOf);
  const first = shapes[0] ?? [];
  const same = shapes.every((shape) => shape !== undefined && shape.join() === first.join());
  return same ? [value.length, ...first] : undefined;
}

/** A number in at most five significant digits, with a true minus sign. */
export function numberText(value: number): string {
  if (!Number.isFinite(value)) return String(value).replace("-", "−");
  const rounded = Number.isInteger(value) ? value : Number(value.toPrecision(5));
  return (Object.is(rounded, -0) ? 0 : rounded)
    .toLocaleString("en-US", { maximumFractionDigits: 10 })
    .replace("-", "−");
}

/** Any guess or answer in one short line. */
export function valueText(given: unknown): string {
  const value = plain(given);
  if (typeof value === "number") return numberText(value);
  if (typeof value === "string") return `“${value}”`;
  if (Array.isArray(value)) {
    const text = `[${value.map((item) => (Array.isArray(item) ? valueText(item) : itemText(item))).join(", ")}]`;
    if (text.length <= 120) return text;
    const shape = shapeOf(value);
    return shape ? `${shapeText(shape)} numbers` : `${value.length} rows`;
  }
  return typeof value === "function" ? "a function" : String(value);
}

function itemText(item: unknown): string {
  return typeof item === "number" ? numberText(item) : String(item);
}
