/** Reads a cell's text as a TypeScript module. */
import { parse as babel, type ParserOptions } from "@babel/parser";
import type { File, Node } from "@babel/types";
import { Lines, type Position } from "./positions.js";

/** A cell that is no TypeScript; the place counts from 1, as editors do. */
export class CellSyntaxError extends Error {
  override readonly name = "SyntaxError";
  /** 1-based line in the cell. */
  readonly line: number;
  /** 1-based column, in UTF-16 units. */
  readonly column: number;
  /** True when more text could mend it: the parser ran into the end. */
  readonly atEnd: boolean;

  constructor(message: string, line: number, column: number, atEnd: boolean) {
    super(message);
    this.line = line;
    this.column = column;
    this.atEnd = atEnd;
  }
}

/** A cell whose syntax is nested more deeply than the parser, or what works on its tree, can follow. */
class TooDeep extends CellSyntaxError {
  constructor({ line, column }: Position) {
    super(
      "The cell is nested too deeply here. Split the expression: a few hundred levels of brackets or operators are fine.",
      line,
      column,
      false,
    );
  }
}

/**
 * Runs what walks a tree by recursion.
 * @param place the node that the walk has reached
 * @throws CellSyntaxError when the tree is too deep for it
 */
export function withinStack<T>(place: () => Node, work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (!isStackOverflow(error)) throw error;
    const { line, column } = place().loc!.start;
    throw new TooDeep({ line, column: column + 1 });
  }
}

function isStackOverflow(error: unknown): boolean {
  return error instanceof RangeError && /call stack/.test(error.message);
}

/** The place behind the most open brackets, those in texts and comments counted along. */
function deepestBracket(source: string): Position {
  let depth = 0;
  let deepest = { depth: 0, offset: 0 };
  for (const { 0: bracket, index } of source.matchAll(/[()[\]{}]/g)) {
    depth += "([{".includes(bracket) ? 1 : -1;
    if (depth > deepest.depth) deepest = { depth, offset: index };
  }
  return new Lines(source).position(deepest.offset);
}

/** How a cell is read: TypeScript with all that its newest version knows. */
export const parserOptions: ParserOptions = {
  sourceType: "module",
  // A cell may export what an earlier cell declared.
  allowUndeclaredExports: true,
  attachComment: false,
  plugins: [
    "typescript",
    "decorators",
    "decoratorAutoAccessors",
    "explicitResourceManagement",
    "importAttributes",
  ],
};

/**
 * Parses one cell: a module with top-level `await`, `import` and `export`, and no top-level `return`.
 * @throws CellSyntaxError with the place in the cell.
 */
export function parse(source: string): File {
  try {
    return babel(source, parserOptions);
  } catch (error) {
    const { loc, pos, message } = error as {
      loc?: { line: number; column: number };
      pos?: number;
      message: string;
    };
    if (isStackOverflow(error)) throw new TooDeep(deepestBracket(source));
    if (loc === undefined) throw error;
    throw new CellSyntaxError(
      readable(message.replace(/ \(\d+:\d+\)$/, "")),
      loc.line,
      loc.column + 1,
      source.slice(pos ?? 0).trim() === "" ||
        /^Unterminated (template|comment)/.test(message) ||
        // `try {}`: what catches comes on the next line.
        (/^Missing catch or finally/.test(message) && source.trimEnd().endsWith("}")),
    );
  }
}

/** The parser speaks of its own settings where it means that TypeScript has no such syntax. */
function readable(message: string): string {
  const plugin = /^This experimental syntax requires enabling .*?"(\w+)"/.exec(message)?.[1];
  if (plugin === "throwExpressions")
    return "`throw` is a statement: it needs braces around it here.";
  if (plugin === "jsx" || plugin === "flow") return "A cell takes no JSX.";
  if (plugin !== undefined) return `TypeScript has no such syntax (${plugin}).`;
  const stray = /^Unsyntactic (break|continue)/.exec(message)?.[1];
  return stray === undefined ? message : `\`${stray}\` stands in no loop.`;
}
