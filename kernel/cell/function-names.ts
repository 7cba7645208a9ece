/** Functions and classes that take their name from what they are assigned to. */
import type * as t from "@babel/types";
import type { Edits } from "./edits.js";
import { type Node, walk } from "./tree.js";

/**
 * `f = () => 1` names the function "f", but `box.v = () => 1` does not: the initialiser of a property names it instead.
 *
 * @param boxed the identifiers that boxes take the place of
 */
export function keepFunctionNames(
  program: t.Program,
  boxed: ReadonlySet<t.Node>,
  edits: Edits,
): void {
  walk(program, (node) => {
    const { name, value } = namedValue(node);
    if (name?.type === "Identifier" && boxed.has(name) && isAnonymous(value)) {
      edits.insert(value.start, `({${name.name}:`);
      edits.insert(value.end, `}).${name.name}`);
    }
    return true;
  });
}

function namedValue(node: Node): { name?: t.Node; value?: t.Node | null } {
  switch (node.type) {
    case "VariableDeclarator":
      return { name: node.id, value: node.init };
    case "AssignmentPattern":
      return { name: node.left, value: node.right };
    case "AssignmentExpression":
      return /^(=|\|\|=|&&=|\?\?=)$/.test(node.operator) && !node.left.extra?.parenthesized
        ? { name: node.left, value: node.right }
        : {};
    default:
      return {};
  }
}

function isAnonymous(value: t.Node | null | undefined): value is Node {
  if (!value) return false;
  return (
    value.type === "ArrowFunctionExpression" ||
    ((value.type === "FunctionExpression" || value.type === "ClassExpression") && !value.id)
  );
}
