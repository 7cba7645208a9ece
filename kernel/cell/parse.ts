/** Reads a cell's text as a TypeScript module. */
import { parse as babel, type ParserOptions } from "@babel/parser";
import type { File } from "@babel/types";

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

const options: ParserOptions = {
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
    return babel(source, options);
  } catch (error) {
    const { loc, pos, message } = error as {
      loc?: { line: number; column: number };
      pos?: number;
      message: string;
    };
    if (loc === undefined) throw error;
    throw new CellSyntaxError(
      message.replace(/ \(\d+:\d+\)$/, ""),
      loc.line,
      loc.column + 1,
      source.slice(pos ?? 0).trim() === "" || /^Unterminated (template|comment)/.test(message),
    );
  }
}
