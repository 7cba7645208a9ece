import { type FloatArray, fromData } from "../array.js";
import { ArgumentError } from "../errors.js";
import { decodePng } from "../image/png.js";
import { readAsset } from "./assets.js";

/** Height and width of a digit in pixels. */
const SIDE = 28;
/** How many examples of each label there are. */
const PER_LABEL = 100;
const LABELS = 10;

/** Handwritten digits with their labels. */
export interface Digits {
  /** N×28×28, 0 (paper) to 1 (ink). */
  readonly images: FloatArray;
  /** The label of each image, 0 to 9. */
  readonly labels: readonly number[];
}

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

/**
 * Real handwritten digits from MNIST, kept inside the package: 28×28, 0 (paper) to 1 (ink).
 * They are dealt out label by label (0, 1, 2, … 9, 0, 1, …), so any first 10·k of them are balanced, and a
 * training set and a test set are two slices: `digits(300)` and `digits(300, 300)`.
 *
 * @param count how many (1 to 1000; all when left out)
 * @param start the first one to take, for a set that shares no digit with another
 * @returns `images` N×28×28 and `labels`; yours to change, the package keeps its own copy
 * @throws {ArgumentError} when there aren't as many.
 */
export function digits(count?: number, start = 0): Digits {
  const total = LABELS * PER_LABEL;
  const n = count ?? total - start;
  if (!Number.isInteger(n) || !Number.isInteger(start) || n < 1 || start < 0 || start + n > total) {
    throw new ArgumentError(
      `There are ${total} digits; ${n} of them from number ${start} on cannot be taken. Ask for whole numbers with start + count ≤ ${total}.`,
    );
  }
  const pixels = SIDE * SIDE;
  return {
    images: fromData(allDigits().slice(start * pixels, (start + n) * pixels), [n, SIDE, SIDE]),
    labels: Array.from({ length: n }, (_, i) => (start + i) % LABELS),
  };
}

/**
 * One handwritten digit, 28×28, 0 (paper) to 1 (ink): `digit(7)` is the "7" that comes back in every chapter.
 *
 * @param label which digit, 0 to 9
 * @param index which example of it, 0 to 99
 * @throws {ArgumentError} when label or index is out of range.
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
