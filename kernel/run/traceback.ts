/** Errors as the reader sees them: their own lines, with the place marked, and none of our frames. */
import { BOX_PREFIX } from "../cell/boxes.js";
import { denoMember, insteadOfDeno } from "../cell/foreign.js";
import { Lines, type Position } from "../cell/positions.js";
import { penFor } from "../display/colours.js";
import { CELL_FILE, type Failure } from "./protocol.js";

/** What is known of a cell that stack frames may name. */
export interface KnownCell {
  /** The number in the notebook's margin. */
  count: number;
  source: string;
  /** Line 0 stands for code that is not the reader's. */
  sourcePosition(position: Position): Position;
}

/** An error on its way to the front end. */
export interface ShownError {
  ename: string;
  evalue: string;
  traceback: string[];
}

interface Frame {
  /** The function's name; empty for the cell itself. */
  name: string;
  cell?: KnownCell;
  /** The file, where the frame lies in no cell. */
  file?: string;
  place: Position;
}

const CELL_PLACE = new RegExp(`(${CELL_FILE}\\d+):(\\d+):(\\d+)`, "g");
const FRAME = /^\s+at (?:(.*?) \()?(?:async )?(.*?):(\d+):(\d+)\)?(?: \{)?$/;

const LINE_END = /\r\n|[\n\r\u2028\u2029]/;

const { red: RED, bold: BOLD, dim: DIM, plain: PLAIN } = penFor(process.env);
/** Lines of the reader's that are longer are shown in part; in UTF-16 units. */
const LONGEST_LINE = 160;
/** At most this many places are listed below the excerpt. */
const LONGEST_LIST = 12;

/**
 * @param cellOf finds a cell by the file name that its code ran under
 * @param isOurs tells the kernel's and the library's own files from the reader's
 * @param importedBy the cell that ran, for a failed import: the stack does not name it
 */
export function showFailure(
  failure: Failure,
  cellOf: (file: string) => KnownCell | undefined,
  isOurs: (file: string) => boolean,
  importedBy?: KnownCell,
): ShownError {
  if (failure.message === NO_DENO) {
    const told = `${NO_DENO}. ${insteadOfDeno(denoWanted(failure, cellOf, isOurs))}`;
    return showFailure({ ...failure, message: told }, cellOf, isOurs, importedBy);
  }
  const evalue = readerNames(failure.message);
  const traceback = describe(failure, cellOf, isOurs, importedBy);
  for (const cause of failure.causes) {
    traceback.push("", "caused by", ...describe(cause, cellOf, isOurs));
  }
  return { ename: failure.name, evalue, traceback };
}

/**
 * Text that a cell printed, or that shows its value, in the reader's terms: an error printed by `console.error` or shown
 * as a value carries V8's stack, with the emitted code's places and our frames in it.
 */
export function readerText(
  text: string,
  cellOf: (file: string) => KnownCell | undefined,
  isOurs: (file: string) => boolean,
): string {
  if (!text.includes(CELL_FILE)) return text;
  const lines: string[] = [];
  for (const line of text.split("\n")) {
    const frame = FRAME.exec(line);
    if (frame === null) lines.push(line);
    else if (!isHidden(fileOf(frame[2]!), isOurs) && !isAdded(frame, cellOf)) {
      lines.push(line.replace(frame[2]!, () => fileOf(frame[2]!)));
    }
    // What `inspect` lists behind the last frame is the error's own.
    else if (line.endsWith(" {")) lines.push(`${lines.pop() ?? ""} {`);
  }
  return lines
    .join("\n")
    .replace(CELL_PLACE, (whole, file: string, row: string, column: string) => {
      const cell = cellOf(file);
      if (cell === undefined) return whole;
      const place = cell.sourcePosition({ line: Number(row), column: Number(column) });
      return `cell [${cell.count}], line ${place.line}, column ${place.column}`;
    });
}

/** The first line of a traceback. */
export function headline(name: string, message: string): string {
  return `${RED}${BOLD}${name}${PLAIN}: ${message}`;
}

/**
 * The reader's lines around a place, the place itself marked with carets.
 * @param width how many characters to mark, on the one line
 */
export function excerpt(source: string, { line, column }: Position, width = 1): string[] {
  const lines = source.split(LINE_END);
  const first = Math.max(1, line - 1);
  const last = Math.min(lines.length, line + 1);
  const digits = String(last).length;
  // Of a very long line, the part around the place.
  const from = column > LONGEST_LINE ? column - LONGEST_LINE / 2 : 0;
  const shown: string[] = [];
  for (let number = first; number <= last; number++) {
    const text = (lines[number - 1] ?? "").slice(from, from + LONGEST_LINE);
    const mark = number === line ? `${RED}>${PLAIN}` : " ";
    shown.push(`${mark} ${String(number).padStart(digits)} ${DIM}|${PLAIN} ${text}`);
    if (number === line) {
      const before = column - 1 - from;
      // Tabs stay tabs, so that the carets stand below what they mean.
      const space = text.slice(0, before).replace(/[^\t]/g, " ");
      const carets = "^".repeat(Math.max(1, Math.min(width, text.length - before)));
      shown.push(`  ${" ".repeat(digits)} ${DIM}|${PLAIN} ${space}${RED}${carets}${PLAIN}`);
    }
  }
  return shown;
}

function describe(
  failure: Failure,
  cellOf: (file: string) => KnownCell | undefined,
  isOurs: (file: string) => boolean,
  importedBy?: KnownCell,
): string[] {
  const lines = [headline(failure.name, readerNames(failure.message))];
  const frames = framesOf(failure.stack, cellOf, isOurs);
  if (importedBy !== undefined && failure.specifier !== undefined) {
    frames.push({ name: "", cell: importedBy, place: importPlace(importedBy, failure.specifier) });
  }
  const inCell = frames.find((frame) => frame.cell !== undefined);
  if (inCell?.cell !== undefined) lines.push(...excerpt(inCell.cell.source, inCell.place));
  const places = withoutRepeats(frames.map(placeText));
  for (const place of places.slice(0, LONGEST_LIST)) lines.push(`    at ${place}`);
  if (places.length > LONGEST_LIST) lines.push(`    … and ${places.length - LONGEST_LIST} more`);
  return lines;
}

/** A function that calls itself is named once. */
function withoutRepeats(places: readonly string[]): string[] {
  const runs: { place: string; times: number }[] = [];
  for (const place of places) {
    const last = runs.at(-1);
    if (last?.place === place) last.times++;
    else runs.push({ place, times: 1 });
  }
  return runs.map(({ place, times }) => (times === 1 ? place : `${place}, ${times} times`));
}

const NO_DENO = "Deno is not defined";

/** The member of `Deno` that the failed line names. */
function denoWanted(
  failure: Failure,
  cellOf: (file: string) => KnownCell | undefined,
  isOurs: (file: string) => boolean,
): string {
  const frame = framesOf(failure.stack, cellOf, isOurs).find(({ cell }) => cell !== undefined);
  const line = frame?.cell?.source.split(LINE_END)[frame.place.line - 1] ?? "";
  return denoMember(line.slice(Math.max(0, line.search(/\bDeno\b/))));
}

/** Where a cell names the module that it imports. */
function importPlace({ source }: KnownCell, specifier: string): Position {
  const quoted = [`"${specifier}"`, `'${specifier}'`].map((text) => source.indexOf(text));
  return new Lines(source).position(Math.max(0, ...quoted));
}

function placeText({ name, cell, file, place }: Frame): string {
  const where = cell === undefined ? file : `cell [${cell.count}]`;
  const text = `${where}, line ${place.line}, column ${place.column}`;
  return name === "" ? text : `${name} (${text})`;
}

function framesOf(
  stack: string,
  cellOf: (file: string) => KnownCell | undefined,
  isOurs: (file: string) => boolean,
): Frame[] {
  const frames: Frame[] = [];
  for (const line of stack.split("\n")) {
    const found = FRAME.exec(line);
    if (found === null) continue;
    const [, called = "", address = "", row, column] = found;
    const file = fileOf(address);
    const place = { line: Number(row), column: Number(column) };
    const name = readerNames(called.replace(/^async /, "").replace(/^Object\.(?=\w+$)/, ""));
    const cell = cellOf(file);
    if (cell !== undefined) {
      const inCell = cell.sourcePosition(place);
      if (inCell.line > 0) frames.push({ name: isEmitted(name) ? "" : name, cell, place: inCell });
    } else if (!isHidden(file, isOurs)) {
      frames.push({ name, file, place });
    }
  }
  return frames;
}

/** The path of a module's address; the reader's own files have a version behind it (see `local-graph.ts`). */
function fileOf(address: string): string {
  const path = address.replace(/\?changed=[\w.]+$/, "");
  if (!path.startsWith("file://")) return path;
  try {
    return decodeURIComponent(path.slice("file://".length));
  } catch {
    return path.slice("file://".length);
  }
}

/** Whether a frame lies in code that lowering has added to a cell. */
function isAdded(
  [, , file = "", line, column]: RegExpExecArray,
  cellOf: (file: string) => KnownCell | undefined,
): boolean {
  const place = { line: Number(line), column: Number(column) };
  return cellOf(file)?.sourcePosition(place).line === 0;
}

/** Frames of Node, of the kernel and of the library. */
function isHidden(file: string, isOurs: (file: string) => boolean): boolean {
  return file.startsWith("node:") || file === "<anonymous>" || isOurs(file);
}

/** V8's names for the emitted function around a cell. */
function isEmitted(name: string): boolean {
  return name === "" || name === "<anonymous>" || name === "eval";
}

/** V8 names what it could not call by its text in the emitted code: `(0 , ꞌf.v) is not a function`. */
function readerNames(text: string): string {
  if (!text.includes(BOX_PREFIX)) return text;
  const box = `${BOX_PREFIX}([\\p{ID_Continue}$]+)\\.v`;
  return text
    .replace(new RegExp(`\\(0\\s*,\\s*${box}\\)`, "gu"), "$1")
    .replace(new RegExp(box, "gu"), "$1");
}
