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
  /**
   * Whether the cell speaks of these names in types alone. TypeScript would leave such an import out; a cell loads it,
   * since a later cell may want the values, but need not fail when there is nothing to load.
   */
  typesOnly: boolean;
}

/**
 * The imports of a program in the order of the text; type-only ones left out.
 * @param usedAsValue whether the cell's code speaks of a name, its types aside
 * @param usedInTypes whether its types do
 */
export function cellImports(
  program: t.Program,
  usedAsValue: (name: string) => boolean,
  usedInTypes: (name: string) => boolean,
): CellImport[] {
  const found: CellImport[] = [];
  for (const statement of program.body) {
    if (isTypeOnly(statement)) continue;
    if (statement.type === "ImportDeclaration") {
      const one = fromDeclaration(statement);
      const locals = one.names.map(({ local }) => local);
      const typesOnly = !locals.some(usedAsValue) && locals.some(usedInTypes);
      found.push({ ...one, typesOnly });
    } else if (
      (statement.type === "ExportNamedDeclaration" || statement.type === "ExportAllDeclaration") &&
      statement.source
    ) {
      // Nobody can import from a cell, so a re-export only runs its module.
      found.push({
        specifier: statement.source.value,
        attributes: {},
        names: [],
        typesOnly: false,
      });
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

function fromDeclaration(node: t.ImportDeclaration): Omit<CellImport, "typesOnly"> {
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
