/** What the checker finds, in the reader's terms: lines and columns of the cell. */

import { type Advice, NO_TYPES } from "./advice.js";
import type { Position, Range } from "./positions.js";
import { withoutDocuments } from "./readable.js";

/** One finding. Lines and columns count from 1; columns in UTF-16 units; the end is exclusive. */
export interface Diagnostic {
  readonly message: string;
  /** TypeScript's number: 2322 is shown as TS2322. */
  readonly code: number;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  readonly severity: "error" | "warning" | "info";
}

/** As the language server sends it (LSP 3.17). */
export interface ServerDiagnostic {
  readonly range: Range;
  readonly severity?: number;
  readonly code?: number | string;
  readonly message: string;
}

/**
 * What only `noImplicitAny` reports. The option itself stays on, since without it `const a = []` would be `never[]`
 * and nothing could be pushed; but a reader who leaves a type out means no error by it, unless their tsconfig asks.
 */
const implicitAny = new Set([
  7005, 7006, 7008, 7009, 7010, 7011, 7013, 7014, 7015, 7017, 7018, 7019, 7020, 7022, 7023, 7024,
  7025, 7031, 7032, 7033, 7034, 7041, 7051, 7052, 7053, 7055, 7056, 7057, 7058,
]);

/** What findings are seen in the light of. */
export interface Surroundings {
  /** What declared a live name. */
  readonly kindOf: (name: string) => string | undefined;
  readonly advice: Advice;
  /** Whether what has no type is an error. */
  readonly implicitAny: boolean;
}

/** The findings in the cell; those of severity `info` need not keep it from running. */
export function cellDiagnostics(
  found: readonly ServerDiagnostic[],
  source: string,
  surroundings: Surroundings,
): Diagnostic[] {
  const lines = source.split(/\r\n|[\n\r]/);
  const last = lines.length;
  return found.flatMap(({ range, severity = 1, code = 0, message }) => {
    const number = Number(code);
    if (severity > 3 || (implicitAny.has(number) && !surroundings.implicitAny)) return [];
    // The header is document line 0, so that the cell's lines keep their numbers; the footer after the cell's last
    // line is ours too. What is wrong in either is never the reader's doing, except that syntax errors are noticed
    // late.
    if (range.start.line === 0 || (range.start.line > last && number >= 2000)) return [];
    const [line, column] = clamp(range.start, lines);
    const [endLine, endColumn] = clamp(range.end, lines);
    const rest = (lines[line - 1] ?? "").slice(column - 1);
    const advised = surroundings.advice.on(number, message, rest);
    // That a package has no types is no error of the reader's, and of a local file not worth a word.
    if (number === NO_TYPES && advised === undefined) return [];
    return {
      message: advised ?? readable(message, number, surroundings.kindOf),
      code: number,
      line,
      column,
      endLine,
      endColumn,
      severity: number === NO_TYPES ? "info" : (severities[severity] ?? "info"),
    };
  });
}

const severities: Readonly<Record<number, Diagnostic["severity"]>> = { 1: "error", 2: "warning" };

function clamp(position: Position, lines: readonly string[]): [line: number, column: number] {
  if (position.line > lines.length) return [lines.length, (lines.at(-1) ?? "").length + 1];
  return [Math.max(position.line, 1), position.character + 1];
}

/** Our virtual modules have no place in a message. */
function readable(
  message: string,
  code: number,
  kindOf: (name: string) => string | undefined,
): string {
  const clean = withoutDocuments(message).replace(
    / or its corresponding type declarations\.$/,
    ".",
  );
  if (code !== 2632) return clean;
  const name = /^Cannot assign to '([^']*)'/.exec(clean)?.[1] ?? "";
  const kind = kindOf(name);
  // An earlier cell's constant is an import of this document only.
  if (kind === undefined || kind === "import") return clean;
  return `Cannot assign to '${name}' because it is a ${kind === "const" ? "constant" : kind}.`;
}
