/** Lists of plain objects with the same properties, as the tables that they are. Uses no Node API. */
import { type TableCell, tableHtml } from "./html.js";
import type { MimeBundle } from "./wellformed.js";

const MOST_ROWS = 30;
const MOST_COLUMNS = 20;
const LONGEST_CELL = 200;

/** A table of records whose values are short: text, numbers, dates. `undefined` for any other list. */
export function recordsHtml(records: readonly unknown[]): MimeBundle | undefined {
  if (records.length < 2) return undefined;
  const shown = records.slice(0, MOST_ROWS);
  const [first] = shown;
  if (!isPlain(first)) return undefined;
  const names = Object.keys(first);
  if (names.length === 0 || names.length > MOST_COLUMNS) return undefined;
  const rows: TableCell[][] = [];
  for (const [i, record] of shown.entries()) {
    const cells = isPlain(record) ? recordCells(record, names) : undefined;
    if (cells === undefined) return undefined;
    rows.push([{ text: String(i), isNumber: true }, ...cells]);
  }
  const left = records.length - shown.length;
  const note = left > 0 ? `… and ${left.toLocaleString("en")} more rows` : undefined;
  return { "text/html": tableHtml(["", ...names], rows, note) };
}

function recordCells(record: object, names: readonly string[]): TableCell[] | undefined {
  if (Object.keys(record).length !== names.length) return undefined;
  const cells: TableCell[] = [];
  for (const name of names) {
    const property = Object.getOwnPropertyDescriptor(record, name);
    // A getter may do anything: it is not run unasked.
    if (property === undefined || !("value" in property)) return undefined;
    const text = shortText(property.value);
    if (text === undefined) return undefined;
    const isNumber = typeof property.value === "number" || typeof property.value === "bigint";
    cells.push({ text, isNumber });
  }
  return cells;
}

/** The text of a value that needs no quotes and no lines of its own; `undefined` for any other. */
function shortText(value: unknown): string | undefined {
  if (value === undefined) return "";
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? "?" : value.toISOString();
  if (typeof value === "symbol" || typeof value === "function") return undefined;
  if (typeof value === "object" && value !== null) return undefined;
  const text = String(value);
  return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}…` : text;
}

function isPlain(value: unknown): value is object {
  if (value === null || typeof value !== "object") return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
