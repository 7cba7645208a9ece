/** Errors as the reader sees them: their own lines, with the place marked, and none of our frames. */
import { BOX_PREFIX } from "../cell/boxes.js";
import type { Position } from "../cell/positions.js";
import type { Failure } from "./protocol.js";

/** What is known of a cell that stack frames may name. */
export interface KnownCell {
  /** The number in the notebook's margin. */
  count: number;
  source: string;
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

const RED = "\u001b[31m";
const BOLD = "\u001b[1m";
const DIM = "\u001b[2m";
const PLAIN = "\u001b[0m";
/** At most this many places are listed below the excerpt. */
const LONGEST_LIST = 12;

/**
 * @param cellOf finds a cell by the file name that its code ran under
 * @param isOurs tells the kernel's and the library's own files from the reader's
 */
export function showFailure(
  failure: Failure,
  cellOf: (file: string) => KnownCell | undefined,
  isOurs: (file: string) => boolean,
): ShownError {
  const evalue = readerNames(failure.message);
  const traceback = describe(failure, cellOf, isOurs);
  for (const cause of failure.causes) {
    traceback.push("", "caused by", ...describe(cause, cellOf, isOurs));
  }
  return { ename: failure.name, evalue, traceback };
}

/**
 * The reader's lines around a place, the place itself marked with carets.
 * @param width how many characters to mark, on the one line
 */
export function excerpt(source: string, { line, column }: Position, width = 1): string[] {
  const lines = source.split(/\r\n|[\n\r\u2028\u2029]/);
  const first = Math.max(1, line - 1);
  const last = Math.min(lines.length, line + 1);
  const digits = String(last).length;
  const shown: string[] = [];
  for (let number = first; number <= last; number++) {
    const text = lines[number - 1] ?? "";
    const mark = number === line ? `${RED}>${PLAIN}` : " ";
    shown.push(`${mark} ${String(number).padStart(digits)} ${DIM}|${PLAIN} ${text}`);
    if (number === line) {
      // Tabs stay tabs, so that the carets stand below what they mean.
      const before = text.slice(0, column - 1).replace(/[^\t]/g, " ");
      const carets = "^".repeat(Math.max(1, Math.min(width, text.length - column + 1)));
      shown.push(`  ${" ".repeat(digits)} ${DIM}|${PLAIN} ${before}${RED}${carets}${PLAIN}`);
    }
  }
  return shown;
}

function describe(
  failure: Failure,
  cellOf: (file: string) => KnownCell | undefined,
  isOurs: (file: string) => boolean,
): string[] {
  const lines = [`${RED}${BOLD}${failure.name}${PLAIN}: ${readerNames(failure.message)}`];
  const frames = framesOf(failure.stack, cellOf, isOurs);
  const inCell = frames.find((frame) => frame.cell !== undefined);
  if (inCell?.cell !== undefined) lines.push(...excerpt(inCell.cell.source, inCell.place));
  for (const frame of frames.slice(0, LONGEST_LIST)) lines.push(`    at ${placeText(frame)}`);
  if (frames.length > LONGEST_LIST) lines.push(`    … and ${frames.length - LONGEST_LIST} more`);
  return lines;
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
    const found = /^\s+at (?:(.*?) \()?(?:async )?(?:file:\/\/)?(.*?):(\d+):(\d+)\)?$/.exec(line);
    if (found === null) continue;
    const [, called = "", file = "", row, column] = found;
    const place = { line: Number(row), column: Number(column) };
    const name = readerNames(called.replace(/^async /, "").replace(/^Object\.(?=\w+$)/, ""));
    const cell = cellOf(file);
    if (cell !== undefined) {
      const place_ = cell.sourcePosition(place);
      frames.push({ name: isEmitted(name) ? "" : name, cell, place: place_ });
    } else if (!file.startsWith("node:") && file !== "<anonymous>" && !isOurs(file)) {
      frames.push({ name, file, place });
    }
  }
  return frames;
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
