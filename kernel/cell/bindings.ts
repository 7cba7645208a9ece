/** The identifiers that patterns bind or assign to, and where `var` belongs. */
import type * as t from "@babel/types";
import { isFunction, isTypeOnly, walk } from "./tree.js";

/** The identifiers that a pattern declares or, on the left of an assignment, gives new values. */
export function boundIdentifiers(pattern: t.Node | null | undefined): t.Identifier[] {
  switch (pattern?.type) {
    case "Identifier":
      return [pattern];
    case "AssignmentPattern":
      return boundIdentifiers(pattern.left);
    case "RestElement":
      return boundIdentifiers(pattern.argument);
    case "ArrayPattern":
      return pattern.elements.flatMap(boundIdentifiers);
    case "ObjectPattern":
      return pattern.properties.flatMap((p) =>
        boundIdentifiers(p.type === "RestElement" ? p.argument : p.value),
      );
    case "TSParameterProperty":
      return boundIdentifiers(pattern.parameter);
    case "TSAsExpression":
    case "TSSatisfiesExpression":
    case "TSNonNullExpression":
    case "TSTypeAssertion":
      return boundIdentifiers(pattern.expression);
    default:
      return [];
  }
}

/** What a node by itself, not the nodes below it, gives a new value. */
export function assignedIdentifiers(node: t.Node): t.Identifier[] {
  switch (node.type) {
    case "AssignmentExpression":
      return boundIdentifiers(node.left);
    case "UpdateExpression":
      return boundIdentifiers(node.argument);
    case "ForInStatement":
    case "ForOfStatement":
      return node.left.type === "VariableDeclaration"
        ? node.left.declarations.flatMap(({ id }) => boundIdentifiers(id))
        : boundIdentifiers(node.left);
    case "VariableDeclarator":
      return node.init ? boundIdentifiers(node.id) : [];
    default:
      return [];
  }
}

/** Declarations by `var` in the same function, however deep in its blocks. */
export function hoistedVars(node: t.Node): t.VariableDeclaration[] {
  const found: t.VariableDeclaration[] = [];
  walk(node, (inner) => {
    if (isFunction(inner) || isTypeOnly(inner) || inner.type.startsWith("Class")) return false;
    if (inner.type === "VariableDeclaration" && inner.kind === "var") found.push(inner);
    return true;
  });
  return found;
}
