/** Places in a cell, and in the document that holds it under a header line. */

export interface Position {
  /** Counted from 0; line 0 is the header. */
  readonly line: number;
  /** Counted from 0, in UTF-16 units. */
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

const lineEnd = /\r\n|[\n\r]/g;

/** @param offset in UTF-16 units of the cell, within it: a position past the end would end the server */
export function positionOf(source: string, offset: number): Position {
  const before = source.slice(0, offset).split(lineEnd);
  return { line: before.length, character: (before.at(-1) ?? "").length };
}

/** Turns positions in the document into offsets in the cell. */
export function offsetsIn(source: string): (position: Position) => number {
  const ends = [...source.matchAll(lineEnd)].map(({ 0: end, index }) => index + end.length);
  const starts = [0, ...ends];
  return ({ line, character }) => (starts[line - 1] ?? 0) + character;
}
