/** Which cells need more than blanking: syntax that TypeScript, or a newer JavaScript, turns into other code. */
import type * as t from "@babel/types";
import { hidesThis } from "./parameter-properties.js";
import { isTypeOnly, walk } from "./tree.js";

/** Plain JavaScript made from a cell, and the way back to the cell's lines. */
export interface Lowered {
  code: string;
  /** 1-based line and 1-based column in `code`, to the same in the cell; line 0 for what is not the cell's own code. */
  sourcePosition(line: number, column: number): { line: number; column: number };
}

/** Emits JavaScript for a whole cell. The kernel gives esbuild; a browser could give its WebAssembly twin. */
export type Lower = (source: string) => Promise<Lowered>;

/** Whether a cell holds an enum, a namespace, a decorator, `using` or `accessor`. */
export function needsLowering(program: t.Program, assignsFields = false): boolean {
  let found = false;
  walk(program, (node) => {
    if (found || isTypeOnly(node)) return false;
    switch (node.type) {
      case "TSEnumDeclaration":
      case "TSModuleDeclaration":
      case "Decorator":
      case "ClassAccessorProperty":
        found = true;
        break;
      case "ClassProperty":
        found = assignsFields;
        break;
      case "ClassDeclaration":
      case "ClassExpression":
        found = hidesThis(node);
        break;
      case "VariableDeclaration":
        found = node.kind === "using" || node.kind === "await using";
        break;
    }
    return !found;
  });
  return found;
}

/** Whether the top level holds a `using`: its emitted code stands in a `try`, the cell's last value with it. */
export function disposes(program: t.Program): boolean {
  return program.body.some(
    (statement) =>
      statement.type === "VariableDeclaration" &&
      (statement.kind === "using" || statement.kind === "await using"),
  );
}

/** Names of the enums and namespaces of the top level: their emitted code adds to what the name held before. */
export function mergingNames(program: t.Program): string[] {
  return program.body.flatMap((statement) => {
    const inner = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
    if (inner?.type !== "TSEnumDeclaration" && inner?.type !== "TSModuleDeclaration") return [];
    return isTypeOnly(inner) || inner.id.type !== "Identifier" ? [] : [inner.id.name];
  });
}
