/** Pictures as networks take them, checked: one text for loops and tfjs, so that both refuse the same. */
import { type FloatArray, rowMajor, shapeText } from "../array.js";
import { ArgumentError, ShapeError } from "../errors.js";
import { countOf } from "./layer.js";

/** Pictures as one list of values. */
export interface Pictures {
  readonly count: number;
  /** Values of one picture. */
  readonly size: number;
  readonly values: Float32Array;
}

/**
 * Reads N×H×W or N×H×W×C.
 *
 * @throws {ShapeError} when the pictures have another shape, or there is none.
 * @throws {ArgumentError} when they are no array, or hold what is not finite.
 */
export function readPictures(pictures: FloatArray, shape: readonly number[]): Pictures {
  requireArray(pictures, "pictures", shape);
  const [count = 0, ...own] = pictures.shape;
  if (count === 0 || !isSame(own, shape)) {
    const hint = count === 0 ? "" : channelsFirst(own, shape, "N×");
    throw new ShapeError(
      `This network takes batches of N×${shapeText(shape)}; got ${shapeText(pictures.shape)}${hint || "."}`,
    );
  }
  const values = rowMajor(pictures);
  requireFinite(pictures, values);
  return { count, size: values.length / count, values };
}

/**
 * Reads a batch, or one picture as a batch of one.
 *
 * @throws {ShapeError} when it is neither.
 * @throws {ArgumentError} when it is no array, or pictures hold what is not finite.
 */
export function readOneOrMore(
  pictures: FloatArray,
  shape: readonly number[],
  what = "pictures",
): Pictures & { readonly single: boolean } {
  requireArray(pictures, what, shape);
  const size = countOf(shape);
  const [count = 0, ...own] = pictures.shape;
  const single = isOne(pictures.shape, shape);
  if (!single && (count === 0 || !isSame(own, shape))) {
    const hint = channelsFirst(pictures.shape, shape) || channelsFirst(own, shape, "N×");
    throw new ShapeError(
      `This network takes ${what} of ${shapeText(shape)}; got ${shapeText(pictures.shape)}${hint || "."}`,
    );
  }
  const values = rowMajor(pictures);
  if (what === "pictures") requireFinite(pictures, values);
  return { count: single ? 1 : count, size, values, single };
}

/** Whether a value is an array of the library. */
export function isArray(value: unknown): value is FloatArray {
  return typeof value === "object" && value !== null && "shape" in value;
}

function requireArray(value: unknown, what: string, shape: readonly number[]): void {
  if (isArray(value)) return;
  const came = Array.isArray(value) ? "a list: stack its pictures into one array" : typeof value;
  throw new ArgumentError(
    `This network takes ${what} as an array of ${shapeText(shape)}, or N of them; got ${came}.`,
  );
}

/** Whether this is one picture: H×W is H×W×1, and a list is any shape of its length. 1×H×W is a batch of one. */
function isOne(came: readonly number[], wanted: readonly number[]): boolean {
  return (
    isSame(came, wanted) && (came[0] === wanted[0] || came.length === 1 || wanted.length === 1)
  );
}

/** Whether two shapes hold the same values in the same order. */
function isSame(came: readonly number[], wanted: readonly number[]): boolean {
  const isFlat = came.length === 1 || wanted.length === 1;
  return isFlat ? countOf(came) === countOf(wanted) : withoutOnes(came) === withoutOnes(wanted);
}

const withoutOnes = (shape: readonly number[]): string =>
  shape.filter((size) => size !== 1).join("×");

/** What to do about channels that come first; empty where they don't. */
function channelsFirst(came: readonly number[], wanted: readonly number[], before = ""): string {
  if (came.length !== 3 || wanted.length !== 3) return "";
  const [channels, ...places] = came;
  return shapeText([...places, channels!]) === shapeText(wanted)
    ? `: is this ${before}C×H×W? use toHWC().`
    : "";
}

/** WebAssembly's ReLU and maximum lose NaN, and training on it would end in numbers that mean nothing. */
function requireFinite({ shape }: FloatArray, values: Float32Array): void {
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong < 0) return;
  const place: number[] = [];
  let rest = wrong;
  for (const size of [...shape].reverse()) {
    place.unshift(rest % size);
    rest = Math.floor(rest / size);
  }
  const name = Number.isNaN(values[wrong]) ? "NaN (not a number)" : String(values[wrong]);
  throw new ArgumentError(`A network takes finite numbers; got ${name} at [${place.join(", ")}].`);
}
