/** Syntax that speaks of types alone. */
import type * as t from "@babel/types";
import { type Node, walk } from "./tree.js";

/** Annotations, type parameters and arguments: never values. Expressions such as `a as T` are not among them. */
export function isTypeSyntax(node: Node): boolean {
  switch (node.type) {
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
    case "TSInstantiationExpression":
    case "TSParameterProperty":
    case "TSEnumDeclaration":
    case "TSModuleDeclaration":
    case "TSModuleBlock":
    case "TSExportAssignment":
      return false;
    default:
      return node.type.startsWith("TS");
  }
}

/** The names that stand anywhere in the types of a program; members' names may be among them. */
export function typeNames(program: t.Program): Set<string> {
  const names = new Set<string>();
  walk(program, (node) => {
    if (!isTypeSyntax(node)) return node.type !== "ImportDeclaration";
    walk(node, (inner) => {
      if (inner.type === "Identifier") names.add(inner.name);
      return true;
    });
    return false;
  });
  return names;
}
