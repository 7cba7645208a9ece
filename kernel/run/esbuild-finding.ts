/** What esbuild says of a text that it can't read. */

export interface Finding {
  text: string;
  /** 1-based line and column. */
  line: number;
  column: number;
}

/** The first finding that an error of esbuild's carries; `undefined` for any other error. */
export function firstFinding(error: unknown): Finding | undefined {
  const { errors } = error as {
    errors?: { text: string; location?: { line: number; column: number } | null }[];
  };
  const first = errors?.[0];
  if (first === undefined) return undefined;
  const { line, column } = first.location ?? { line: 1, column: 0 };
  return { text: first.text, line, column: column + 1 };
}
