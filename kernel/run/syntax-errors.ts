/** A cell that is no TypeScript, as an error that is shown before anything else happens. */
import type { CellSyntaxError } from "../cell/parse.js";
import { excerpt, headline, type ShownError } from "./traceback.js";

export function showSyntaxError(
  source: string,
  { line, column, message }: CellSyntaxError,
): ShownError {
  const evalue = `line ${line}, column ${column}: ${message}`;
  const traceback = [headline("SyntaxError", evalue), ...excerpt(source, { line, column })];
  return { ename: "SyntaxError", evalue, traceback };
}
