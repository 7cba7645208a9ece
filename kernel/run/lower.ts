/** Emits JavaScript for cells that need more than blanking, by esbuild. */
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { Lowered } from "../cell/lower.js";
import { CellSyntaxError } from "../cell/parse.js";
import { firstFinding } from "./esbuild-finding.js";

/**
 * @param source a cell's text
 * @param compilerOptions what the reader's tsconfig says of decorators and class fields
 * @throws CellSyntaxError where esbuild finds a mistake that the parser let through
 */
export async function lowerWithEsbuild(
  source: string,
  compilerOptions: Readonly<Record<string, unknown>> = {},
): Promise<Lowered> {
  // Loaded at first use: few cells need it.
  const { transform } = await import("esbuild");
  try {
    const { code, map } = await transform(source, {
      loader: "ts",
      format: "esm",
      target: `node${process.versions.node}`,
      sourcemap: "external",
      // Names of imports and of values that only later cells use are kept.
      tsconfigRaw: { compilerOptions: { ...compilerOptions, verbatimModuleSyntax: true } },
    });
    const trace = new TraceMap(map);
    return {
      code,
      sourcePosition(line, column) {
        const found = originalPositionFor(trace, { line, column: column - 1 });
        return { line: found.line ?? 0, column: (found.column ?? 0) + 1 };
      },
    };
  } catch (error) {
    const finding = firstFinding(error);
    if (finding === undefined) throw error;
    throw new CellSyntaxError(finding.text, finding.line, finding.column, false);
  }
}
