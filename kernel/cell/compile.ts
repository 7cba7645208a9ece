/** The whole way of a cell's text: parse, lower where blanking does not do, transform. */
import type * as t from "@babel/types";
import { valueNames } from "./declarations.js";
import { disposes, type Lower, mergingNames, needsLowering } from "./lower.js";
import type { Surroundings } from "./names.js";
import { parse } from "./parse.js";
import { plainForms } from "./plain-forms.js";
import { Lines, type Position } from "./positions.js";
import { type RunnableCell, transform } from "./transform.js";
import { typeNames } from "./type-syntax.js";

/** A cell that can run, and the way from a line of the running code to the reader's line. */
export interface CompiledCell extends Omit<RunnableCell, "sourceOffset"> {
  /** A place in `code` (as a stack frame has it) to the place in the cell. */
  sourcePosition(position: Position): Position;
}

/**
 * Compiles one cell.
 *
 * @param source the cell's text
 * @param program its tree by `parse` if there is one already; it is changed
 * @throws CellSyntaxError when the text is no TypeScript
 */
export async function compile(
  source: string,
  surroundings: Surroundings,
  lower: Lower,
  program: t.Program = parse(source).program,
): Promise<CompiledCell> {
  const plain = plainForms(source, program, surroundings);
  const tree = plain === source ? program : parse(plain).program;
  if (!needsLowering(tree, surroundings.assignsFields))
    return withPositions(source, transform(plain, tree, surroundings));
  const origin = {
    emptied: mergingNames(tree),
    declared: valueNames(tree),
    typeNames: typeNames(tree),
    inTry: disposes(tree),
  };
  const lowered = await lower(plain);
  const cell = transform(lowered.code, parse(lowered.code).program, surroundings, origin);
  const inLowered = withPositions(lowered.code, cell);
  return {
    ...inLowered,
    sourcePosition: (position) => {
      const { line, column } = inLowered.sourcePosition(position);
      return lowered.sourcePosition(line, column);
    },
  };
}

function withPositions(source: string, cell: RunnableCell): CompiledCell {
  const { sourceOffset, ...rest } = cell;
  let places: { code: Lines; source: Lines } | undefined;
  return {
    ...rest,
    sourcePosition: (position) => {
      places ??= { code: new Lines(cell.code), source: new Lines(source) };
      const offset = sourceOffset(places.code.offset(position));
      return places.source.position(calleeStart(source, offset));
    },
  };
}

/** A call of a boxed name is reported at its parenthesis; the reader looks for it at the name. */
function calleeStart(source: string, offset: number): number {
  if (source[offset] !== "(") return offset;
  return offset - /[\p{ID_Continue}$]*$/u.exec(source.slice(0, offset))![0].length;
}
