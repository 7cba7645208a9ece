/** Numbers of any number of axes as text: aligned rows, the middle of long axes left out. Uses no Node API. */

/** Numbers in memory, and how axes step through them. */
export interface Grid {
  readonly data: ArrayLike<unknown>;
  readonly shape: readonly number[];
  /** How far apart neighbours along each axis lie in `data`. */
  readonly stride: readonly number[];
  readonly offset: number;
  readonly dtype: string;
}

/** How many values of a longer axis are shown at each end, and which axes count as longer. */
const EDGES = [
  { longest: 12, edge: 4 },
  { longest: 5, edge: 2 },
  { longest: 2, edge: 1 },
] as const;
type Edges = (typeof EDGES)[number];
const MOST_NUMBERS = 1000;
const LONGEST_TEXT = 40;

/** `float32 3×3`. */
export function gridHeading({ dtype, shape }: Pick<Grid, "dtype" | "shape">): string {
  return `${dtype} ${shape.length === 0 ? "number" : shape.join("×")}`;
}

/** `float32 3×3` and the numbers below it, the innermost axis along the line. */
export function gridText(grid: Grid): string {
  const { shape } = grid;
  if (shape.some((length) => length === 0)) return `${gridHeading(grid)} (empty)`;
  const edges = EDGES.find((one) => shownCount(shape, one) <= MOST_NUMBERS);
  if (edges === undefined) return `${gridHeading(grid)}\n(too many axes for a preview)`;
  const texts = mapNested(shownValues(grid, edges, 0, grid.offset), (value) =>
    value === GAP ? "…" : shortText(value, grid.dtype),
  );
  const width = Math.max(...flat(texts).map((text) => text.length));
  return `${gridHeading(grid)}\n${layOut(texts, width, 0)}`;
}

type Nested<T> = T | Nested<T>[];
/** Stands for what is left out in the middle of a long axis. */
const GAP = Symbol("gap");

function shownCount(shape: readonly number[], { longest, edge }: Edges): number {
  return shape.reduce((count, length) => count * (length <= longest ? length : 2 * edge), 1);
}

function shownValues(grid: Grid, edges: Edges, axis: number, offset: number): Nested<unknown> {
  if (axis === grid.shape.length) return grid.data[offset];
  const length = grid.shape[axis]!;
  const at = (i: number) => shownValues(grid, edges, axis + 1, offset + i * grid.stride[axis]!);
  if (length <= edges.longest) return Array.from({ length }, (_, i) => at(i));
  const first = Array.from({ length: edges.edge }, (_, i) => at(i));
  const last = Array.from({ length: edges.edge }, (_, i) => at(length - edges.edge + i));
  return [...first, GAP, ...last];
}

function shortText(value: unknown, dtype: string): string {
  if (typeof value === "string") {
    return JSON.stringify(value.length > LONGEST_TEXT ? `${value.slice(0, LONGEST_TEXT)}…` : value);
  }
  if (typeof value !== "number") return String(value);
  return dtype === "bool" ? String(value !== 0) : shortNumber(value);
}

/** At most four digits behind the point, no zeros at the end. */
function shortNumber(value: number): string {
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
