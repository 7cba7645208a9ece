/** How an `ndarray` is printed: its shape, and its numbers in aligned rows. Uses no Node API. */

/** What we need of an `ndarray`; recognised by its parts, since the package may be loaded more than once. */
export interface NdarrayLike {
  readonly data: ArrayLike<number>;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  readonly offset: number;
  readonly dtype: string;
}

/** Longer axes show their first and last values. */
const EDGE = 4;
const LONGEST = 12;

export function isNdarray(value: unknown): value is NdarrayLike {
  if (value === null || typeof value !== "object") return false;
  const { data, shape, stride, offset, dtype } = value as Record<string, unknown>;
  return (
    Array.isArray(shape) &&
    Array.isArray(stride) &&
    shape.length === stride.length &&
    typeof offset === "number" &&
    typeof dtype === "string" &&
    typeof (data as { length?: unknown } | null)?.length === "number"
  );
}

/** `float32 3×3` and the numbers below it, the innermost axis along the line. */
export function ndarrayText(array: NdarrayLike): string {
  const { shape, dtype } = array;
  const size = shape.reduce((a, b) => a * b, 1);
  const head = `${dtype} ${shape.length === 0 ? "number" : shape.join("×")}`;
  if (size === 0) return `${head} (empty)`;
  const numbers = shownNumbers(array, 0, array.offset);
  const texts = mapNested(numbers, shortNumber);
  const width = Math.max(...flat(texts).map((text) => text.length));
  return `${head}\n${layOut(texts, width, 0)}`;
}

type Nested<T> = T | Nested<T>[];
/** Stands for what is left out in the middle of a long axis. */
const GAP = Symbol("gap");

function shownNumbers(
  array: NdarrayLike,
  axis: number,
  offset: number,
): Nested<number | typeof GAP> {
  if (axis === array.shape.length) return array.data[offset] ?? Number.NaN;
  const length = array.shape[axis]!;
  const at = (i: number) => shownNumbers(array, axis + 1, offset + i * array.stride[axis]!);
  if (length <= LONGEST) return Array.from({ length }, (_, i) => at(i));
  const first = Array.from({ length: EDGE }, (_, i) => at(i));
  const last = Array.from({ length: EDGE }, (_, i) => at(length - EDGE + i));
  return [...first, GAP, ...last];
}

/** At most four digits behind the point, no zeros at the end. */
function shortNumber(value: number | typeof GAP): string {
  if (value === GAP) return "…";
  if (Object.is(value, -0)) return "0";
  if (Number.isInteger(value) || !Number.isFinite(value)) return String(value);
  const small = Math.abs(value) < 1e-3 || Math.abs(value) >= 1e7;
  return small ? value.toExponential(2) : String(Number(value.toFixed(4)));
}

function mapNested<T, U>(nested: Nested<T>, change: (value: T) => U): Nested<U> {
  return Array.isArray(nested) ? nested.map((one) => mapNested(one, change)) : change(nested);
}

function flat<T>(nested: Nested<T>): T[] {
  return Array.isArray(nested) ? nested.flatMap((one) => flat(one)) : [nested];
}

function layOut(nested: Nested<string>, width: number, depth: number): string {
  if (!Array.isArray(nested)) return nested.padStart(width);
  if (nested.every((one) => !Array.isArray(one))) {
    return `[${nested.map((one) => (one as string).padStart(width)).join(" ")}]`;
  }
  const rows = nested.map((one) => (Array.isArray(one) ? layOut(one, width, depth + 1) : one));
  const isMatrix = Array.isArray(nested[0]) && !Array.isArray(nested[0][0]);
  return `[${rows.join(`${isMatrix ? "\n" : "\n\n"}${" ".repeat(depth + 1)}`)}]`;
}
