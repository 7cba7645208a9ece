/** Findings of the type check, as an error that is shown before the cell runs. */
import type { Diagnostic } from "../types/index.js";
import { excerpt, headline, type ShownError } from "./traceback.js";

/** The findings that keep a cell from running; `undefined` when there are none. */
export function showTypeErrors(
  source: string,
  diagnostics: readonly Diagnostic[],
): ShownError | undefined {
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  if (errors.length === 0) return undefined;
  const traceback = errors.flatMap((error, i) => {
    const { message, code, line, column, endLine, endColumn } = error;
    const width = endLine === line ? endColumn - column : Number.POSITIVE_INFINITY;
    return [
      ...(i > 0 ? [""] : []),
      headline("TypeCheckError", `line ${line}, column ${column}: ${message} (TS${code})`),
      ...excerpt(source, { line, column }, width),
    ];
  });
  const first = errors[0]!;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  return {
    ename: "TypeCheckError",
    evalue: `line ${first.line}, column ${first.column}: ${first.message} (TS${first.code})${more}`,
    traceback,
  };
}
