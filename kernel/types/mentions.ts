/** Which names of its surroundings a cell speaks of, as values or as types. */
import type { Node, Program } from "@babel/types";
import { freeReferences } from "../cell/references.js";
import { isTypeOnly, walk } from "../cell/tree.js";
import { isTypeSyntax } from "../cell/type-syntax.js";

/**
 * Every name that may mean something declared outside the cell: free in its code, or anywhere in its types. Names
 * that are bound inside a type (`infer`, parameters) may be among them; none is missing.
 */
export function mentionedNames(program: Program): Set<string> {
  const names = new Set(freeReferences(program).map(({ node }) => node.name));
  walk(program, (node) => {
    if (node.type === "ExportNamedDeclaration" && !node.source) {
      for (const one of node.specifiers) {
        if (one.type === "ExportSpecifier") names.add(one.local.name);
      }
    }
    if (!MIXED.has(node.type) && !isTypeSyntax(node) && !isTypeOnly(node)) return true;
    allIdentifiers(node, names);
    return false;
  });
  return names;
}

/** Speaks of types and of values at once: its names are looked for as those of types are. */
const MIXED: ReadonlySet<Node["type"]> = new Set<Node["type"]>([
  "Decorator",
  "TSEnumDeclaration",
  "TSModuleDeclaration",
  "TSModuleBlock",
  "TSExportAssignment",
]);

function allIdentifiers(node: Node, names: Set<string>): void {
  walk(node, (inner) => {
    if (inner.type === "Identifier") names.add(inner.name);
    // The name of a property means nothing outside.
    if (inner.type === "TSPropertySignature" && !inner.computed) {
      if (inner.typeAnnotation) allIdentifiers(inner.typeAnnotation, names);
      return false;
    }
    return true;
  });
}
