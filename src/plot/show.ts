import { type FloatArray, rowMajor, shapeText } from "../array.js";
import { isFloatArray, requireArray } from "../array-required.js";
import { DISPLAY, type MimeBundle } from "./figure.js";
import { numberText } from "./numbers.js";

/** Where a notebook kernel leaves the function that takes an output: `(bundle, named?) => void`. */
const SHOW: unique symbol = Symbol.for("convlab.show");

/** Where a notebook kernel leaves the function that takes what is to be done before the running cell ends. */
const AT_CELL_END: unique symbol = Symbol.for("convlab.atCellEnd");

/** Names an output, so that a later one can take its place. */
interface Named {
  readonly id: string;
  readonly update: boolean;
}

/** Rows and columns of an array that are written out. */
const MOST = 12;

/**
 * Shows a value in the middle of a cell, as it would be shown at the cell's end: a figure as a picture, an array as
 * its shape and numbers, anything else as text. Outside a notebook it prints the text.
 *
 * @returns nothing, or a promise when the value needs time to say how it looks.
 * @example show(plot.image(image.digit(7), { title: "A seven" }))
 */
export function show(value: unknown): void | Promise<void> {
  const display = (value as Record<symbol, unknown> | null | undefined)?.[DISPLAY];
  if (typeof display !== "function") return emit({ "text/plain": plainText(value) });
  const bundle: unknown = display.call(value);
  if (bundle instanceof Promise) return bundle.then((made) => emit(made as MimeBundle));
  return emit(bundle as MimeBundle);
}

/** Whether there is a notebook below whose cell an output can change. */
export function inNotebook(): boolean {
  return typeof (globalThis as Record<symbol, unknown>)[SHOW] === "function";
}

/** Calls `then` when the running cell ends, where a notebook's kernel tells it. */
export function atCellEnd(then: () => void): void {
  const register = (globalThis as Record<symbol, unknown>)[AT_CELL_END];
  if (typeof register === "function") register(then);
}

/** A place below a cell whose output changes: the first value appears there, each later one instead of it. */
export class Place {
  readonly #id = crypto.randomUUID();
  #isShown = false;

  /** Shows a bundle at this place; outside a notebook, prints its text. */
  show(bundle: MimeBundle): void {
    emit(bundle, { id: this.#id, update: this.#isShown });
    this.#isShown = true;
  }
}

function emit(bundle: MimeBundle, named?: Named): void {
  const kernel = (globalThis as Record<symbol, unknown>)[SHOW];
  if (typeof kernel === "function") kernel(bundle, named);
  else console.log(String(bundle["text/plain"] ?? Object.keys(bundle).join(", ")));
}

function plainText(value: unknown): string {
  if (isFloatArray(value)) return arrayText(value);
  if (typeof value === "object" && value !== null) {
    return JSON.stringify(value, null, 1) ?? String(value);
  }
  return String(value);
}

/**
 * An array as text: its shape, and below it the numbers of a small matrix in columns.
 *
 * @throws {ShapeError} when it is no array.
 * @example plot.arrayText(array([[1, 2], [3, 4]])) // → "2×2 array\n1  2\n3  4"
 */
export function arrayText(a: FloatArray): string {
  requireArray(a, "plot.arrayText", "value");
  const heading = `${shapeText(a.shape)} array`;
  const [rows = 0, columns = 0] = a.shape.length === 1 ? [1, a.shape[0]] : a.shape;
  if (a.shape.length > 2 || rows > MOST || columns > MOST) return heading;
  const texts = Array.from(rowMajor(a), (value) => numberText(value));
  const widths = Array.from({ length: columns }, (_, x) =>
    Math.max(...Array.from({ length: rows }, (_, y) => texts[y * columns + x]!.length)),
  );
  const lines = Array.from({ length: rows }, (_, y) =>
    widths.map((width, x) => texts[y * columns + x]!.padStart(width)).join("  "),
  );
  return [heading, ...lines].join("\n");
}
