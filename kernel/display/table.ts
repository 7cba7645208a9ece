/**
 * `console.table` as a notebook shows it: a table of the page, and Node's table of text beside it. What makes the rows
 * and columns is as in Node (`lib/internal/console/constructor.js`). Uses no Node API.
 */
import { stripColours } from "./colours.js";
import { type TableCell, tableHtml } from "./html.js";
import { wellFormedText } from "./json.js";
import { textTable } from "./text-table.js";
import type { Inspect } from "./value-text.js";
import type { MimeBundle } from "./wellformed.js";

const MOST_COLUMNS = 100;
/** Rows are shown until there are this many cells. */
const MOST_CELLS = 20_000;
const LONGEST_CELL = 1000;

/** Rows by the columns' names; a cell that a row lacks stays empty. */
interface Table {
  headings: string[];
  rows: TableRow[];
  rowCount: number;
}
interface TableRow {
  /** What the first columns say: the index, and the key of a `Map`. */
  names: unknown[];
  /** Of an object, its properties. */
  cells: ReadonlyMap<string, unknown>;
  /** What is no object stands in a last column of its own. */
  value?: unknown;
}

/**
 * The bundle for `console.table(data, columns)`: `text/html`, and `text/plain` as Node prints it.
 * @param columns the only properties to show, in this order
 * @returns `undefined` where there is nothing to tabulate (a primitive, an iterator, no rows, `columns` that is no
 *   list): Node's own `console.table` knows what to say then
 * @throws what the data's own getters throw
 */
export function tableBundle(
  data: unknown,
  columns: unknown,
  inspect: Inspect,
): MimeBundle | undefined {
  if (data === null || typeof data !== "object") return undefined;
  if (columns !== undefined && !Array.isArray(columns)) return undefined;
  if (/ Iterator\]$/.test(Object.prototype.toString.call(data))) return undefined;
  const table = tableOf(data, columns?.map(String));
  if (table.rows.length === 0) return undefined;
  const names = columnNames(table.rows);
  const shownNames = names.slice(0, MOST_COLUMNS);
  const hasValues = table.rows.some((row) => "value" in row);
  const headings = [...table.headings, ...shownNames, ...(hasValues ? ["Values"] : [])];
  const rows = table.rows.slice(0, Math.max(1, Math.floor(MOST_CELLS / headings.length)));
  const filled = rows.map((row) => [
    ...row.names,
    ...shownNames.map((name) => (row.cells.has(name) ? row.cells.get(name) : EMPTY)),
    ...(hasValues ? ["value" in row ? row.value : EMPTY] : []),
  ]);
  const texts = filled.map((row) => row.map((value) => shortText(value, inspect)));
  const left = leftOut(table.rowCount - rows.length, names.length - shownNames.length);
  const page = filled.map((row, y) => row.map((value, x) => pageCell(value, texts[y]![x]!)));
  const plain = textTable(headings, texts);
  return {
    "text/html": wellFormedText(tableHtml(headings, page, left)),
    "text/plain": wellFormedText(left === undefined ? plain : `${plain}\n${left}`),
  };
}

/** Gives a console a `table` that is shown on the page; where {@link tableBundle} has none, it prints as before. */
export function showTables(
  console: { table(data?: unknown, columns?: readonly string[]): void },
  show: (bundle: MimeBundle) => void,
  inspect: Inspect,
): void {
  const print = console.table;
  console.table = (data, columns) => {
    const bundle = tableBundle(data, columns, inspect);
    if (bundle === undefined) print.call(console, data, columns);
    else show(bundle);
  };
}

/** A cell that the row lacks; and the index, which Node does not quote. */
const EMPTY = Symbol("empty");
const NO_CELLS: ReadonlyMap<string, unknown> = new Map();
class Index {
  constructor(readonly text: string) {}
}

function tableOf(data: object, columns: readonly string[] | undefined): Table {
  if (data instanceof Map) {
    const rows = [...take(data)].map(([key, value], i) => ({
      names: [i, key],
      cells: NO_CELLS,
      value: value as unknown,
    }));
    return { headings: ["(iteration index)", "Key"], rows, rowCount: data.size };
  }
  if (data instanceof Set) {
    const rows = [...take(data)].map((value, i) => ({
      names: [i],
      cells: NO_CELLS,
      value: value as unknown,
    }));
    return { headings: ["(iteration index)"], rows, rowCount: data.size };
  }
  const keys = Object.keys(data);
  const rows = keys.slice(0, MOST_CELLS).map((key) => ({
    names: [new Index(key)],
    ...rowOf((data as Record<string, unknown>)[key], columns),
  }));
  return { headings: ["(index)"], rows, rowCount: keys.length };
}

function rowOf(item: unknown, columns: readonly string[] | undefined): Omit<TableRow, "names"> {
  if (item === null || (typeof item !== "object" && typeof item !== "function")) {
    if (columns === undefined) return { cells: NO_CELLS, value: item };
    return { cells: new Map(columns.map((name) => [name, EMPTY])) };
  }
  const record = item as Record<string, unknown>;
  const names = columns ?? Object.keys(item).slice(0, MOST_COLUMNS + 1);
  const cell = (name: string) => (Object.hasOwn(item, name) ? record[name] : EMPTY);
  return { cells: new Map(names.map((name) => [name, cell(name)])) };
}

/** All properties that rows have, in the order of an object's keys: whole numbers come first. */
function columnNames(rows: readonly TableRow[]): string[] {
  const names = Object.create(null) as Record<string, true>;
  for (const row of rows) for (const name of row.cells.keys()) names[name] = true;
  return Object.keys(names);
}

function* take<T>(all: Iterable<T>): Iterable<T> {
  let count = 0;
  for (const one of all) {
    if (count++ === MOST_CELLS) return;
    yield one;
  }
}

/** As Node writes a value into its table: the outermost level alone. */
function shortText(value: unknown, inspect: Inspect): string {
  if (value === EMPTY) return "";
  if (value instanceof Index) return value.text;
  const isLarge =
    value !== null &&
    typeof value === "object" &&
    !Array.isArray(value) &&
    Object.keys(value).length > 2;
  const text = inspect(value, {
    depth: isLarge ? -1 : 0,
    maxArrayLength: 3,
    maxStringLength: LONGEST_CELL,
    breakLength: Number.POSITIVE_INFINITY,
  });
  return stripColours(text);
}

/** On the page, text needs no quotes, and an index that counts is a number. */
function pageCell(value: unknown, text: string): TableCell {
  const isNumber =
    typeof value === "number" ||
    typeof value === "bigint" ||
    (value instanceof Index && /^\d+$/.test(value.text));
  return { text: typeof value === "string" ? value.slice(0, LONGEST_CELL) : text, isNumber };
}

function leftOut(rows: number, columns: number): string | undefined {
  const parts = [
    ...(rows > 0 ? [`${rows.toLocaleString("en")} more rows`] : []),
    ...(columns > 0 ? [`${columns.toLocaleString("en")} more columns`] : []),
  ];
  return parts.length > 0 ? `… and ${parts.join(", ")}` : undefined;
}
