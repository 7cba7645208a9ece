/** `import` and `export … from` of a cell, as calls: what to load, and which names to fill. */
import type * as t from "@babel/types";
import { isTypeOnly, type Node } from "./tree.js";

/** One module that a cell imports before its first line runs. */
export interface CellImport {
  specifier: string;
  /** Import attributes, such as `{ type: "json" }`. */
  attributes: Record<string, string>;
  /** Which export fills which name; `*` stands for the whole module. */
  names: { imported: string; local: string }[];
}

/** The imports of a program in the order of the text; type-only ones left out. */
export function cellImports(program: t.Program): CellImport[] {
  const found: CellImport[] = [];
  for (const statement of program.body) {
    if (isTypeOnly(statement)) continue;
    if (statement.type === "ImportDeclaration") found.push(fromDeclaration(statement));
    else if (
      (statement.type === "ExportNamedDeclaration" || statement.type === "ExportAllDeclaration") &&
      statement.source
    ) {
      // Nobody can import from a cell, so a re-export only runs its module.
      found.push({ specifier: statement.source.value, attributes: {}, names: [] });
    }
  }
  return found;
}

/** Whether a statement is erased from the text because `cellImports` speaks for it. */
export function isImport(statement: t.Node): boolean {
  return (
    statement.type === "ImportDeclaration" ||
    statement.type === "ExportAllDeclaration" ||
    (statement.type === "ExportNamedDeclaration" && statement.declaration == null)
  );
}

function fromDeclaration(node: t.ImportDeclaration): CellImport {
  const names: CellImport["names"] = [];
  for (const one of node.specifiers) {
    if (one.type === "ImportNamespaceSpecifier")
      names.push({ imported: "*", local: one.local.name });
    else if (one.type === "ImportDefaultSpecifier")
      names.push({ imported: "default", local: one.local.name });
    else if (one.importKind !== "type" && one.importKind !== "typeof") {
      const imported = one.imported.type === "Identifier" ? one.imported.name : one.imported.value;
      names.push({ imported, local: one.local.name });
    }
  }
  const attributes: Record<string, string> = {};
  for (const { key, value } of node.attributes ?? []) {
    attributes[key.type === "Identifier" ? key.name : key.value] = value.value;
  }
  return { specifier: node.source.value, attributes, names };
}

/** Nodes that stand for a dynamic `import(…)`. */
export function isDynamicImport(
  node: Node,
): node is Node & (t.CallExpression | t.ImportExpression) {
  return (
    node.type === "ImportExpression" ||
    (node.type === "CallExpression" && node.callee.type === "Import")
  );
}
