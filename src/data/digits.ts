import { type FloatArray, fromData } from "../array.js";
import { requireRoom } from "../array-size.js";
import { ArgumentError } from "../errors.js";
import { decodePng } from "../image/png.js";
import { resize } from "../image/resize.js";
import { type Known, requireOptions } from "../ops/known-options.js";
import { readAsset } from "./assets.js";
import type { Labelled } from "./labelled.js";

/** Height and width of a digit in pixels. */
const SIDE = 28;
/** How many examples of each label there are. */
const PER_LABEL = 100;
const LABELS = 10;

/** Handwritten digits with their labels: `images` N×28×28 (or the size asked for), 0 (paper) to 1 (ink). */
export type Digits = Labelled;

let decoded: Float32Array | undefined;

/** All 1000 digits, decoded when first asked for. In the sheet the column is the label, the row the example. */
function allDigits(): Float32Array {
  if (decoded) return decoded;
  const sheet = decodePng(readAsset("digits.png"), "assets/digits.png").data;
  const count = LABELS * PER_LABEL;
  const data = new Float32Array(count * SIDE * SIDE);
  const width = LABELS * SIDE;
  for (let i = 0; i < count; i++) {
    const top = Math.floor(i / LABELS) * SIDE;
    const left = (i % LABELS) * SIDE;
    for (let y = 0; y < SIDE; y++) {
      const from = (top + y) * width + left;
      data.set(sheet.subarray(from, from + SIDE), (i * SIDE + y) * SIDE);
    }
  }
  decoded = data;
  return data;
}

/** Which digits to take, and how large. */
export interface DigitsOptions {
  /** The first one to take, for a set that shares no digit with another; 0 when left out. */
  readonly start?: number;
  /** Rows and columns of each picture, 1 to 28: smaller ones are averaged, so that networks learn in seconds. */
  readonly size?: number;
  /** Columns of the empty page on which each picture stands; as wide as the picture when left out. */
  readonly width?: number;
  /** The column of that page where the picture begins; 0 when left out. */
  readonly left?: number;
}

const known: Known<DigitsOptions> = { start: true, size: true, width: true, left: true };

/**
 * Real handwritten digits from MNIST, kept inside the package: 28×28, 0 (paper) to 1 (ink).
 * They are dealt out label by label (0, 1, 2, … 9, 0, 1, …), so any first 10·k of them are balanced, and a
 * training set and a test set are two slices: `digits(300)` and `digits(300, 300)`, or `digits(300, { size: 14 })` and
 * `digits(200, { start: 300, size: 14 })` for small ones. With `width` and `left` each stands on a wider page:
 * `digits(300, { size: 14, width: 36, left: 4 })` is 300×14×36.
 *
 * @param count how many (1 to 1000; all when left out)
 * @param options the first one to take, as a number; or with the size and the page
 * @returns `images` N×28×28 (or N×size×size, or N×size×width) and `labels`; yours to change, the package keeps its own copy
 * @throws {ArgumentError} when there aren't as many, the size is not a whole number from 1 to 28, or the page is too narrow.
 * @throws {ShapeError} when the pages are too wide for an array.
 * @example
 * data.digits(300, { size: 14 }).images.shape // → [300, 14, 14]
 * data.digits(5).labels // → [0, 1, 2, 3, 4]
 */
export function digits(count?: number, options: number | DigitsOptions = {}): Digits {
  if (typeof options !== "number" && (typeof options !== "object" || options === null)) {
    throw new ArgumentError(
      `After the count comes the first digit to take, or { start, size, width, left }; got ${String(options)}.`,
    );
  }
  const asked = typeof options === "number" ? { start: options } : options;
  requireOptions("digits", asked, known);
  const { start = 0, size = SIDE, left = 0, width = size } = asked;
  const total = LABELS * PER_LABEL;
  const n = count ?? total - start;
  if (!Number.isInteger(n) || !Number.isInteger(start) || n < 1 || start < 0 || start + n > total) {
    throw new ArgumentError(
      `There are ${total} digits; ${n} of them from number ${start} on cannot be taken. Ask for whole numbers with start + count ≤ ${total}.`,
    );
  }
  if (!Number.isInteger(size) || size < 1 || size > SIDE) {
    throw new ArgumentError(`A digit is 1 to ${SIDE} pixels high and wide; got ${size}.`);
  }
  if (!Number.isInteger(left) || !Number.isInteger(width) || left < 0 || left + size > width) {
    throw new ArgumentError(
      `A digit ${size} wide that begins at column ${left} does not fit on a page of ${width} columns.`,
    );
  }
  requireRoom([n, size, width], `data.digits: ${n} pages of ${size}×${width}`);
  const pixels = SIDE * SIDE;
  const images = fromData(allDigits().slice(start * pixels, (start + n) * pixels), [n, SIDE, SIDE]);
  return {
    images: size === SIDE && width === SIDE ? images : placed(images, size, left, width),
    labels: Array.from({ length: n }, (_, i) => (start + i) % LABELS),
  };
}

/** Every picture of N×28×28 made smaller (each new pixel is the mean of those that it covers), on an empty page. */
function placed(images: FloatArray, size: number, left: number, width: number): FloatArray {
  const count = images.shape[0]!;
  const data = new Float32Array(count * size * width);
  for (let i = 0; i < count; i++) {
    const small = resize(images.pick(i) as FloatArray, {
      height: size,
      width: size,
      method: "area",
    });
    for (let row = 0; row < size; row++) {
      const values = small.data.subarray(row * size, (row + 1) * size);
      data.set(values, (i * size + row) * width + left);
    }
  }
  return fromData(data, [count, size, width]);
}

/**
 * One handwritten digit, 28×28, 0 (paper) to 1 (ink): `digit(7)` is the "7" that comes back in every chapter.
 *
 * @param label which digit, 0 to 9
 * @param index which example of it, 0 to 99
 * @throws {ArgumentError} when label or index is out of range.
 * @example
 * image.digit(7).shape // → [28, 28]
 */
export function digit(label: number, index = 0): FloatArray {
  if (!Number.isInteger(label) || label < 0 || label >= LABELS) {
    throw new ArgumentError(`A digit is a whole number from 0 to 9; got ${label}.`);
  }
  if (!Number.isInteger(index) || index < 0 || index >= PER_LABEL) {
    throw new ArgumentError(
      `There are ${PER_LABEL} examples of each digit, numbered 0 to ${PER_LABEL - 1}; got ${index}.`,
    );
  }
  return fromData(digits(1, index * LABELS + label).images.data, [SIDE, SIDE]);
}
