/** Cells that can't have a type error worth waiting for. */
import type { Node, Program } from "@babel/types";

/**
 * Whether a cell must be checked before it runs. A cell of nothing but literals and operators may run while the
 * language server is still starting.
 */
export function needsTypes(program: Program): boolean {
  return !program.body.every(
    (statement) =>
      statement.type === "EmptyStatement" ||
      (statement.type === "ExpressionStatement" && plain(statement.expression)),
  );
}

function plain(node: Node | null): boolean {
  switch (node?.type) {
    case "NumericLiteral":
    case "StringLiteral":
    case "BooleanLiteral":
    case "NullLiteral":
    case "BigIntLiteral":
    case "RegExpLiteral":
      return true;
    case "TemplateLiteral":
      return node.expressions.every(plain);
    case "UnaryExpression":
      return node.operator !== "delete" && plain(node.argument);
    case "BinaryExpression":
    case "LogicalExpression":
      return plain(node.left) && plain(node.right);
    case "ConditionalExpression":
      return plain(node.test) && plain(node.consequent) && plain(node.alternate);
    case "SequenceExpression":
      return node.expressions.every(plain);
    case "ParenthesizedExpression":
      return plain(node.expression);
    case "ArrayExpression":
      return node.elements.every((element) => element === null || plain(element));
    case "ObjectExpression":
      return node.properties.every(
        (property) =>
          property.type === "ObjectProperty" && !property.computed && plain(property.value),
      );
    default:
      return false;
  }
}
